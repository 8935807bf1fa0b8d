"""The opinions that two readings hold on the links of a town's tables, and the links that only the readers have."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pyoxigraph import NamedNode

from benchmarks.reviews.readings import NEW, Items, Label, Reading
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.resources import ontology_quads
from hytegraph.graph.vocab import SKOS
from hytegraph.loaders.links.continuity.changes import CONTINUES, predicate_of
from hytegraph.loaders.links.judging.opinions import ACCEPT, LEAN, REJECT, UNSURE, Opinion
from hytegraph.loaders.links.judging.settling import Reviewers, as_suggested, opinions_of, settled
from hytegraph.loaders.links.link import ACCEPTED, MANUAL, NO_MATCH, LinkAssertion
from hytegraph.loaders.links.sssom import CURIE_MAP, LinkTable
from hytegraph.loaders.links.town_graph import TownGraph

METHOD = "two-readings/1"
TABLES = ("continuity", "sdg", "themes")
_LOWEST = {"measure": 0.45, "priority": 0.45, "project": 0.45}
_CONFIDENCE = 0.9
_PREDICATES = {"themes": ("dct:subject", "theme"), "sdg": ("hyte:alignedWithSdgGoal", "")}
# Of which items the readers looked for successors among which.
_COMPARED = {
    "aim": ("aim", "goal"),
    "goal": ("aim", "goal"),
    "priority": ("project", "goal", "measure"),
    "measure": ("project", "measure"),
    "project": ("measure",),
}
_THEMED = ("goal", "priority")


class Judging:
    """What two readers think, link by link."""

    def __init__(self, readings: Sequence[Reading], items: Items, reviewers: Reviewers, day: str) -> None:
        self._readings, self._items, self._reviewers, self._day = readings, items, reviewers, day

    def judged(self, table: LinkTable, graph: TownGraph) -> LinkTable:
        """The table with the readers' opinions in place of those that they had before, and the links that both have."""
        links = [self._without(table.name, link) for link in table.links if link.method != METHOD]
        judged = [self._settled(table.name, link, self.opinions(table.name, link)) for link in links]
        pairs = {(link.subject, link.object) for link in links}
        return replace(table, links=(*judged, *self._own(table.name, pairs, graph)))

    def without(self, table: LinkTable) -> LinkTable:
        """The table as it was before the readers."""
        links = (self._without(table.name, link) for link in table.links if link.method != METHOD)
        return replace(table, links=tuple(links))

    def _without(self, table: str, link: LinkAssertion) -> LinkAssertion:
        readers = {reading.reviewer for reading in self._readings}
        opinions = opinions_of(link)
        others = tuple(each for each in opinions if each.reviewer not in readers)
        return link if others == opinions else settled(table, link, others, self._reviewers)

    def _settled(self, table: str, link: LinkAssertion, opinions: tuple[Opinion, ...]) -> LinkAssertion:
        # What somebody else has judged before is not put in doubt again.
        return settled(table, link, opinions, self._reviewers) if opinions and not opinions_of(link) else link

    def opinions(self, table: str, link: LinkAssertion) -> tuple[Opinion, ...]:
        """What the readers think of a suggested link; () for one that they did not look for."""
        link = as_suggested(link)
        if not self._was_looked_for(table, link):
            return ()
        found = (self._opinion(table, link, reading) for reading in self._readings)
        opinions = tuple(opinion for opinion in found if opinion)
        if link.object == NO_MATCH and all(opinion.verdict == UNSURE for opinion in opinions):
            # Both see a counterpart, so the record stays only as long as the rule has found none.
            return ()
        return opinions if len(opinions) == len(self._readings) else ()

    def _was_looked_for(self, table: str, link: LinkAssertion) -> bool:
        kind = self._items.kinds.get(link.subject, "")
        if table != "continuity":
            return (
                kind in _THEMED or (table == "themes" and "/toimenpideohjelma-2026/" in link.subject)
            ) and bool(kind)
        if link.object == NO_MATCH:
            return bool(kind)
        other = self._items.kinds.get(link.object, "")
        return other in _COMPARED.get(kind, ()) and link.confidence >= _LOWEST.get(kind, 0.0)

    def _opinion(self, table: str, link: LinkAssertion, reading: Reading) -> Opinion | None:
        if table == "sdg":
            return self._on_target(link, reading)
        labels = reading.of(table)
        if link.object != NO_MATCH:
            return self._as_opinion(reading, labels.get((link.subject, link.object)), link.kind)
        pair = (NEW, link.subject) if link.predicate == CONTINUES else (link.subject, "")
        if pair in labels:
            return self._as_opinion(reading, labels[pair], link.kind)
        side = 1 if link.predicate == CONTINUES else 0
        others = any(each[side] == link.subject for each in labels)
        # That the search found nothing stays true, and who has written nothing of an item has not said so either.
        return Opinion(reading.reviewer, self._day, UNSURE, comment="sees a counterpart") if others else None

    def _on_target(self, link: LinkAssertion, reading: Reading) -> Opinion:
        """The readers named goals: who does not see the goal rejects its target, who sees it has not said which."""
        goal = link.object.partition(".")[0]
        if (link.subject, goal) not in reading.goals:
            return Opinion(reading.reviewer, self._day, REJECT)
        if goal == link.object:
            return self._as_opinion(reading, reading.goals[link.subject, goal], link.kind)
        return Opinion(
            reading.reviewer, self._day, UNSURE, comment=f"the goal {goal[4:]}, whose targets were not read"
        )

    def _as_opinion(self, reading: Reading, label: Label | None, kind: str) -> Opinion:
        if label is None:
            return Opinion(reading.reviewer, self._day, REJECT)
        verdict = ACCEPT if label.is_firm else LEAN
        named = label.kind if label.kind != kind else ""
        return Opinion(reading.reviewer, self._day, verdict, named, label.comment)

    def _own(self, table: str, pairs: set[tuple[str, str]], graph: TownGraph) -> Iterator[LinkAssertion]:
        """The links that both readers have and no rule suggests, as far as they settle them."""
        first, second = (reading.of(table) for reading in self._readings)
        for pair in sorted(set(first) & set(second)):
            if pair in pairs or NEW in pair or "" in pair:
                continue
            kind = first[pair].kind or _kind(table, *pair, self._items)
            link = self._link(table, *pair, kind, graph)
            opinions = [self._as_opinion(each, each.of(table)[pair], kind) for each in self._readings]
            link = settled(table, link, opinions, self._reviewers)
            if link.review_status == ACCEPTED and not link.suggested_kind:
                yield link

    def _link(self, table: str, subject: str, target: str, kind: str, graph: TownGraph) -> LinkAssertion:
        is_thing = target.startswith(f"{graph.town}:")
        if table == "continuity":
            predicate = predicate_of(kind, self._items.kinds[subject], self._items.kinds[target])
        else:
            predicate = "hyte:targetGroup" if kind == "targetGroup" else _PREDICATES[table][0]
        return LinkAssertion(
            *(subject, predicate, target, kind, _CONFIDENCE, METHOD, MANUAL),
            rationale="Kaksi lukijaa löysi yhteyden toisistaan tietämättä; mikään sääntö ei ehdota sitä.",
            subject_label=graph.label(graph.iri(subject)),
            object_label=graph.label(graph.iri(target)) if is_thing else "",
            subject_evidence=graph.evidence(graph.iri(subject)),
            object_evidence=graph.evidence(graph.iri(target)) if is_thing else "",
        )


def _kind(table: str, subject: str, target: str, items: Items) -> str:
    if table == "sdg":
        return items.kinds[subject]
    return "targetGroup" if target in target_groups() else "theme"


@cache
def target_groups() -> frozenset[str]:
    """The target groups of the scheme of themes, as CURIEs."""
    space = CURIE_MAP["theme"]
    return frozenset(
        f"theme:{quad.subject.value.removeprefix(space)}"
        for quad in ontology_quads(DEFAULT_BASE)
        if quad.predicate == SKOS.inScheme and quad.object == NamedNode(f"{space}TargetGroup")
        if isinstance(quad.subject, NamedNode)
    )
