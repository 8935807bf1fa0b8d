"""The report as people read it: in one language, grouped by rule and by document, for a page or a terminal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hytegraph.graph.validation.checks import CONCERN
from hytegraph.graph.validation.report import SEVERITIES, WARNING, DocumentInfo, Finding, Report, ReportRule
from hytegraph.server.text.messages import Language, translate


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words; `iri` is '' for a nameless node, `lines` is '' where no source is known."""

    severity: str
    severity_label: str
    shape: str
    label: str
    iri: str
    path: str
    path_label: str
    value: str
    value_iri: str
    document: str
    document_iri: str
    document_title: str
    line: int
    line_end: int
    lines: str
    message: str
    advice: str
    expected: bool
    unexpected: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Findings under one heading: a rule's message or a document's title; advice and reason only of a rule.

    A check that found nothing is a group without findings.
    """

    name: str
    heading: str
    severity: str
    severity_label: str
    advice: str
    reason: str
    findings: tuple[FindingView, ...]

    @property
    def unexpected(self) -> int:
        """How many of the findings someone has to look at."""
        return sum(finding.unexpected for finding in self.findings)


@dataclass(frozen=True, slots=True)
class MissingView:
    """An expected finding that no longer occurs."""

    shape: str
    focus: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report in one language."""

    language: Language
    conforms: bool
    verdict: str
    summary: str
    engine: str
    rules: int
    concerns: tuple[tuple[str, int, int], ...]
    by_rule: tuple[ReportGroup, ...]
    checks: tuple[ReportGroup, ...]
    by_document: tuple[ReportGroup, ...]
    missing: tuple[MissingView, ...]


def report_view(report: Report, language: Language, part: Report | None = None) -> ReportView:
    """The view of a report in Finnish, Swedish or English; `concerns` are (file, rules, findings).

    Verdict and counts are those of the report; findings and what no longer occurs are those of its part, where given.
    """
    part = report if part is None else part
    documents = {document.identifier: document for document in part.documents}
    views = [_finding(report, each, documents.get(each.document), language) for each in part.findings]
    by_shape: dict[str, list[FindingView]] = {}
    by_name: dict[str, list[FindingView]] = {}
    for view in views:
        by_shape.setdefault(view.shape, []).append(view)
        by_name.setdefault(view.document, []).append(view)
    return ReportView(
        language=language,
        conforms=report.conforms,
        verdict=_verdict(report, language),
        summary=_summary(report, language),
        engine=report.engine,
        rules=len(report.rules),
        concerns=_concerns(report),
        by_rule=tuple(
            _rule_group(report.rule(name), members, language) for name, members in by_shape.items()
        ),
        checks=tuple(
            _rule_group(rule, by_shape.get(rule.name, ()), language)
            for rule in sorted(
                (rule for rule in report.rules if rule.concern == CONCERN),
                key=lambda rule: (SEVERITIES.index(rule.severity), rule.name),
            )
        ),
        by_document=tuple(
            _document_group(name, documents.get(name), members, language)
            for name, members in sorted(by_name.items())
        ),
        missing=tuple(MissingView(each.shape, each.focus, each.value, each.note) for each in part.missing),
    )


def _summary(report: Report, language: Language) -> str:
    return translate(
        "report.summary",
        language,
        rules=len(report.rules),
        findings=len(report.findings),
        expected=sum(finding.expected for finding in report.findings),
    )


def _verdict(report: Report, language: Language) -> str:
    if not report.unexpected:
        return translate("report.clean", language)
    warnings = sum(finding.severity == WARNING for finding in report.unexpected)
    return translate("report.look", language, violations=len(report.unexpected) - warnings, warnings=warnings)


def _finding(
    report: Report, finding: Finding, document: DocumentInfo | None, language: Language
) -> FindingView:
    return FindingView(
        severity=finding.severity,
        severity_label=_severity(finding.severity, language),
        shape=finding.shape,
        label=finding.label or translate("report.nameless", language),
        iri=finding.iri,
        path=finding.path,
        path_label=finding.path_label.in_language(language) or finding.path,
        value=finding.value,
        value_iri=finding.term[1:-1] if finding.term.startswith("<") else "",
        document=finding.document,
        document_iri=document.iri if document else "",
        document_title=document.title.in_language(language) if document else finding.document,
        line=finding.line,
        line_end=finding.line_end,
        lines=_lines(finding, language),
        message=finding.message.in_language(language),
        advice=report.rule(finding.shape).advice.in_language(language),
        expected=finding.expected,
        unexpected=finding.unexpected,
        note=finding.note,
    )


def _lines(finding: Finding, language: Language) -> str:
    if not finding.line:
        return ""
    if finding.line_end <= finding.line:
        return f"{translate('report.line', language)} {finding.line}"
    return f"{translate('report.lines', language)} {finding.line}–{finding.line_end}"


def _severity(severity: str, language: Language) -> str:
    return translate(f"report.{severity}", language) if severity in SEVERITIES else severity


def _rule_group(rule: ReportRule, views: Iterable[FindingView], language: Language) -> ReportGroup:
    findings = tuple(views)
    severity = findings[0].severity if findings else rule.severity
    return ReportGroup(
        name=rule.name,
        heading=(findings[0].message if findings else rule.message.in_language(language)) or rule.name,
        severity=severity,
        severity_label=_severity(severity, language),
        advice=rule.advice.in_language(language),
        reason=rule.reason,
        findings=findings,
    )


def _document_group(
    name: str, document: DocumentInfo | None, views: Iterable[FindingView], language: Language
) -> ReportGroup:
    findings = tuple(views)
    ordered = tuple(sorted(findings, key=lambda view: (view.line, view.shape, view.iri, view.value)))
    heading = (
        document.title.in_language(language)
        if document
        else name or translate("report.no-document", language)
    )
    return ReportGroup(name, heading, findings[0].severity, findings[0].severity_label, "", "", ordered)


def _concerns(report: Report) -> tuple[tuple[str, int, int], ...]:
    concern_of = {rule.name: rule.concern for rule in report.rules}
    found = Counter(concern_of.get(finding.shape) for finding in report.findings)
    return tuple(
        (
            concern,
            sum(rule.concern == concern for rule in report.rules),
            found[concern],
        )
        for concern in sorted(set(concern_of.values()))
    )
