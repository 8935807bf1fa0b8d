"""A report as text, CSV and Turtle; as JSON see `Report.as_json`."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import Literal, RdfFormat, parse

from hytegraph.graph.formats import TURTLE
from hytegraph.graph.results import serialise_triples
from hytegraph.graph.validation.report import LANGUAGES, Finding, Report
from hytegraph.graph.validation.report_texts import word
from hytegraph.graph.validation.report_view import FindingView, ReportView, report_view
from hytegraph.graph.validation.shapes import NAMESPACE
from hytegraph.graph.vocab import RDF, RDFS, SH

ROOT = "urn:hytegraph:report"
COLUMNS = (
    *("severity", "expected", "rule", "document", "first line", "last line", "node", "address"),
    *("property", "value", "message", "advice", "note"),
)


def report_lines(report: Report, language: str) -> Iterator[str]:
    """The report for a terminal: what to look at and why by shape, then how many by document, then the verdict."""
    view = report_view(report, language)
    for group in view.by_shape:
        yield f"{group.severity_label}: {group.name}: {group.heading}"
        if group.advice:
            yield f"  {word('advice', language)}: {group.advice}"
        for finding in group.findings:
            yield f"  - {_finding_line(finding, language)}"
        yield ""
    if view.by_document:
        yield f"{word('by document', language)}:"
        for group in view.by_document:
            yield f"  {group.heading}: {len(group.findings)}"
        yield ""
    yield from _missing_lines(view)
    yield view.summary
    yield view.verdict


def _finding_line(finding: FindingView, language: str) -> str:
    place = ", ".join(part for part in (finding.document, finding.lines) if part)
    value = ": ".join(part for part in (finding.path_label, finding.value) if part)
    parts = [f"«{finding.label}»", f"({place})" if place else "", f"[{value}]" if value else ""]
    note = f"{word('expected', language)}: {finding.note}" if finding.expected else ""
    return " ".join(part for part in (*parts, note) if part)


def unexpected_lines(report: Report, language: str) -> Iterator[str]:
    """A line for each finding that someone has to look at, and for each expected one that no longer occurs."""
    view = report_view(report, language)
    for group in view.by_shape:
        for finding in group.findings:
            if finding.unexpected:
                line = _finding_line(finding, language)
                yield f"{finding.severity_label}: {group.name}: {group.heading} {line}"
    yield from _missing_lines(view)


def _missing_lines(view: ReportView) -> Iterator[str]:
    for missing in view.missing:
        yield f"{word('missing', view.language)}: {missing.shape}: {missing.focus} ({missing.note})"


def report_csv(report: Report, language: str) -> str:
    """The findings as CSV (RFC 4180) with headings in the language."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(word(name, language) for name in COLUMNS)
    for group in report_view(report, language).by_shape:
        writer.writerows(_row(finding, language) for finding in group.findings)
    return stream.getvalue()


def _row(finding: FindingView, language: str) -> tuple[str | int, ...]:
    return (
        finding.severity_label,
        word("yes" if finding.expected else "no", language),
        finding.shape,
        finding.document,
        finding.line or "",
        finding.line_end or "",
        finding.label,
        finding.iri,
        finding.path_label,
        finding.value,
        finding.message,
        finding.advice,
        finding.note,
    )


def report_turtle(report: Report) -> str:
    """The report in the SHACL vocabulary, each result an IRI made from what it says."""
    lines = [
        f"<{ROOT}> {RDF.type} {SH.ValidationReport} .",
        f"<{ROOT}> {SH.conforms} {Literal(not report.findings)} .",
    ]
    for finding in report.findings:
        node = f"<{ROOT}:{_digest(finding)}>"
        lines.append(f"<{ROOT}> {SH.result} {node} .")
        lines += [f"{node} {predicate} {term} ." for predicate, term in _statements(report, finding)]
    triples = [quad.triple for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)]
    return serialise_triples(triples, TURTLE).decode()


def _digest(finding: Finding) -> str:
    said = f"{finding.shape}\n{finding.focus}\n{finding.path}\n{finding.term}\n{finding.component}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _statements(report: Report, finding: Finding) -> Iterator[tuple[object, str]]:
    yield RDF.type, str(SH.ValidationResult)
    yield SH.focusNode, finding.focus
    yield SH.resultSeverity, str(SH[finding.severity])
    yield SH.sourceConstraintComponent, f"<{finding.component}>"
    shape = report.rule(finding.shape).iri
    if shape.startswith(NAMESPACE) or "://" in shape:
        yield SH.sourceShape, f"<{shape}>"
    if finding.path and not set(finding.path) & set("<>|() "):
        yield SH.resultPath, f"<{finding.path}>"
    if finding.term:
        yield SH.value, finding.term
    for language in LANGUAGES:
        if text := getattr(finding.message, language):
            yield SH.resultMessage, str(Literal(text, language=language))
    if finding.note:
        yield RDFS.comment, str(Literal(finding.note))


FORMATS: Mapping[str, Callable[[Report, str], str]] = {
    "text": lambda report, language: "\n".join(report_lines(report, language)) + "\n",
    "json": lambda report, language: report.as_json(),
    "csv": report_csv,
    "turtle": lambda report, language: report_turtle(report),
}
"""How to write a report in a language; JSON and Turtle hold all languages."""
