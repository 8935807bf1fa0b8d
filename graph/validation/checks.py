"""Checks of a dataset by SPARQL, for what SHACL does not do well: each row of a check's query is a finding."""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.named import NamedQuery, header_of, in_languages, parse_query, run
from hytegraph.graph.resources import data_files, data_folder
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.engines import Node, RawResult
from hytegraph.graph.validation.report import SEVERITIES, ReportRule

CONCERN = "checks"
_BASE = "base"


@dataclass(frozen=True, slots=True)
class Check:
    """A query of `queries/checks/` with its rule: severity, the problem that it finds and what to do (fi, sv, en)."""

    rule: ReportRule
    query: NamedQuery


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
    """All checks by name; raises UnknownNameError for one that the profile does not list."""
    files = data_files("queries", "checks/*.rq")
    return tuple(_check(file.stem, file.read_text(encoding="utf-8")) for file in files)


def _check(name: str, text: str) -> Check:
    if name not in profile():
        raise UnknownNameError("check in profile.toml", name, profile())
    header = header_of(text)
    message, advice = in_languages(header, "problem"), in_languages(header, "solution")
    return Check(ReportRule(name, "", CONCERN, profile()[name], message, advice), parse_query(name, text))


def check_results(
    dataset: Dataset, base: str = DEFAULT_BASE, names: Collection[str] | None = None
) -> Iterator[RawResult]:
    """The findings of all checks, or of those named, as results of a validation.

    `base` is where the IRIs of the data begin.
    """
    for check in load_checks():
        if names is not None and check.rule.name not in names:
            continue
        takes_base = any(parameter.name == _BASE for parameter in check.query.parameters)
        for entity, path, value in run(dataset, check.query, {_BASE: base} if takes_base else {}).terms:
            yield RawResult(
                severity=check.rule.severity,
                shape=check.rule.name,
                focus=entity if isinstance(entity, Node) else None,
                path=str(path) if isinstance(path, NamedNode) else "",
                value=value if isinstance(value, Node) and value != Literal("") else None,
            )
