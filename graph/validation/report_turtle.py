"""A report of validation as Turtle, in the SHACL vocabulary."""

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, RdfFormat, parse

from hytegraph.graph.formats import TURTLE
from hytegraph.graph.validation.report import Finding, Report
from hytegraph.graph.validation.shapes import NAMESPACE
from hytegraph.graph.vocab import RDF, RDFS, SH
from hytegraph.graph.writing.serialise import serialise_triples

ROOT = "urn:hytegraph:report"


def report_turtle(report: Report) -> str:
    """The report in the SHACL vocabulary, each result an IRI made from what it says."""
    lines = [
        f"<{ROOT}> {RDF.type} {SH.ValidationReport} .",
        f"<{ROOT}> {SH.conforms} {Literal(not report.findings)} .",
    ]
    shapes = {rule.name: rule.iri for rule in report.rules}
    for finding in report.findings:
        node = f"<{ROOT}:{_digest(finding)}>"
        lines.append(f"<{ROOT}> {SH.result} {node} .")
        lines += [
            f"{node} {predicate} {term} ."
            for predicate, term in _statements(finding, shapes.get(finding.shape, ""))
        ]
    triples = [quad.triple for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)]
    return serialise_triples(triples, TURTLE).decode()


def _digest(finding: Finding) -> str:
    said = f"{finding.shape}\n{finding.focus}\n{finding.path}\n{finding.term}\n{finding.component}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _statements(finding: Finding, shape: str) -> Iterator[tuple[object, str]]:
    yield RDF.type, str(SH.ValidationResult)
    yield SH.focusNode, finding.focus
    yield SH.resultSeverity, str(SH[finding.severity])
    yield SH.sourceConstraintComponent, f"<{finding.component}>"
    if shape.startswith(NAMESPACE) or "://" in shape:
        yield SH.sourceShape, f"<{shape}>"
    if finding.path and not set(finding.path) & set("<>|() "):
        yield SH.resultPath, f"<{finding.path}>"
    if finding.term:
        yield SH.value, finding.term
    for message in finding.message.literals():
        yield SH.resultMessage, str(message)
    if finding.note:
        yield RDFS.comment, str(Literal(finding.note))
