"""Every check is listed with a severity, finds what is planted for it, and finds nothing grave in the Kemi data."""

import re
from pathlib import Path

import pytest

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import (
    SEVERITIES,
    Check,
    CheckResult,
    load_checks,
    profile,
    read_profile,
    run_checks,
)

ROOT = Path(__file__).parents[3]
CHECKS = ROOT / "queries" / "checks"
PLANTED = ROOT / "tests" / "data" / "checks"
# What the real data are known to have; each is explained in profile.toml.
KNOWN = {"certainty-mixed", "code-not-used"}


def result(dataset: Dataset, name: str) -> CheckResult:
    """The result of the check of that name."""
    return next(found for found in run_checks(dataset) if found.check.name == name)


def test_every_file_is_listed_and_every_listed_file_exists() -> None:
    assert {file.stem for file in CHECKS.glob("*.rq")} == set(profile())
    assert {file.stem for file in PLANTED.glob("*.trig")} == set(profile())


def test_there_are_nineteen_checks_the_gravest_first() -> None:
    assert len(load_checks()) == 19
    order = [SEVERITIES.index(check.severity) for check in load_checks()]
    assert order == sorted(order)


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_a_check_says_problem_and_solution_in_three_languages_and_projects_a_finding(check: Check) -> None:
    for texts in (check.problem, check.solution):
        assert list(texts) == ["fi", "sv", "en"]
        assert all(text.endswith(".") for text in texts.values())
        assert len(set(texts.values())) == 3
    select = re.search(r"SELECT (.*?) WHERE", check.query.text)
    assert select is not None
    projected = re.findall(r"\?(\w+)(?=\)| |$)", re.sub(r"\([^()]*(?:\([^()]*\))?[^()]* AS ", "(", select[1]))
    assert [name for name in projected if not name.startswith("_")] == ["entity", "property", "value"]


@pytest.mark.parametrize("name", sorted(profile()))
def test_a_check_finds_what_is_planted_and_nothing_else(name: str) -> None:
    findings = result(Dataset.open(PLANTED / f"{name}.trig"), name).findings
    assert findings
    assert [f for f in findings if "planted" not in f"{f.entity} {f.value}"] == []


@pytest.mark.parametrize(
    ("name", "count"), [("sdg-iri-form", 4), ("term-not-defined", 3), ("suggestion-as-fact", 2)]
)
def test_every_planted_variant_is_found(name: str, count: int) -> None:
    assert len(result(Dataset.open(PLANTED / f"{name}.trig"), name).findings) == count


def test_the_kemi_data_pass_all_checks_but_the_known(kemi: Dataset) -> None:
    found = {r.check.name: r.findings for r in run_checks(kemi) if not r.passed}
    assert set(found) <= KNOWN, found
    assert {name for name in found if profile()[name] != "INFO"} == set()


def test_what_is_mixed_in_kemi_is_six_things(kemi: Dataset) -> None:
    kinds = sorted(
        f.entity.split("/kemi/")[1].split("/")[0] for f in result(kemi, "certainty-mixed").findings
    )
    assert kinds == ["group", "group", "group", "group", "plan", "row"]


def test_the_base_of_the_data_is_given() -> None:
    other = Dataset.open(PLANTED / "iri-outside-base.trig")
    [found] = [r for r in run_checks(other, "https://example.org/") if r.check.name == "iri-outside-base"]
    assert [finding.entity for finding in found.findings] == [
        "https://example.org/planted",
        "https://w3id.org/hytegraph/id/testila/good",
    ]


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="FATAL"):
        read_profile('[severity]\nlabel-missing = "FATAL"\n')
