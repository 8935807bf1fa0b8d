"""Suggests which aims, goals, priorities and measures of one period live on in a later one, and which do not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import exp

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.links.continuity.aims import shared_goals
from hytegraph.loaders.links.continuity.candidates import Candidates
from hytegraph.loaders.links.continuity.changes import (
    NO_SUCCESSOR,
    TRANSFERRED,
    SharedGoals,
    Unmatched,
    WordingChange,
    as_links,
    split_and_merged,
)
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.matching import Overlap, overlap_of
from hytegraph.loaders.links.continuity.scope import scope_of
from hytegraph.loaders.links.continuity.transfer import left_by_law
from hytegraph.loaders.links.continuity.unmatched import Searches
from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.link import LinkAssertion, LinkEnd

# By the kind of the earlier element: what is less sure is wrong too often to be shown.
LOWEST = {"aim": 0.35, "goal": 0.35, "priority": 0.4, "measure": 0.5, "project": 0.5}
CONCEPTS = frozenset(("aim", "goal", "priority"))
ACTIONS = frozenset(("measure", "project"))
_MOST_PER_PERIOD = 4
_NEAR_BEST = 0.5
# One noun of two qualities is a false friend: barrier-free mobility and climate-friendly mobility.
_CONTRAST = 0.25


@dataclass(frozen=True, slots=True)
class _LaterElements:
    """The elements of one period that earlier ones may continue in."""

    kinds: frozenset[str]
    start: date
    periods: tuple[str, ...]
    candidates: Candidates

    @property
    def key(self) -> str:
        """What tells the pool apart."""
        return f"{self.start} {' '.join(sorted(self.kinds))}"


def suggest_continuity(
    elements: Iterable[LinkEnd], rejected: Collection[tuple[str, str]] = ()
) -> tuple[LinkAssertion, ...]:
    """Links from the elements of each period to later ones, and a record for each that has none.

    A pair of ids that a reviewer has rejected is not suggested again, nor counted as a successor.
    Elements of other kinds or without a period are compared with nothing; their order does not matter.
    """
    placed = sorted(
        (each for each in elements if each.kind in CONCEPTS | ACTIONS and _start(each.period)),
        key=lambda each: each.id,
    )
    corpus = Corpus(placed)
    pools = _later_elements(corpus, placed)
    searches = Searches()
    for pool in pools:
        searches.open(
            (each for each in placed if each.kind in pool.kinds and _starts(each) == pool.start), pool.key
        )
    found: list[WordingChange] = []
    for element in placed:
        for pool in pools:
            if pool.start > _starts(element) and _may_continue_in(element, pool.kinds):
                compared = [
                    _compare(corpus, element, later)
                    for later in pool.candidates.of(element)
                    if (element.id, later.id) not in rejected and _is_comparable(element, later)
                ]
                searches.looked(element, pool.key, compared)
                found += _best(compared)
    kept = split_and_merged(_direct(found))
    aims = shared_goals(placed, kept, rejected)
    linked: list[WordingChange | SharedGoals] = [*kept, *aims]
    missing = searches.without_result(
        placed, {each.earlier.id for each in linked}, {each.later.id for each in linked}
    )
    return as_links([*linked, *map(_by_law, missing)])


def _by_law(missing: Unmatched) -> Unmatched:
    element = missing.element
    town = element.id.partition(":")[0]
    if missing.kind == NO_SUCCESSOR and left_by_law(element.sector, _starts(element), town):
        return replace(missing, kind=TRANSFERRED)
    return missing


def weigh(corpus: Corpus, earlier: LinkEnd, later: LinkEnd) -> WordingChange:
    """How likely the later element takes up the earlier one, and what that would be called."""
    overlap = overlap_of(corpus, earlier.text, later.text)
    features = pair_features(earlier, later, overlap)
    modelled = 1 / (1 + exp(-sum(weight * features[name] for name, weight in _model())))
    # Rare words that make up most of a wording tell enough, be there a topic in them or not.
    sure = max(modelled, features["containment"] * features["rarest"])
    sure = round(min(sure, _CONTRAST) if overlap.contrast else sure, 2)
    kind = scope_of(earlier.text, later.text, corpus.names)
    return WordingChange(earlier, later, kind, sure, overlap)


def pair_features(earlier: LinkEnd, later: LinkEnd, overlap: Overlap) -> dict[str, float]:
    """The numbers that the model of lexicon/continuity-model.csv weighs."""
    return {
        **overlap.features(),
        "measures": float(later.kind not in CONCEPTS),
        "sameLevel": float(earlier.kind == later.kind or {earlier.kind, later.kind} == ACTIONS),
    }


def _later_elements(corpus: Corpus, elements: Sequence[LinkEnd]) -> tuple[_LaterElements, ...]:
    grouped: dict[tuple[date, frozenset[str]], list[LinkEnd]] = defaultdict(list)
    for element in elements:
        for kinds in (CONCEPTS, ACTIONS):
            if element.kind in kinds:
                grouped[_starts(element), kinds].append(element)
    ordered = sorted(grouped.items(), key=lambda item: (item[0][0], sorted(item[0][1])))
    return tuple(
        _LaterElements(
            kinds, start, tuple(sorted({each.period for each in members})), Candidates(corpus, members)
        )
        for (start, kinds), members in ordered
    )


def _may_continue_in(element: LinkEnd, kinds: frozenset[str]) -> bool:
    if element.kind in CONCEPTS:
        return kinds == CONCEPTS or (kinds == ACTIONS and element.kind == "priority")
    return element.kind in ACTIONS and kinds == ACTIONS


def _is_comparable(earlier: LinkEnd, later: LinkEnd) -> bool:
    """An aim is compared with aims: a goal is no more than a part of what any aim may mean."""
    return earlier.kind != "aim" or later.kind == "aim"


def _best(compared: Sequence[WordingChange]) -> list[WordingChange]:
    identical = [change for change in compared if change.kind == "sameText"]
    if identical:
        return identical
    shown = (each for each in compared if each.sure >= LOWEST[each.earlier.kind])
    good = sorted(shown, key=lambda each: (-each.sure, each.later.id))
    return [each for each in good[:_MOST_PER_PERIOD] if each.sure >= _NEAR_BEST * good[0].sure]


def _compare(corpus: Corpus, earlier: LinkEnd, later: LinkEnd) -> WordingChange:
    if earlier.kind == later.kind and wording_key(earlier.text) == wording_key(later.text):
        return WordingChange(earlier, later, "sameText", 1.0, overlap_of(corpus, earlier.text, later.text))
    return weigh(corpus, earlier, later)


def _direct(changes: Sequence[WordingChange]) -> list[WordingChange]:
    """The changes without those that two steps over a period between explain as well."""
    sure = {(each.earlier.id, each.later.id): each.sure for each in changes}
    onward: dict[str, list[WordingChange]] = defaultdict(list)
    for each in changes:
        onward[each.earlier.id].append(each)
    return [
        each
        for each in changes
        if not any(
            sure.get((step.later.id, each.later.id), 0.0) >= each.sure <= step.sure
            for step in onward[each.earlier.id]
        )
    ]


def _starts(element: LinkEnd) -> date:
    start = _start(element.period)
    assert start is not None
    return start


@cache
def _start(notation: str) -> date | None:
    for read in (date.fromisoformat, lambda text: parse_period(text).start):
        try:
            return read(notation)
        except ValueError:
            continue
    return None


@cache
def _model() -> tuple[tuple[str, float], ...]:
    return tuple((row["feature"], float(row["weight"])) for row in read_lexicon("continuity-model"))
