"""The report of a validation names shape, label, document and line, and two runs give the same bytes."""

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph
from rdflib.namespace import RDF as RDFLIB_RDF
from rdflib.namespace import SH

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.iris import DEFAULT_BASE, common_graph
from hytegraph.graph.validation import Report, data_graph, shapes_graph, validate
from hytegraph.graph.vocab import DCT, HYTE, OA, RDF, RDFS, SKOS, XSD

# Rows whose page names nobody as responsible.
KNOWN_WARNINGS = [
    ("Taulukkorivi, rivit 2060–2066", 2060),
    ("Taulukkorivi, rivit 2060–2076", 2060),
    ("Taulukkorivi, rivit 2154–2181", 2154),
]

GRAPH = NamedNode(f"{DEFAULT_BASE}graph/kemi/document/x")


def node(name: str) -> NamedNode:
    return NamedNode(f"{DEFAULT_BASE}id/kemi/{name}")


def quads_of_a_goal_without_aim() -> list[Quad]:
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node("document/x"), DCT.identifier, Literal("asiakirja")),
        (node("passage/x/12-12"), RDF.type, HYTE.Passage),
        (node("passage/x/12-12"), OA.hasSource, node("document/x")),
        (node("passage/x/12-12"), HYTE.lineStart, Literal("12", datatype=XSD.integer)),
        (node("passage/x/40-40"), RDF.type, HYTE.Passage),
        (node("passage/x/40-40"), OA.hasSource, node("document/x")),
        (node("passage/x/40-40"), HYTE.lineStart, Literal("40", datatype=XSD.integer)),
        (node("goal/2026/a"), RDF.type, HYTE.Goal),
        (node("goal/2026/a"), SKOS.prefLabel, Literal("Goal in English", language="en")),
        (node("goal/2026/a"), SKOS.prefLabel, Literal("Sujuva arki", language="fi")),
        (node("goal/2026/a"), HYTE.evidencedBy, node("passage/x/40-40")),
        (node("goal/2026/a"), HYTE.evidencedBy, node("passage/x/12-12")),
    ]
    return [Quad(*triple, GRAPH) for triple in triples]


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(quads_of_a_goal_without_aim())


def test_a_finding_names_label_document_and_first_line(report: Report) -> None:
    [result] = [result for result in report.results if result.path == "underAim"]
    assert (result.severity, result.document, result.line) == ("Violation", "asiakirja", 12)
    assert (result.label, result.focus) == ("Sujuva arki", f"{DEFAULT_BASE}id/kemi/goal/2026/a")
    assert result.shape
    assert result.message


def test_the_lines_for_people_say_the_same(report: Report) -> None:
    [result] = [result for result in report.results if result.path == "underAim"]
    place = f"Violation: {result.shape}: «Sujuva arki» (asiakirja, line 12): {result.message}"
    assert place in list(report.lines())


def test_a_violation_does_not_conform(report: Report) -> None:
    assert not report.conforms
    assert report.counts()["Violation"] > 0


def test_messages_come_in_the_language_asked_for() -> None:
    messages = {
        language: {
            result.message for result in validate(quads_of_a_goal_without_aim(), language=language).results
        }
        for language in ("fi", "sv", "en")
    }
    assert not messages["fi"] & messages["en"]
    assert not messages["fi"] & messages["sv"]


def test_findings_are_sorted_and_two_runs_give_the_same_bytes(report: Report) -> None:
    again = validate(reversed(quads_of_a_goal_without_aim()))
    assert list(report.results) == sorted(report.results)
    assert (again.as_json(), again.turtle) == (report.as_json(), report.turtle)


def test_the_json_report_holds_every_finding(report: Report) -> None:
    written = json.loads(report.as_json())
    assert written["conforms"] is False
    assert len(written["results"]) == len(report.results)
    assert written["results"][0].keys() >= {"shape", "label", "document", "line", "message", "severity"}


def test_the_turtle_report_is_in_the_vocabulary_of_shacl(report: Report) -> None:
    graph = Graph().parse(data=report.turtle, format="turtle")
    assert len(set(graph.subjects(RDFLIB_RDF.type, SH.ValidationResult))) == len(report.results)
    declared = set(shapes_graph().subjects())
    assert set(graph.objects(None, SH.sourceShape)) <= declared


def test_ontology_shapes_and_old_reports_are_not_judged() -> None:
    quads = [
        Quad(node("goal/2026/a"), RDFS.label, Literal("x"), common_graph(DEFAULT_BASE, name))
        for name in ("ontology", "shapes", "validation", "vocabulary")
    ]
    assert len(data_graph(quads)) == 1
    assert len(data_graph(quads[:3])) == 0
    assert len(data_graph(quads, "https://example.org/")) == 1


def test_the_kemi_data_conform_and_their_warnings_are_known(kemi: Dataset) -> None:
    assert kemi.release
    assert kemi.release.manifest["validation"]["results"] == {"Warning": 3}
    found = json.loads((kemi.release.path / "report.json").read_text(encoding="utf-8"))["results"]
    assert [(result["label"], result["line"]) for result in found] == KNOWN_WARNINGS
