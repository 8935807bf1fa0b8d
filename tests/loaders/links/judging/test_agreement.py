"""Agreement is counted from what two reviewers said of what rules suggest, and becomes data."""

from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.vocab import HYTE, XSD
from hytegraph.loaders.links.judging.agreement import agreement_quads, pairs_by_reviewers
from hytegraph.loaders.links.link import MANUAL, SIMILARITY, LinkAssertion
from hytegraph.loaders.links.sssom import LinkTable
from hytegraph.loaders.links.town_graph import TownGraph

A, B, DAY = "saarela:reviewer/a", "saarela:reviewer/b", "2026-12-01"


def link(number: int, *opinions: str) -> LinkAssertion:
    return LinkAssertion(
        *(f"saarela:goal/{number}", "hyte:continuedBy", "saarela:goal/x", "split", 0.5, "m/1", SIMILARITY),
        opinions=" | ".join(f"{who} {DAY} {said}" for who, said in zip((A, B), opinions, strict=False)),
    )


def table(*links: LinkAssertion) -> LinkTable:
    return LinkTable("continuity", "saarela", "Jatkuvuus", links)


def test_only_what_both_judged_and_a_rule_suggested_is_compared() -> None:
    own = replace(link(4, "accept", "accept"), justification=MANUAL)
    judged = table(link(1, "accept", "reject"), link(2, "accept"), link(3, "lean as merged", "unsure"), own)
    assert pairs_by_reviewers(judged) == {(A, B): [("split", "reject"), ("merged", "unsure")]}


def test_agreement_is_a_thing_with_its_numbers() -> None:
    judged = table(link(1, "accept", "accept"), link(2, "reject", "reject"), link(3, "reject", "accept"))
    quads = list(agreement_quads([judged], TownGraph((), DEFAULT_BASE, "saarela")))
    node = NamedNode(f"{DEFAULT_BASE}id/saarela/agreement/continuity/any/a-b")
    values = {quad.predicate: quad.object for quad in quads if quad.subject == node}
    assert values[HYTE.judgedByBoth] == Literal(3)
    assert values[HYTE.judgedAlike] == Literal(2)
    # By chance (1 * 2 + 2 * 1) / 9 = 0.444; kappa (2/3 - 4/9) / (5/9) = 0.4.
    decimal = XSD.decimal
    assert values[HYTE.agreementByChance] == Literal("0.444", datatype=decimal)
    assert values[HYTE.kappa] == Literal("0.400", datatype=decimal)
    assert {quad.object for quad in quads if quad.subject == node and quad.predicate == HYTE.agreementOf} == {
        NamedNode(f"{DEFAULT_BASE}id/saarela/reviewer/{name}") for name in "ab"
    }


def test_a_table_that_nobody_judged_twice_gives_nothing() -> None:
    assert list(agreement_quads([table(link(1, "accept"))], TownGraph((), DEFAULT_BASE, "saarela"))) == []
