"""The report of a validation: the findings, the rules that were applied, and what was expected; as JSON and back."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, TypeVar

from hytegraph.graph.languages import NO_TEXT, Text

VIOLATION, WARNING, INFO = "Violation", "Warning", "Info"
SEVERITIES = (VIOLATION, WARNING, INFO)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ReportRule:
    """A shape or check that can report: its name, concern (its file, `checks` for checks), reason and advice."""

    name: str
    iri: str
    concern: str
    severity: str
    message: Text = NO_TEXT
    advice: Text = NO_TEXT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document that findings are read from."""

    identifier: str
    iri: str
    title: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: which shape or check, how grave, about which node and value, and where its source is.

    `focus` and `term` are terms in N-Triples syntax, `label` and `value` the same for people, `value` with what was
    computed; `document` is '' and the lines 0 where no source is known. `note` says why an expected finding is kept.
    """

    severity: str
    shape: str
    document: str
    line: int
    line_end: int
    label: str
    path: str
    path_label: Text
    value: str
    message: Text
    focus: str
    term: str
    component: str
    expected: bool = False
    note: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the node, '' for a blank node or literal."""
        return self.focus[1:-1] if self.focus.startswith("<") else ""

    @property
    def unexpected(self) -> bool:
        """Whether someone has to look: a Violation, or a Warning that is not on the list."""
        return self.severity == VIOLATION or (self.severity == WARNING and not self.expected)

    def key(self) -> tuple[object, ...]:
        """The order of findings: grave ones first, then by shape and place."""
        gravity = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES)
        return gravity, self.shape, self.document, self.line, self.focus, self.path, self.term, self.message


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A finding of a shape or check that is known and kept; without a value, any value of that node is meant."""

    shape: str
    focus: str
    value: str = ""
    note: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is this one."""
        same_value = not self.value or self.value == finding.value
        return (self.shape, self.focus) == (finding.shape, finding.iri) and same_value


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in order, the rules that were applied, and the expected findings that no longer occur."""

    findings: tuple[Finding, ...]
    rules: tuple[ReportRule, ...] = ()
    documents: tuple[DocumentInfo, ...] = ()
    missing: tuple[Expected, ...] = ()
    engine: str = ""

    def __hash__(self) -> int:
        # Not of all findings, which are thousands in a country: pages keep what they have counted of a report.
        return hash((len(self.findings), len(self.documents), self.engine))

    @property
    def conforms(self) -> bool:
        """Whether no finding is a Violation."""
        return not any(finding.severity == VIOLATION for finding in self.findings)

    @property
    def unexpected(self) -> tuple[Finding, ...]:
        """The findings that someone has to look at."""
        return tuple(finding for finding in self.findings if finding.unexpected)

    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    def rule(self, name: str) -> ReportRule:
        """The rule of that name; of an anonymous shape only its name is known."""
        known = next((rule for rule in self.rules if rule.name == name), None)
        return known or ReportRule(name, name, "", "")

    def as_json(self) -> str:
        """The report as JSON, in all languages; the same report gives the same bytes."""
        cells = {
            "conforms": self.conforms,
            "engine": self.engine,
            "counts": dict(sorted(self.counts().items())),
            "findings": [asdict(finding) for finding in self.findings],
            "missing": [asdict(expected) for expected in self.missing],
            "documents": [asdict(document) for document in self.documents],
            "rules": [asdict(rule) for rule in self.rules],
        }
        return json.dumps(cells, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The report that `as_json` wrote; raises ValueError, KeyError or TypeError for anything else."""
        cells = json.loads(text)
        return cls(
            findings=tuple(_read(Finding, cell) for cell in cells["findings"]),
            rules=tuple(_read(ReportRule, cell) for cell in cells["rules"]),
            documents=tuple(_read(DocumentInfo, cell) for cell in cells["documents"]),
            missing=tuple(_read(Expected, cell) for cell in cells["missing"]),
            engine=cells["engine"],
        )


def _read(kind: type[_T], cell: Mapping[str, Any]) -> _T:
    texts = {name.name for name in fields(kind) if name.type is Text}  # type: ignore[arg-type] # a dataclass
    return kind(**{name: Text(**value) if name in texts else value for name, value in cell.items()})
