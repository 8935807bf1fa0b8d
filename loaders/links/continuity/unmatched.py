"""The elements that nothing later takes up, and those that take up nothing earlier: results, not gaps."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from hytegraph.loaders.links.continuity.changes import NEW, NO_SUCCESSOR, Unmatched, WordingChange
from hytegraph.loaders.links.link import LinkEnd


@dataclass(slots=True)
class Searches:
    """Where a successor of each element and a predecessor of each was looked for, and the nearest seen."""

    _after: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _members: dict[str, tuple[LinkEnd, ...]] = field(default_factory=dict)
    _next: dict[str, WordingChange] = field(default_factory=dict)
    _previous: dict[str, WordingChange] = field(default_factory=dict)

    def open(self, members: Iterable[LinkEnd], pool: str) -> None:
        """Remember which elements are searched together, under any key that tells their search apart."""
        self._members[pool] = tuple(members)

    def looked(self, element: LinkEnd, pool: str, compared: Iterable[WordingChange]) -> None:
        """Remember one search among the members of a pool."""
        self._after[element.id].append(pool)
        self._before[pool].add(element.id)
        for change in compared:
            _keep_nearest(self._next, element.id, change)
            _keep_nearest(self._previous, change.later.id, change)

    def without_result(
        self, elements: Iterable[LinkEnd], continued: Collection[str], taken_up: Collection[str]
    ) -> list[Unmatched]:
        """The elements that were looked for and are neither continued nor taken up, by their ids."""
        known = {element.id: element for element in elements}
        pool_of = {member.id: pool for pool, members in self._members.items() for member in members}
        results = []
        for element in known.values():
            later = [member for pool in self._after.get(element.id, ()) for member in self._members[pool]]
            earlier = [known[each] for each in sorted(self._before.get(pool_of.get(element.id, ""), ()))]
            if later and element.id not in continued:
                nearest = self._next.get(element.id)
                results.append(
                    _unmatched(element, NO_SUCCESSOR, later, nearest.later.text if nearest else "")
                )
            if earlier and element.id not in taken_up:
                nearest = self._previous.get(element.id)
                results.append(_unmatched(element, NEW, earlier, nearest.earlier.text if nearest else ""))
        return results


def _unmatched(element: LinkEnd, kind: str, among: Iterable[LinkEnd], nearest: str) -> Unmatched:
    members = tuple(among)
    documents = {place.partition(":")[0] for member in members for place in member.evidence.split()}
    periods = {member.period for member in members}
    return Unmatched(element, kind, tuple(sorted(periods)), tuple(sorted(documents)), nearest)


def _keep_nearest(nearest: dict[str, WordingChange], key: str, change: WordingChange) -> None:
    before = nearest.get(key)
    order = (-change.sure, change.earlier.id, change.later.id)
    if before is None or order < (-before.sure, before.earlier.id, before.later.id):
        nearest[key] = change
