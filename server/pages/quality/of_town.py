"""The report of a validation by town: the part that is about one, and how much each rule found in each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.validation.report import Finding, Report
from hytegraph.server.context import settings, towns
from hytegraph.server.pages.shared.town_lists import Counts
from hytegraph.server.text.messages import Language, translate

_T = TypeVar("_T")
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
    return _parts(report, settings().base, frozenset(towns())).get(
        slug, replace(report, findings=(), documents=(), missing=())
    )


@lru_cache(maxsize=2)
def _parts(report: Report, base: str, known: frozenset[str]) -> Mapping[str, Report]:
    """The parts of a report by town, made at once for all towns."""
    findings = _grouped(((each.iri, each) for each in report.findings), base, known)
    documents = _grouped(((each.iri, each) for each in report.documents), base, known)
    missing = _grouped(((each.focus, each) for each in report.missing), base, known)
    return {
        slug: replace(
            report,
            findings=tuple(findings[slug]),
            documents=tuple(documents[slug]),
            missing=tuple(missing[slug]),
        )
        for slug in {*findings, *documents, *missing}
    }


def _grouped(
    things: Iterable[tuple[str, _T]], base: str, known: frozenset[str]
) -> defaultdict[str, list[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for iri, thing in things:
        slug = slug_in(iri, base)
        found[slug if slug in known else ""].append(thing)
    return found


@lru_cache(maxsize=512)
def counts_of_rules(report: Report) -> Mapping[str, tuple[int, int]]:
    """How many findings each rule has, and how many of them someone has to look at."""
    found = Counter(finding.shape for finding in report.findings)
    unexpected = Counter(finding.shape for finding in report.unexpected)
    return {name: (n, unexpected[name]) for name, n in found.items()}


def counts_of_towns(report: Report) -> Counts:
    """How many findings are about things of each town, and how many of them someone has to look at."""
    parts = _parts(report, settings().base, frozenset(towns()))
    counts = {(slug, FINDINGS): len(part.findings) for slug, part in parts.items() if part.findings}
    unexpected = {(slug, UNEXPECTED): len(parts[slug].unexpected) for slug, _ in counts}
    return Counter(counts | unexpected)


def rule_lines(report: Report, language: Language) -> tuple[RuleLine, ...]:
    """The rules that found something, in the order of the findings: the gravest first."""
    first: dict[str, Finding] = {}
    for finding in report.findings:
        first.setdefault(finding.shape, finding)
    parts = _parts(report, settings().base, frozenset(towns()))
    of_towns = Counter(
        name for slug, part in parts.items() if slug for name in {finding.shape for finding in part.findings}
    )
    counts = counts_of_rules(report)
    return tuple(
        RuleLine(
            name,
            finding.message.in_language(language) or name,
            finding.severity,
            translate(f"report.{finding.severity}", language),
            *counts[name],
            of_towns[name],
        )
        for name, finding in first.items()
    )
