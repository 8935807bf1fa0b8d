"""The report of a validation by town: the part that is about one, and how much each rule found in each."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.validation.report import Finding, Report
from hytegraph.server.context import settings, towns
from hytegraph.server.pages.shared.town_lists import Counts
from hytegraph.server.text.messages import Language, translate

FINDINGS, UNEXPECTED = TOWN_COLUMNS = ("findings", "unexpected")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that found something: how much, how much of it someone has to look at, and in how many towns."""

    name: str
    heading: str
    severity: str
    severity_label: str
    findings: int
    unexpected: int
    towns: int


def part_of_town(report: Report, slug: str) -> Report:
    """The findings about things of a town, or of no town where the slug is empty, with the town's documents."""
    town_of = _town_finder()
    return replace(
        report,
        findings=tuple(each for each in report.findings if town_of(each.iri) == slug),
        documents=tuple(each for each in report.documents if town_of(each.iri) == slug),
        missing=tuple(each for each in report.missing if town_of(each.focus) == slug),
    )


def counts_of_rules(report: Report) -> Mapping[str, tuple[int, int]]:
    """How many findings each rule has, and how many of them someone has to look at."""
    found = Counter(finding.shape for finding in report.findings)
    unexpected = Counter(finding.shape for finding in report.unexpected)
    return {name: (n, unexpected[name]) for name, n in found.items()}


def counts_of_towns(report: Report) -> Counts:
    """How many findings are about things of each town, and how many of them someone has to look at."""
    town_of = _town_finder()
    counts = Counter[tuple[str, str]]()
    for finding in report.findings:
        slug = town_of(finding.iri)
        counts[slug, FINDINGS] += 1
        counts[slug, UNEXPECTED] += finding.unexpected
    return counts


def rule_lines(report: Report, language: Language) -> tuple[RuleLine, ...]:
    """The rules that found something, in the order of the findings: the gravest first."""
    town_of = _town_finder()
    first: dict[str, Finding] = {}
    towns: dict[str, set[str]] = {}
    for finding in report.findings:
        first.setdefault(finding.shape, finding)
        towns.setdefault(finding.shape, set()).add(town_of(finding.iri))
    counts = counts_of_rules(report)
    return tuple(
        RuleLine(
            name,
            finding.message.in_language(language) or name,
            finding.severity,
            translate(f"report.{finding.severity}", language),
            *counts[name],
            len(towns[name] - {""}),
        )
        for name, finding in first.items()
    )


def _town_finder() -> Callable[[str], str]:
    """Gives the slug of the town to which a thing belongs; empty for what belongs to none, such as a period."""
    base, known = settings().base, towns()

    def town_of(iri: str) -> str:
        slug = slug_in(iri, base)
        return slug if slug in known else ""

    return town_of
