"""SHACL validation by pySHACL, and a report that names label, document and line."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pyshacl
from pyoxigraph import Quad
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDFS, SH, SKOS
from rdflib.term import Node

from hytegraph.graph.iris import DEFAULT_BASE, common_graph
from hytegraph.graph.resources import data_files
from hytegraph.graph.vocab import HYTE, OA

VIOLATION = "Violation"
_HYTE = Namespace(HYTE.iri)
_OA = Namespace(OA.iri)
_SHAPES_NAMESPACE = "https://w3id.org/hytegraph/shapes#"
_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One finding: which shape, how grave, about which node, and where its source is."""

    severity: str
    shape: str
    document: str
    line: int
    focus: str
    label: str
    path: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, sorted; `shapes` is how many shapes were run."""

    results: tuple[Result, ...]
    shapes: int
    turtle: str

    @property
    def conforms(self) -> bool:
        """Whether no finding is a Violation."""
        return not any(result.severity == VIOLATION for result in self.results)

    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(result.severity for result in self.results)

    def as_json(self) -> str:
        """The report as JSON."""
        cells = {
            "conforms": self.conforms,
            "shapes": self.shapes,
            "results": [asdict(result) for result in self.results],
        }
        return json.dumps(cells, ensure_ascii=False, indent=2) + "\n"

    def lines(self) -> Iterable[str]:
        """The report for people: a line per finding with shape, label, document and line."""
        for result in self.results:
            place = f" ({result.document}, line {result.line})" if result.document else ""
            value = f" [{result.value}]" if result.value else ""
            yield f"{result.severity}: {result.shape}: «{result.label}»{place}: {result.message}{value}"


def validate(quads: Iterable[Quad], base: str = DEFAULT_BASE, language: str = "en") -> Report:
    """Validate the data graphs of a dataset against the shapes of the package."""
    return validate_graph(data_graph(quads, base), language)


def data_graph(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> Graph:
    """The merge of the graphs that hold data: all but the ontology, the shapes and an old report."""
    aside = {common_graph(base, name) for name in ("ontology", "shapes", "validation")}
    triples = {f"{quad.triple} .\n" for quad in quads if quad.graph_name not in aside}
    return Graph().parse(data="".join(sorted(triples)), format="nt")


def shapes_graph() -> Graph:
    """All shapes of the package."""
    graph = Graph()
    for file in data_files("shapes", "*.ttl"):
        graph.parse(file, format="turtle")
    return graph


def validate_graph(data: Graph, language: str = "en") -> Report:
    """Validate one graph; the ontology is left out, or its own terms would be judged as data."""
    shapes = shapes_graph()
    _, found, _ = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", advanced=True, allow_warnings=True
    )
    assert isinstance(found, Graph)
    results = {
        _result(found, node, data, shapes, language) for node in found.subjects(RDF.type, SH.ValidationResult)
    }
    count = len(
        {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in shapes.subjects(RDF.type, kind)}
    )
    return Report(tuple(sorted(results)), count, _report_turtle(sorted(results)))


def _result(found: Graph, node: Node, data: Graph, shapes: Graph, language: str) -> Result:
    focus = _one(found, node, SH.focusNode)
    shape = _one(found, node, SH.sourceShape)
    messages = [m for m in found.objects(node, SH.resultMessage) if isinstance(m, Literal)]
    document, line = _place(data, focus)
    return Result(
        severity=_name(_one(found, node, SH.resultSeverity)),
        shape=_name(shape),
        document=document,
        line=line,
        focus=str(focus or ""),
        label=_label(data, focus),
        path=_name(_one(found, node, SH.resultPath)),
        value=str(_one(found, node, SH.value) or ""),
        message=_in_language(messages, language),
    )


def _one(graph: Graph, node: Node | None, predicate: URIRef) -> Node | None:
    return min(graph.objects(node, predicate), key=str, default=None)


def _name(node: Node | None) -> str:
    return str(node or "").removeprefix(_SHAPES_NAMESPACE).rpartition("#")[2]


def _in_language(literals: list[Literal], language: str) -> str:
    ranked = sorted(
        literals, key=lambda literal: (literal.language != language, literal.language != "en", str(literal))
    )
    return str(ranked[0]) if ranked else ""


def _label(data: Graph, node: Node | None) -> str:
    for predicate in _LABELS:
        labels = sorted(
            data.objects(node, predicate), key=lambda term: (getattr(term, "language", "") != "fi", str(term))
        )
        if labels:
            return str(labels[0])
    return str(node or "")


def _place(data: Graph, focus: Node | None) -> tuple[str, int]:
    """The document and first line a node was read from."""
    passages = [focus, *data.objects(focus, _HYTE.evidencedBy)]
    places = [
        (str(_one(data, source, DCTERMS.identifier) or source), int(str(line)))
        for passage in passages
        for source in data.objects(passage, _OA.hasSource)
        for line in data.objects(passage, _HYTE.lineStart)
        if str(line).isdigit()
    ]
    if places:
        return min(places)
    identifier = _one(data, focus, DCTERMS.identifier)
    return (str(identifier), 1) if identifier else ("", 0)


def _report_turtle(results: Iterable[Result]) -> str:
    """The report in the SHACL vocabulary, one IRI per result, so that two runs give the same bytes."""
    report = Graph()
    report.bind("sh", SH)
    root = URIRef("urn:hytegraph:report")
    report.add((root, RDF.type, SH.ValidationReport))
    for number, result in enumerate(results, 1):
        node = URIRef(f"urn:hytegraph:report:{number}")
        report.add((root, SH.result, node))
        report.add((node, RDF.type, SH.ValidationResult))
        report.add((node, SH.focusNode, URIRef(result.focus)))
        report.add((node, SH.resultSeverity, SH[result.severity]))
        report.add((node, SH.sourceShape, URIRef(_SHAPES_NAMESPACE + result.shape)))
        report.add((node, SH.resultMessage, Literal(result.message, lang="en")))
    return report.serialize(format="turtle")
