"""An assertion is a thing of its own; it becomes a triple only when it is accepted."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.errors import TableError
from hytegraph.graph.vocab import HYTE, RDF
from hytegraph.loaders.links.link import ACCEPTED, LEXICAL, NO_MATCH, NOT, REJECTED, LinkAssertion
from hytegraph.loaders.links.quads import link_quads
from hytegraph.loaders.links.sssom import LinkTable
from hytegraph.loaders.links.status import suggest_status
from hytegraph.loaders.links.town_graph import Material

ROLE, DAY = "kemi:post/hyte-koordinaattori", "2026-12-01"


@pytest.fixture
def link(kemi_material: Material) -> LinkAssertion:
    earlier, later = (
        next(each for each in kemi_material.graph.elements("goal") if each.period == period)
        for period in ("2022-2025", "2026")
    )
    return LinkAssertion(
        *(earlier.id, "hyte:continuedBy", later.id, "same", 0.8, "continuity-words/1", LEXICAL),
        subject_evidence=earlier.evidence,
        object_evidence=later.evidence,
    )


def quads(material: Material, name: str, *links: LinkAssertion) -> list[Quad]:
    return list(link_quads([LinkTable(name, "kemi", "", links)], material.graph))


def graphs(found: list[Quad]) -> set[str]:
    return {str(quad.graph_name).partition("/graph/")[2].rstrip(">") for quad in found}


def direct(found: list[Quad], material: Material, link: LinkAssertion) -> list[Quad]:
    ends = {material.graph.iri(link.subject), material.graph.iri(link.object)}
    return [quad for quad in found if isinstance(quad.subject, NamedNode) and quad.subject.value in ends]


def test_a_suggestion_is_an_assertion_and_no_triple(kemi_material: Material, link: LinkAssertion) -> None:
    found = quads(kemi_material, "continuity", link)
    assert graphs(found) == {"links/suggested"}
    assert direct(found, kemi_material, link) == []
    values = {quad.predicate: quad.object for quad in found}
    assert values[RDF.type] == HYTE.Alignment or HYTE.Alignment in {quad.object for quad in found}
    assert values[HYTE.continuityKind] == HYTE.same
    assert values[HYTE.confidence] == Literal(
        "0.8", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    )


def test_evidence_is_the_passages_of_both_ends(kemi_material: Material, link: LinkAssertion) -> None:
    graph = kemi_material.graph
    both = {*graph.passages(graph.iri(link.subject)), *graph.passages(graph.iri(link.object))}
    found = {
        quad.object.value
        for quad in quads(kemi_material, "continuity", link)
        if quad.predicate == HYTE.evidencedBy and isinstance(quad.object, NamedNode)
    }
    assert found == both


def test_an_accepted_link_stands_as_a_triple_beside_its_assertion(
    kemi_material: Material, link: LinkAssertion
) -> None:
    found = quads(kemi_material, "continuity", link.reviewed(ACCEPTED, ROLE, DAY))
    assert graphs(found) == {"links/accepted"}
    [triple] = direct(found, kemi_material, link)
    # A table reads from the earlier to the later; the later continues the earlier.
    assert triple.predicate == HYTE.continues
    assert triple.subject == NamedNode(kemi_material.graph.iri(link.object))
    assert any(
        quad.predicate == HYTE.reviewedByRole and str(quad.object).endswith("post/hyte-koordinaattori>")
        for quad in found
    )


@pytest.mark.parametrize("changes", [{"review_status": REJECTED}, {"predicate_modifier": NOT}])
def test_a_rejected_or_negative_link_is_no_triple_and_a_rejected_claim(
    kemi_material: Material, link: LinkAssertion, changes: dict[str, str]
) -> None:
    reviewed = link.reviewed(ACCEPTED, ROLE, DAY)
    changed = LinkAssertion(**{name: getattr(reviewed, name) for name in link.__slots__} | changes)
    found = quads(kemi_material, "continuity", changed)
    assert direct(found, kemi_material, link) == []
    assert [quad.object for quad in found if quad.predicate == HYTE.reviewStatus] == [HYTE.rejected]
    assert graphs(found) == {"links/suggested"}


def test_opinions_are_things_that_say_whose_they_are(kemi_material: Material, link: LinkAssertion) -> None:
    one, other = (f"kemi:reviewer/{name} {DAY}" for name in ("a", "b"))
    found = quads(
        kemi_material, "continuity", replace(link, opinions=f"{one} accept as split: osin | {other} reject")
    )
    [claim] = {quad.subject for quad in found if quad.predicate == HYTE.reviewStatus}
    opinions = {quad.subject for quad in found if quad.predicate == HYTE.opinionOn and quad.object == claim}
    values = {
        (quad.predicate, str(quad.object).rpartition("/")[2]) for quad in found if quad.subject in opinions
    }
    assert len(opinions) == 2
    assert {
        (HYTE.verdict, "ns#accept>"),
        (HYTE.verdict, "ns#reject>"),
        (HYTE.opinionKind, "ns#split>"),
    } <= values
    assert {(HYTE.opinionOf, "a>"), (HYTE.opinionOf, "b>")} <= values


def test_what_a_reviewer_accepts_of_a_search_without_result_is_no_triple(
    kemi_material: Material, link: LinkAssertion
) -> None:
    dropped = replace(link, object=NO_MATCH, kind="dropped", object_evidence="").reviewed(ACCEPTED, ROLE, DAY)
    assert direct(quads(kemi_material, "continuity", dropped), kemi_material, link) == []


def test_that_no_successor_was_found_is_a_record(kemi_material: Material, link: LinkAssertion) -> None:
    found = quads(
        kemi_material, "continuity", replace(link, object=NO_MATCH, kind="dropped", object_evidence="")
    )
    [value] = [quad.object for quad in found if quad.predicate == HYTE.assertedObject]
    assert value == NamedNode("https://w3id.org/sssom/NoTermFound")


def test_a_status_is_an_assessment_in_a_graph_of_its_own(kemi_material: Material) -> None:
    realisation = kemi_material.graph.elements("realisation")[0]
    found = quads(kemi_material, "status", *suggest_status([realisation]))
    assert graphs(found) == {"status"}
    evidence = {
        quad.object.value
        for quad in found
        if quad.predicate == HYTE.evidencedBy and isinstance(quad.object, NamedNode)
    }
    assert evidence == set(kemi_material.graph.passages(kemi_material.graph.iri(realisation.id)))


def test_the_same_link_has_the_same_node_whatever_its_confidence(
    kemi_material: Material, link: LinkAssertion
) -> None:
    nodes = [
        {
            quad.subject
            for quad in quads(kemi_material, "continuity", each)
            if quad.predicate == HYTE.confidence
        }
        for each in (link, replace(link, confidence=0.3))
    ]
    assert nodes[0] == nodes[1]


def test_an_unknown_prefix_is_refused(kemi_material: Material, link: LinkAssertion) -> None:
    with pytest.raises(TableError, match="unknown prefix"):
        quads(kemi_material, "continuity", replace(link, predicate="foo:bar"))
