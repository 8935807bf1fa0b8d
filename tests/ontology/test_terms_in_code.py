"""The code writes no term that the ontology lacks."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import RDFS, Graph

from hytegraph.graph.vocab import HYTE, PREFIXES, RDF, Namespace

ROOT = Path(__file__).parents[2]
TERM = re.compile(r"""\bHYTE(?:\.(\w+)|\[["'](\w[\w-]*)["']\])""")
ATTRIBUTES = set(Namespace.__slots__)


def used(folder: str) -> dict[str, str]:
    """The terms that a folder's modules name, each with one module."""
    return {
        match[1] or match[2]: str(file.relative_to(ROOT))
        for file in sorted((ROOT / folder).rglob("*.py"))
        for match in TERM.finditer(file.read_text(encoding="utf-8"))
        if match[1] not in ATTRIBUTES
    }


@pytest.mark.parametrize("folder", ["graph", "loaders", "server"])
def test_every_term_in_the_code_is_in_the_ontology(folder: str) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "hyte.ttl").parse(ROOT / "ontology" / "codes.ttl")
    known = {str(term).removeprefix(HYTE.iri) for term in ontology.subjects(RDFS.isDefinedBy)}
    assert {term: file for term, file in used(folder).items() if term not in known} == {}


def test_the_search_finds_both_ways_of_naming_a_term() -> None:
    assert [match[1] or match[2] for match in TERM.finditer('HYTE.Goal, HYTE["component-figure"]')] == [
        "Goal",
        "component-figure",
    ]


def test_a_term_is_one_node_however_it_is_named() -> None:
    assert HYTE.Goal == NamedNode("https://w3id.org/hytegraph/ns#Goal")
    assert HYTE["Goal"] is HYTE.Goal
    assert RDF["type"] == NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_a_namespace_pretends_no_python_protocol() -> None:
    assert not hasattr(HYTE, "__wrapped__")
    assert str(HYTE) == PREFIXES["hyte"]


def test_prefixes_are_in_sorted_order() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
