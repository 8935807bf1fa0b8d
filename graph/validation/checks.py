"""Checks of a dataset by SPARQL, for what SHACL does not do well: an empty result passes, each row is a finding."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.named import NamedQuery, header_of, in_languages, parse_query, run
from hytegraph.graph.resources import data_files, data_folder
from hytegraph.graph.store.dataset import Dataset

SEVERITIES = ("ERROR", "WARN", "INFO")
_BASE = "base"


@dataclass(frozen=True, slots=True)
class Check:
    """A query of `queries/checks/`: its severity, the problem that it finds and what to do (fi, sv, en)."""

    name: str
    severity: str
    problem: Mapping[str, str]
    solution: Mapping[str, str]
    query: NamedQuery


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One row of a check: the thing, the property that is wrong or missing, and its value."""

    entity: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, sorted; nothing means that it passed."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether the check found nothing."""
        return not self.findings


def read_profile(text: str) -> dict[str, str]:
    """The severity of each check from the text of a profile; raises UnknownNameError for one that does not exist."""
    severities: dict[str, str] = tomllib.loads(text)["severity"]
    for severity in severities.values():
        if severity not in SEVERITIES:
            raise UnknownNameError("severity", severity, SEVERITIES)
    return severities


@cache
def profile() -> dict[str, str]:
    """The severity of each check, as `queries/checks/profile.toml` lists it."""
    file = data_folder("queries") / "checks" / "profile.toml"
    return read_profile(file.read_text(encoding="utf-8"))


@cache
def load_checks() -> tuple[Check, ...]:
    """All checks, the gravest first, then by name; raises UnknownNameError for one that the profile does not list."""
    files = data_files("queries", "checks/*.rq")
    checks = (_check(file.stem, file.read_text(encoding="utf-8")) for file in files)
    return tuple(sorted(checks, key=lambda check: (SEVERITIES.index(check.severity), check.name)))


def _check(name: str, text: str) -> Check:
    if name not in profile():
        raise UnknownNameError("check in profile.toml", name, profile())
    header = header_of(text)
    return Check(
        name,
        profile()[name],
        in_languages(header, "problem"),
        in_languages(header, "solution"),
        parse_query(name, text),
    )


def run_checks(dataset: Dataset, base: str = DEFAULT_BASE) -> tuple[CheckResult, ...]:
    """The results of all checks; `base` is where the IRIs of the data begin."""
    return tuple(CheckResult(check, _findings(dataset, check, base)) for check in load_checks())


def _findings(dataset: Dataset, check: Check, base: str) -> tuple[Finding, ...]:
    wanted = {parameter.name for parameter in check.query.parameters}
    values = {_BASE: base} if _BASE in wanted else {}
    rows = run(dataset, check.query, values).rows
    return tuple(sorted(Finding(*(cell or "" for cell in row)) for row in rows))
