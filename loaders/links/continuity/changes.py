"""What became of an element: the kind of a change from one wording to another, and its link."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.links.continuity.matching import Overlap, cue_of
from hytegraph.loaders.links.link import (
    ACCEPTED_BY_RULE,
    LEXICAL,
    NO_MATCH,
    SIMILARITY,
    SUGGESTED,
    LinkAssertion,
    LinkEnd,
)

METHOD = "continuity-words/1"
METHOD_IDENTICAL = "continuity-identical/1"
METHOD_SEARCH = "continuity-search/1"
# What may have become of an element that has a successor, and of one that has none.
KINDS_OF_SUCCESSION = ("sameText", "reworded", "broadened", "narrowed", "split", "merged", "overlapping")
KINDS_OF_LOSS = ("dropped",)
CONTINUED_BY = "hyte:continuedBy"
CONTINUES = "hyte:continues"
# Where only a part is common the later one does not continue the earlier one: it is related to it.
_RELATED_CONCEPTS = "skos:relatedMatch"
_RELATED = "dct:relation"
_CONCEPTS = ("aim", "goal", "priority")
_MOST_OF_IT = 0.5
_CLEARLY_MORE = 0.2
_LIKELY = 0.5


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
class Unmatched:
    """An element that no other takes up (dropped) or that takes up no other (new), and the nearest there is."""

    element: LinkEnd
    kind: str
    sure: float
    periods: tuple[str, ...]
    nearest: str


def normal_kind(earlier: LinkEnd, later: LinkEnd, overlap: Overlap, sure: float) -> str:
    """What the change would be called if it stood alone: by how much of each wording is in the other."""
    if sure < _LIKELY:
        return "overlapping"
    before, after = overlap.earlier_share, overlap.later_share
    if earlier.kind != later.kind and "aim" in (earlier.kind, later.kind):
        return "broadened" if later.kind == "aim" else "narrowed"
    if max(before, after) >= _MOST_OF_IT and abs(before - after) >= _CLEARLY_MORE:
        return "broadened" if before > after else "narrowed"
    return "reworded" if max(before, after) >= _MOST_OF_IT or overlap.name else "overlapping"


def split_and_merged(changes: Sequence[WordingChange]) -> list[WordingChange]:
    """The changes with those renamed that are one of several by different words: split, or else merged.

    Several that share the same words are several readings of one thing, not its parts.
    """
    split = _by_different_words(changes, lambda change: (change.earlier.id, change.later.period))
    merged = _by_different_words(changes, lambda change: (change.later.id, change.earlier.period))
    kinds = dict.fromkeys(merged, "merged") | dict.fromkeys(split, "split")
    return [replace(each, kind=kinds.get(_ends(each), each.kind)) for each in changes]


def _by_different_words(
    changes: Sequence[WordingChange], key: Callable[[WordingChange], tuple[str, str]]
) -> list[tuple[str, str]]:
    groups: dict[tuple[str, str], list[WordingChange]] = defaultdict(list)
    for each in changes:
        if each.sure >= _LIKELY and each.kind != "sameText":
            groups[key(each)].append(each)
    return [_ends(each) for group in groups.values() for each in group if _stands_apart(each, group)]


def _ends(change: WordingChange) -> tuple[str, str]:
    return change.earlier.id, change.later.id


def _stands_apart(change: WordingChange, group: Sequence[WordingChange]) -> bool:
    words = set(change.cue)
    return len(group) > 1 and all(not words & set(other.cue) for other in group if other is not change)


def as_links(found: Iterable[WordingChange | Unmatched]) -> tuple[LinkAssertion, ...]:
    """The links of changes and of searches without result, in the order of their keys."""
    links = (_of_change(each) if isinstance(each, WordingChange) else _of_unmatched(each) for each in found)
    return tuple(sorted(links, key=lambda link: link.key))


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
    if kind != "overlapping":
        return CONTINUED_BY
    both = earlier in _CONCEPTS and later in _CONCEPTS
    return _RELATED_CONCEPTS if both else _RELATED


def _rationale(change: WordingChange) -> str:
    if change.kind == "sameText":
        return "Sanamuoto on sama; hyväksytty säännön nojalla."
    overlap = change.overlap
    shares = f"{overlap.earlier_share:.0%} aiemmasta ja {overlap.later_share:.0%} uudemmasta tekstistä"
    return f"Yhteistä on {shares.replace('%', ' %')}, kun harvinaiset sanat painavat eniten."


def _of_unmatched(found: Unmatched) -> LinkAssertion:
    dropped = found.kind == "dropped"
    searched = ", ".join(found.periods)
    text = f"{'Seuraajaa' if dropped else 'Edeltäjää'} ei löytynyt kausilta {searched}."
    nearest = f" Lähin ehdokas: {found.nearest}" if found.nearest else ""
    return LinkAssertion(
        subject=found.element.id,
        predicate=CONTINUED_BY if dropped else CONTINUES,
        object=NO_MATCH,
        kind=found.kind,
        confidence=found.sure,
        method=METHOD_SEARCH,
        justification=SIMILARITY,
        rationale=text + nearest,
        subject_label=found.element.text,
        subject_evidence=found.element.evidence,
    )
