"""The axioms allow what is so and refute what cannot be."""

import re
from functools import cache
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from hytegraph.graph.vocab import PREFIXES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


@cache
def terms() -> Graph:
    """The classes and properties."""
    return Graph().parse(ONTOLOGY / "hyte.ttl")


def contradictions(turtle: str) -> list[str]:
    """What OWL RL finds contradictory when facts are added to the axioms."""
    graph = Graph()
    axioms = {RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.members}
    for triple in terms():
        if triple[1] in axioms:
            graph.add(triple)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph.parse(data=prefixes + "@prefix : <https://example.org/> .\n" + turtle)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def test_the_axioms_allow_a_small_town() -> None:
    town = (Path(__file__).parents[1] / "data" / "shapes" / "valid-town.ttl").read_text(encoding="utf-8")
    assert contradictions(re.sub(r"@prefix .*\n", "", town)) == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(":x a hyte:Goal , hyte:Measure .", id="goal-that-is-a-measure"),
        pytest.param(":x a hyte:Sector , org:Post .", id="unit-that-is-a-post"),
        pytest.param(":x a hyte:WellbeingPlan , hyte:Goal .", id="plan-that-is-a-goal"),
        pytest.param(
            ":x a hyte:StrategicAim . :m hyte:supportsGoal :x .", id="aim-that-is-supported-as-a-goal"
        ),
    ],
)
def test_the_axioms_refute_what_cannot_be(facts: str) -> None:
    assert contradictions(facts)
