"""What became of an element: the kind of a change from one wording to another, and its link."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.links.continuity import transfer
from hytegraph.loaders.links.continuity.matching import Overlap, cue_of
from hytegraph.loaders.links.continuity.scope import BROADENED, NARROWED, OVERLAPPING
from hytegraph.loaders.links.link import (
    ACCEPTED_BY_RULE,
    COMPOSITE,
    LEXICAL,
    NO_MATCH,
    SIMILARITY,
    SUGGESTED,
    LinkAssertion,
    LinkEnd,
)

METHOD = "continuity-words/2"
METHOD_IDENTICAL = "continuity-identical/1"
METHOD_SEARCH = "continuity-search/2"
METHOD_GOALS = "continuity-goals/1"
METHOD_TRANSFER = "continuity-transfer/1"
NO_SUCCESSOR, TRANSFERRED, NEW = "dropped", "transferred", "new"
# What may have become of an element that has a successor, and of one that has none.
KINDS_OF_SUCCESSION = ("sameText", "same", "broadened", "narrowed", "split", "merged", "overlapping")
KINDS_OF_LOSS = (NO_SUCCESSOR, TRANSFERRED)
CONTINUED_BY = "hyte:continuedBy"
CONTINUES = "hyte:continues"
# Where only a part is common the later one does not continue the earlier one: it is related to it.
_RELATED_CONCEPTS = "skos:relatedMatch"
_RELATED = "dct:relation"
_CONCEPTS = ("aim", "goal", "priority")


@dataclass(frozen=True, slots=True)
class WordingChange:
    """An earlier and a later element, what became of the one in the other, and how sure that is."""

    earlier: LinkEnd
    later: LinkEnd
    kind: str
    sure: float
    overlap: Overlap

    @property
    def cue(self) -> tuple[str, ...]:
        """The words that carry the change."""
        return cue_of(self.earlier.text, self.later.text)


@dataclass(frozen=True, slots=True)
class SharedGoals:
    """An earlier and a later aim of which goals of the one go on in goals of the other: (earlier, later) wordings."""

    earlier: LinkEnd
    later: LinkEnd
    sure: float
    goals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An element that no other takes up or that takes up no other, where that was looked for, and the nearest there is.

    `kind` is NO_SUCCESSOR, TRANSFERRED or NEW; `documents` are the names of those that were searched.
    """

    element: LinkEnd
    kind: str
    periods: tuple[str, ...]
    documents: tuple[str, ...]
    nearest: str


def split_and_merged(changes: Sequence[WordingChange]) -> list[WordingChange]:
    """The changes with those renamed that are one part of several by different words: split, or else merged.

    Several that share the same words are several readings of one thing, not its parts.
    """
    narrowed, broadened = ([each for each in changes if each.kind == kind] for kind in (NARROWED, BROADENED))
    split = _by_different_words(narrowed, lambda change: (change.earlier.id, change.later.period))
    merged = _by_different_words(broadened, lambda change: (change.later.id, change.earlier.period))
    kinds = dict.fromkeys(merged, "merged") | dict.fromkeys(split, "split")
    return [replace(each, kind=kinds.get(_ends(each), each.kind)) for each in changes]


def _by_different_words(
    changes: Sequence[WordingChange], key: Callable[[WordingChange], tuple[str, str]]
) -> list[tuple[str, str]]:
    groups: dict[tuple[str, str], list[WordingChange]] = defaultdict(list)
    for each in changes:
        groups[key(each)].append(each)
    return [_ends(each) for group in groups.values() for each in group if _stands_apart(each, group)]


def _ends(change: WordingChange) -> tuple[str, str]:
    return change.earlier.id, change.later.id


def _stands_apart(change: WordingChange, group: Sequence[WordingChange]) -> bool:
    words = set(change.cue)
    return len(group) > 1 and all(not words & set(other.cue) for other in group if other is not change)


