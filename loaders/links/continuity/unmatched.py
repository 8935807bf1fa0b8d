"""The elements that nothing later takes up, and those that take up nothing earlier: results, not gaps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hytegraph.loaders.links.continuity.changes import Unmatched, WordingChange
from hytegraph.loaders.links.link import LinkEnd

# That few words are shared does not prove that a matter is gone.
_SUREST = 0.9


@dataclass(slots=True)
class Searches:
    """Where a successor of each element and a predecessor of each was looked for, and the nearest seen."""

    _after: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _pool_of: dict[str, str] = field(default_factory=dict)
    _next: dict[str, WordingChange] = field(default_factory=dict)
    _previous: dict[str, WordingChange] = field(default_factory=dict)

    def open(self, members: Iterable[LinkEnd], pool: str) -> None:
        """Remember which elements are searched together, under any key that tells their search apart."""
        self._pool_of |= {member.id: pool for member in members}

    def looked(
        self, element: LinkEnd, pool: str, periods: Iterable[str], compared: Iterable[WordingChange]
    ) -> None:
        """Remember one search among later elements of some periods."""
        self._after[element.id] += periods
        self._before[pool].add(element.period)
        for change in compared:
            _keep_nearest(self._next, element.id, change)
            _keep_nearest(self._previous, change.later.id, change)

    def without_result(self, elements: Iterable[LinkEnd], found: Iterable[WordingChange]) -> list[Unmatched]:
        """The elements without a successor or a predecessor among the changes found."""
        changes = tuple(found)
        continued = {change.earlier.id for change in changes}
        taken_up = {change.later.id for change in changes}
        results = []
        for element in elements:
            after = self._after.get(element.id)
            before = self._before.get(self._pool_of.get(element.id, ""))
            if after and element.id not in continued:
                nearest = self._next.get(element.id)
                text = nearest.later.text if nearest else ""
                results.append(_unmatched(element, "dropped", nearest, after, text))
            if before and element.id not in taken_up:
                nearest = self._previous.get(element.id)
                text = nearest.earlier.text if nearest else ""
                results.append(_unmatched(element, "new", nearest, before, text))
        return results


def _unmatched(
    element: LinkEnd, kind: str, nearest: WordingChange | None, periods: Iterable[str], text: str
) -> Unmatched:
    return Unmatched(element, kind, _sure_of_none(nearest), tuple(sorted(set(periods))), text)


def _keep_nearest(nearest: dict[str, WordingChange], key: str, change: WordingChange) -> None:
    before = nearest.get(key)
    order = (-change.sure, change.earlier.id, change.later.id)
    if before is None or order < (-before.sure, before.earlier.id, before.later.id):
        nearest[key] = change


def _sure_of_none(nearest: WordingChange | None) -> float:
    return min(_SUREST, round(1 - nearest.sure, 2)) if nearest else _SUREST
