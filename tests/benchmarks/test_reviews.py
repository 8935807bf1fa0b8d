"""Two readings become opinions: both must see a link, one of them clearly, and what they did not look for stays as it is."""

from dataclasses import replace

import pytest

from benchmarks.reviews.judging import METHOD, Judging
from benchmarks.reviews.readings import NEW, Items, Label, Labels, Reading
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.reviewers import PROJECT_READER, Reviewer
from hytegraph.loaders.links.link import (
    ACCEPTED,
    LEXICAL,
    NO_MATCH,
    REJECTED,
    SIMILARITY,
    SUGGESTED,
    LinkAssertion,
)
from hytegraph.loaders.links.sssom import LinkTable
from hytegraph.loaders.links.town_graph import TownGraph

A, B, DAY = "saarela:reviewer/a", "saarela:reviewer/b", "2026-12-01"
REVIEWERS = {each: Reviewer(each, PROJECT_READER, Text(each, each, each)) for each in (A, B)}
OLD, LATER, MEASURE = "saarela:goal/2022/arki", "saarela:goal/2026/arki", "saarela:measure/ohjelma/L1-1"
ITEMS = Items({}, {OLD: "goal", LATER: "goal", MEASURE: "measure"})
GRAPH = TownGraph((), DEFAULT_BASE, "saarela")
CLEAR, ARGUABLE = Label("split", is_firm=True), Label("split", is_firm=False)
LINK = LinkAssertion(OLD, "hyte:continuedBy", LATER, "split", 0.6, "m/1", SIMILARITY)


def judging(first: Labels, second: Labels, *, table: str = "successors") -> Judging:
    none: dict[str, Labels] = {"successors": {}, "themes": {}, "goals": {}}
    readings = [Reading(who, **(none | {table: labels})) for who, labels in ((A, first), (B, second))]
    return Judging(readings, ITEMS, REVIEWERS, DAY)


def table(*links: LinkAssertion, name: str = "continuity") -> LinkTable:
    return LinkTable(name, "saarela", name, links)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (CLEAR, CLEAR, ACCEPTED),
        (CLEAR, ARGUABLE, ACCEPTED),
        (ARGUABLE, ARGUABLE, SUGGESTED),
        (CLEAR, None, SUGGESTED),
        (CLEAR, Label("merged", is_firm=True), SUGGESTED),
        (None, None, REJECTED),
    ],
)
def test_a_link_stands_where_both_see_it_and_one_clearly(
    first: Label | None, second: Label | None, status: str
) -> None:
    labels = [{(OLD, LATER): label} if label else {} for label in (first, second)]
    [link] = judging(*labels).judged(table(LINK), GRAPH).links
    assert link.review_status == status
    assert link.opinions.count(DAY) == 2


def test_the_kind_is_that_of_both_readers() -> None:
    labels = {(OLD, LATER): Label("overlapping", is_firm=True)}
    [link] = judging(labels, labels).judged(table(LINK), GRAPH).links
    assert (link.kind, link.suggested_kind, link.predicate) == ("overlapping", "split", "skos:relatedMatch")


@pytest.mark.parametrize(
    "link",
    [
        replace(LINK, subject="saarela:aim/x"),
        replace(LINK, subject=MEASURE, object=MEASURE, confidence=0.4),
        replace(LINK, subject=MEASURE, confidence=0.9),
    ],
)
def test_what_the_readers_did_not_look_for_stays_as_it_is(link: LinkAssertion) -> None:
    assert judging({}, {}).judged(table(link), GRAPH).links == (link,)


def test_what_somebody_has_judged_before_is_not_put_in_doubt() -> None:
    link = LINK.reviewed(REJECTED, "saarela:reviewer/c", DAY)
    labels = {(OLD, LATER): CLEAR}
    assert judging(labels, labels).judged(table(link), GRAPH).links == (link,)


def test_that_nothing_continues_an_item_is_judged_by_what_was_written_of_it() -> None:
    dropped = replace(LINK, object=NO_MATCH, kind="dropped")
    gone, goes_on = {(OLD, ""): Label("dropped", is_firm=True)}, {(OLD, LATER): CLEAR}
    new = replace(dropped, subject=LATER, predicate="hyte:continues", kind="new")
    is_new = {(NEW, LATER): Label("new", is_firm=True)}
    for first, second, link, status in (
        (gone, gone, dropped, ACCEPTED),
        (goes_on, goes_on, dropped, SUGGESTED),
        (gone, goes_on, dropped, SUGGESTED),
        (is_new, is_new, new, ACCEPTED),
        (goes_on, goes_on, new, SUGGESTED),
    ):
        judged = judging(first, second).judged(table(link), GRAPH).links
        assert judged[0].review_status == status
    assert judging({}, gone).judged(table(dropped), GRAPH).links == (dropped,)


def test_a_link_that_both_readers_have_and_no_rule_is_added_once() -> None:
    labels = {(OLD, LATER): CLEAR}
    both = judging(labels, labels)
    judged = both.judged(table(), GRAPH)
    [link] = judged.links
    assert (link.method, link.review_status, link.reviewer) == (METHOD, ACCEPTED, f"{A}|{B}")
    assert both.judged(judged, GRAPH) == judged
    assert both.without(judged).links == ()
    assert judging(labels, {}).judged(table(), GRAPH).links == ()


def test_who_named_a_goal_of_the_sdg_has_not_named_its_target() -> None:
    target = LinkAssertion(OLD, "hyte:alignedWithSdgTarget", "sdg:3.4", "goal", 0.6, "s/1", LEXICAL)
    labels = {(OLD, "sdg:3"): Label("", is_firm=True)}
    goal, judged = judging(labels, labels, table="goals").judged(table(target, name="sdg"), GRAPH).links[::-1]
    assert (goal.object, goal.predicate, goal.review_status) == ("sdg:3", "hyte:alignedWithSdgGoal", ACCEPTED)
    assert (judged.object, judged.review_status) == ("sdg:3.4", SUGGESTED)
    [rejected] = judging({}, {}, table="goals").judged(table(target, name="sdg"), GRAPH).links
    assert rejected.review_status == REJECTED
