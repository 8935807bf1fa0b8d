"""A report of validation as text, CSV, JSON and Turtle."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from hytegraph.graph.validation.report import Report
from hytegraph.graph.validation.report_turtle import report_turtle
from hytegraph.server.pages.quality.report_view import FindingView, ReportView, report_view
from hytegraph.server.text.messages import Language, translate

COLUMNS = (
    *("severity", "expected", "rule", "document", "first-line", "last-line", "node", "address"),
    *("property", "value", "message", "advice", "note"),
)


def report_lines(report: Report, language: Language) -> Iterator[str]:
    """The report for a terminal: what to look at and why by rule, then how many by document, then the verdict."""
    view = report_view(report, language)
    for group in view.by_rule:
        yield f"{group.severity_label}: {group.name}: {group.heading}"
        if group.advice:
            yield f"  {translate('validation.advice', language)}: {group.advice}"
        for finding in group.findings:
            yield f"  - {_finding_line(finding, language)}"
        yield ""
    if view.by_document:
        yield f"{translate('validation.bydocument', language)}:"
        for group in view.by_document:
            yield f"  {group.heading}: {len(group.findings)}"
        yield ""
    yield from _missing_lines(view)
    yield view.summary
    yield view.verdict


def _finding_line(finding: FindingView, language: Language) -> str:
    place = ", ".join(part for part in (finding.document, finding.lines) if part)
    value = ": ".join(part for part in (finding.path_label, finding.value) if part)
    parts = [f"«{finding.label}»", f"({place})" if place else "", f"[{value}]" if value else ""]
    note = f"{translate('report.expected', language)}: {finding.note}" if finding.expected else ""
    return " ".join(part for part in (*parts, note) if part)


def unexpected_lines(report: Report, language: Language, most: int | None = None) -> Iterator[str]:
    """A line for each finding that someone has to look at, and for each expected one that no longer occurs.

    Of each rule `most` findings, and a line that says how many more there are.
    """
    view = report_view(report, language)
    for group in view.by_rule:
        found = [finding for finding in group.findings if finding.unexpected]
        for finding in found[:most]:
            line = _finding_line(finding, language)
            yield f"{finding.severity_label}: {group.name}: {group.heading} {line}"
        if more := len(found[most:]) if most is not None else 0:
            yield f"{group.name}: {translate('validation.more', language, n=more)}"
    yield from _missing_lines(view)


def _missing_lines(view: ReportView) -> Iterator[str]:
    for missing in view.missing:
        yield f"{translate('validation.missing', view.language)}: {missing.shape}: {missing.focus} ({missing.note})"


def report_csv(report: Report, language: Language) -> str:
    """The findings as CSV (RFC 4180) with headings in the language."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        translate("validation.advice" if name == "advice" else f"report.{name}", language) for name in COLUMNS
    )
    for group in report_view(report, language).by_rule:
        writer.writerows(_row(finding, language) for finding in group.findings)
    return stream.getvalue()


def _row(finding: FindingView, language: Language) -> tuple[str | int, ...]:
    return (
        finding.severity_label,
        translate("report.yes" if finding.expected else "report.no", language),
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


FORMATS: Mapping[str, Callable[[Report, Language], str]] = {
    "text": lambda report, language: "\n".join(report_lines(report, language)) + "\n",
    "json": lambda report, language: report.as_json(),
    "csv": report_csv,
    "turtle": lambda report, language: report_turtle(report),
}
"""How to write a report in a language; JSON and Turtle hold all languages."""