def as_links(found: Iterable[WordingChange | SharedGoals | Unmatched]) -> tuple[LinkAssertion, ...]:
    """The links of changes and of searches without result, in the order of their keys."""
    return tuple(sorted(map(_as_link, found), key=lambda link: link.key))


def _as_link(found: WordingChange | SharedGoals | Unmatched) -> LinkAssertion:
    if isinstance(found, WordingChange):
        return _of_change(found)
    return _of_goals(found) if isinstance(found, SharedGoals) else _of_unmatched(found)


def _of_change(change: WordingChange) -> LinkAssertion:
    same = change.kind == "sameText"
    return LinkAssertion(
        subject=change.earlier.id,
        predicate=predicate_of(change.kind, change.earlier.kind, change.later.kind),
        object=change.later.id,
        kind=change.kind,
        confidence=change.sure,
        method=METHOD_IDENTICAL if same else METHOD,
        justification=LEXICAL if same else SIMILARITY,
        cue=" | ".join(change.cue),
        rationale=_rationale(change),
        subject_label=change.earlier.text,
        object_label=change.later.text,
        subject_evidence=change.earlier.evidence,
        object_evidence=change.later.evidence,
        review_status=ACCEPTED_BY_RULE if same else SUGGESTED,
    )


def predicate_of(kind: str, earlier: str, later: str) -> str:
    """How a link of that kind joins two elements, of which the kinds are given (aim, goal, measure and so on)."""
    if kind != OVERLAPPING:
        return CONTINUED_BY
    both = earlier in _CONCEPTS and later in _CONCEPTS
    return _RELATED_CONCEPTS if both else _RELATED


def _rationale(change: WordingChange) -> str:
    if change.kind == "sameText":
        return "Sanamuoto on sama; hyväksytty säännön nojalla."
    overlap = change.overlap
    shares = f"{overlap.earlier_share:.0%} aiemmasta ja {overlap.later_share:.0%} uudemmasta tekstistä"
    return f"Yhteistä on {shares.replace('%', ' %')}, kun harvinaiset sanat painavat eniten."


def _of_goals(shared: SharedGoals) -> LinkAssertion:
    count = len(shared.goals)
    goals = "; ".join(f"{before} → {after}" for before, after in shared.goals)
    return LinkAssertion(
        subject=shared.earlier.id,
        predicate=_RELATED_CONCEPTS,
        object=shared.later.id,
        kind=OVERLAPPING,
        confidence=shared.sure,
        method=METHOD_GOALS,
        justification=COMPOSITE,
        rationale=f"Päämäärien alla {count} yhteys tavoitteesta tavoitteeseen: {goals}"
        if count == 1
        else f"Päämäärien alla {count} yhteyttä tavoitteesta tavoitteeseen: {goals}",
        subject_label=shared.earlier.text,
        object_label=shared.later.text,
        subject_evidence=shared.earlier.evidence,
        object_evidence=shared.later.evidence,
    )


def _of_unmatched(found: Unmatched) -> LinkAssertion:
    is_last = found.kind != NEW
    count, periods = len(found.documents), ", ".join(found.periods)
    documents = f"{count} asiakirjasta" if count > 1 else "yhdestä asiakirjasta"
    text = f"{'Seuraajaa' if is_last else 'Edeltäjää'} ei löytynyt {documents} (kaudet {periods})."
    why = f" {transfer.reason(found.element.sector)}" if found.kind == TRANSFERRED else ""
    nearest = f" Lähin ehdokas: {found.nearest}" if found.nearest else ""
    return LinkAssertion(
        subject=found.element.id,
        predicate=CONTINUED_BY if is_last else CONTINUES,
        object=NO_MATCH,
        kind=found.kind,
        confidence=0.0,
        method=METHOD_TRANSFER if found.kind == TRANSFERRED else METHOD_SEARCH,
        justification=COMPOSITE if found.kind == TRANSFERRED else SIMILARITY,
        rationale=text + why + nearest,
        subject_label=found.element.text,
        subject_evidence=found.element.evidence,
        searched_in=" ".join(found.documents),
    )
