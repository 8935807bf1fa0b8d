"""What became of each goal (or aim, priority, measure) in the next period: which goes on in which, as a graph.

Every link that stands is there, those that are accepted and those that are suggested apart. Where a side would hold
more than `MOST` elements, they are counted by their aims.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hytegraph.server.pages.periods.continuity import CONTINUING, Claim, Continuity
from hytegraph.server.pages.periods.elements import Column, Element, begins, columns_of
from hytegraph.server.text.links import Link

MOST = 40
DROPPED, TRANSFERRED, NEW = "dropped", "transferred", "new"
# What stands on the other side where there is no element of a plan.
ENDS = (DROPPED, TRANSFERRED, NEW)


@dataclass(frozen=True, slots=True)
class Node:
    """An element or an aim with elements, or one of ENDS; `weight` is how high it is drawn in parts of one side."""

    key: str
    link: Link
    weight: int

    @property
    def is_end(self) -> bool:
        """Whether it stands for what has no element there."""
        return self.key in ENDS


@dataclass(frozen=True, slots=True)
class FlowLink:
    """That `count` links lead from one node to the other, accepted or suggested, and of which kinds they are.

    `claim` is the only one, where there is one between two elements.
    """

    left: Node
    right: Node
    is_accepted: bool
    kinds: tuple[tuple[str, int], ...]
    claim: Claim | None

    @property
    def is_continued(self) -> bool:
        """Whether the earlier goes on in the later; who only shares a subject with another does not."""
        return self.kinds[0][0] in CONTINUING

    @property
    def count(self) -> int:
        """How many links it stands for."""
        return sum(count for _, count in self.kinds)


@dataclass(frozen=True, slots=True)
class Flow:
    """The elements of one period, of a later one, and the links between them; `is_grouped` counts them by aim.

    Of the `total` elements of the earlier period so many go on, of these so many by an accepted link, and so many only
    share a subject with one of the later.
    """

    before: Column
    after: Column
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    links: tuple[FlowLink, ...]
    is_grouped: bool
    total: int
    goes_on: int
    accepted: int
    shares: int

    def count_of(self, end: str) -> int:
        """How many elements have no counterpart in that way."""
        return sum(link.count for link in self.links if end in (link.left.key, link.right.key))


@dataclass(frozen=True, slots=True)
class FlowReader:
    """Makes flows of the elements of a level; `measures` are how many each goal has, where heights go by them."""

    elements: Mapping[str, Element]
    continuity: Continuity
    level: str
    ends: Mapping[str, str]
    measures: Mapping[str, int] | None = None

    def flows(self) -> tuple[Flow, ...]:
        """A flow for every two periods with a link between them, those with most first."""
        own = [element for element in self.elements.values() if element.level == self.level]
        columns = {column.start: column for column in columns_of(element.period for element in own)}
        pairs = Counter((earlier.period.start, later.period.start) for _, earlier, later in self._claims())
        seen: set[str] = set()
        flows = []
        for before, after in sorted(pairs, key=lambda pair: (-pairs[pair], *map(begins, pair))):
            # What has no counterpart is told once, where most is known of its period.
            whole = not {f"from {before}", f"to {after}"} & seen
            seen |= {f"from {before}", f"to {after}"}
            flows.append(self._flow(columns[before], columns[after], own, whole=whole))
        return tuple(flows)

    def _claims(self) -> Iterator[tuple[Claim, Element, Element]]:
        """The standing claims between elements of the level."""
        for claim in self.continuity.claims:
            earlier, later = self.elements.get(claim.earlier), self.elements.get(claim.later)
            if claim.stands and earlier and later and earlier.level == later.level == self.level:
                yield claim, earlier, later

    def _flow(self, before: Column, after: Column, own: Sequence[Element], *, whole: bool) -> Flow:
        sides = [[each for each in own if each.period.start == column.start] for column in (before, after)]
        claims = [
            (claim, earlier.iri, later.iri)
            for claim, earlier, later in self._claims()
            if (earlier.period.start, later.period.start) == (before.start, after.start)
        ]
        total = len(sides[0])
        continued = [(claim.is_accepted, earlier) for claim, earlier, _ in claims if claim.kind in CONTINUING]
        goes_on = {earlier for _, earlier in continued}
        shares = {earlier for _, earlier, _ in claims} - goes_on
        if whole:
            claims += self._without_counterpart(*sides)
        else:
            used = {iri for _, *ends in claims for iri in ends}
            sides = [[each for each in side if each.iri in used] for side in sides]
        is_grouped = self.level == "measure" or max(map(len, sides)) > MOST
        left, right = (self._nodes(side, is_grouped=is_grouped) for side in sides)
        links = self._links(claims, left, right)
        used_ends = {node.key: node for link in links for node in (link.left, link.right) if node.is_end}
        lefts = [
            *dict.fromkeys(left.values()),
            *(used_ends[end] for end in ENDS if end in used_ends and end == NEW),
        ]
        rights = [
            *dict.fromkeys(right.values()),
            *(used_ends[end] for end in ENDS if end in used_ends and end != NEW),
        ]
        return Flow(
            before,
            after,
            tuple(lefts),
            _untangled(rights, lefts, links),
            links,
            is_grouped,
            total,
            len(goes_on),
            len({earlier for is_accepted, earlier in continued if is_accepted}),
            len(shares),
        )

    def _without_counterpart(
        self, earlier: Iterable[Element], later: Iterable[Element]
    ) -> Iterator[tuple[Claim, str, str]]:
        for element in earlier:
            for claim in self.continuity.onward.get(element.iri, ()):
                if claim.stands and not claim.later:
                    yield claim, element.iri, TRANSFERRED if claim.kind == TRANSFERRED else DROPPED
        for element in later:
            missing = self.continuity.found_nothing(element.iri, NEW)
            if missing and missing.stands:
                yield missing, NEW, element.iri

    def _nodes(self, side: Iterable[Element], *, is_grouped: bool) -> dict[str, Node]:
        """The node of each element (IRI) of a side, or of its first aim."""
        if not is_grouped:
            return {
                each.iri: Node(each.iri, each.link, self.measures.get(each.iri, 0) if self.measures else 1)
                for each in side
            }
        aims = {each.iri: (each.aims or ("",))[0] for each in side}
        sizes = Counter(aims.values())
        return {
            iri: Node(
                aim, self.elements[aim].link if aim in self.elements else Link(self.ends[""]), sizes[aim]
            )
            for iri, aim in aims.items()
        }

    def _links(
        self, claims: Iterable[tuple[Claim, str, str]], left: Mapping[str, Node], right: Mapping[str, Node]
    ) -> tuple[FlowLink, ...]:
        found: dict[tuple[Node, Node, bool, bool], list[Claim]] = {}
        for claim, earlier, later in claims:
            start = left.get(earlier) or Node(earlier, Link(self.ends[earlier]), 0)
            end = right.get(later) or Node(later, Link(self.ends[later]), 0)
            sort = (claim.is_accepted, claim.kind in CONTINUING)
            found.setdefault((start, end, *sort), []).append(claim)
        places = {node: place for place, node in enumerate(dict.fromkeys((*left.values(), *right.values())))}
        return tuple(
            FlowLink(
                start,
                end,
                is_accepted,
                tuple(Counter(claim.kind for claim in those).most_common()),
                those[0] if len(those) == 1 and those[0].earlier and those[0].later else None,
            )
            for (start, end, is_accepted, _), those in sorted(
                found.items(),
                key=lambda entry: [places.get(node, len(places)) for node in entry[0][:2]],
            )
        )


def _untangled(right: Sequence[Node], left: Sequence[Node], links: Iterable[FlowLink]) -> tuple[Node, ...]:
    """The later side in the order of what leads there, so that few links cross; the ends stay last."""
    places = {node.key: place for place, node in enumerate(left)}
    leading: dict[str, list[int]] = {}
    for link in links:
        leading.setdefault(link.right.key, []).extend([places[link.left.key]] * link.count)
    means = {key: sum(those) / len(those) for key, those in leading.items()}
    return tuple(sorted(right, key=lambda node: (node.is_end, means.get(node.key, float(len(left))))))
