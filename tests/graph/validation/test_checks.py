"""Checks are listed with a severity, find what is planted for them, and stand in the report beside the shapes."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import (
    Check,
    check_results,
    load_checks,
    profile,
    read_profile,
)
from hytegraph.graph.validation.engines import RawResult
from hytegraph.graph.validation.report import SEVERITIES, VIOLATION, Expected, Report
from hytegraph.graph.validation.validate import read_quads, validate
from hytegraph.graph.vocab import HYTE, RDF, RDFS
from hytegraph.server.cli.main import main

ROOT = Path(__file__).parents[3]
CHECKS = ROOT / "queries" / "checks"
PLANTED = ROOT / "tests" / "data" / "checks"
# What the real data are known to have; each is explained in profile.toml.
KNOWN = {"code-not-used"}


def results(dataset: Dataset, name: str, base: str = "https://w3id.org/hytegraph/") -> list[RawResult]:
    """What the check of that name finds."""
    return [result for result in check_results(dataset, base) if result.shape == name]


def test_every_file_is_listed_and_every_listed_file_exists() -> None:
    assert {file.stem for file in CHECKS.glob("*.rq")} == set(profile())
    assert {file.stem for file in PLANTED.glob("*.trig")} == set(profile())


def test_there_are_twenty_seven_checks_of_the_severities_of_shapes() -> None:
    assert len(load_checks()) == 27
    assert {check.rule.severity for check in load_checks()} == set(SEVERITIES)


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.rule.name)
def test_a_check_says_problem_and_solution_in_three_languages_and_projects_a_finding(check: Check) -> None:
    for texts in (check.rule.message, check.rule.advice):
        in_languages = {texts.fi, texts.sv, texts.en}
        assert all(text.endswith(".") for text in in_languages)
        assert len(in_languages) == 3
    select = re.search(r"SELECT (.*?) WHERE", check.query.text)
    assert select is not None
    projected = re.findall(r"\?(\w+)(?=\)| |$)", re.sub(r"\([^()]*(?:\([^()]*\))?[^()]* AS ", "(", select[1]))
    assert [name for name in projected if not name.startswith("_")] == ["entity", "property", "value"]


@pytest.mark.parametrize("name", sorted(profile()))
def test_a_check_finds_what_is_planted_and_nothing_else(name: str) -> None:
    findings = results(Dataset.open(PLANTED / f"{name}.trig"), name)
    assert findings
    assert [f for f in findings if "planted" not in f"{f.focus} {f.value}"] == []


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("hierarchy-cycle", 9),
        ("notation-repeated", 6),
        ("outside-term-misspelt", 2),
        ("property-misused", 5),
        ("rights-missing", 2),
        ("sdg-iri-form", 4),
        ("suggestion-as-fact", 2),
        ("term-not-defined", 3),
        ("text-empty", 2),
        ("text-hidden-characters", 4),
        ("text-markup", 5),
    ],
)
def test_every_planted_variant_is_found(name: str, count: int) -> None:
    assert len(results(Dataset.open(PLANTED / f"{name}.trig"), name)) == count


def test_the_kemi_data_pass_all_checks_but_the_known(kemi_report: Report) -> None:
    checks = {check.rule.name for check in load_checks()}
    findings = [finding for finding in kemi_report.findings if finding.shape in checks]
    assert {finding.shape for finding in findings} == KNOWN
    assert {finding.severity for finding in findings} == {"Info"}


def test_the_base_of_the_data_is_given() -> None:
    other = Dataset.open(PLANTED / "iri-outside-base.trig")
    found = results(other, "iri-outside-base", "https://example.org/")
    assert [str(result.focus) for result in found] == [
        "<https://example.org/planted>",
        "<https://w3id.org/hytegraph/id/testila/good>",
    ]


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="FATAL"):
        read_profile('[severity]\nlabel-missing = "FATAL"\n')


def outside_measure() -> Quad:
    """A measure whose IRI is not of the base."""
    return Quad(NamedNode("https://elsewhere.example/x"), RDF.type, HYTE.Measure)


def test_a_check_is_a_violation_of_the_same_report_as_the_shapes() -> None:
    report = validate([outside_measure()])
    found = {finding.shape: finding for finding in report.findings}
    assert {"iri-outside-base", "Thing-label"} <= set(found)
    assert found["iri-outside-base"].severity == VIOLATION
    assert found["iri-outside-base"].iri == "https://elsewhere.example/x"
    assert report.rule("iri-outside-base").concern == "checks"


@pytest.mark.slow
def test_a_check_alone_makes_a_dataset_not_conform(kemi_release: Path) -> None:
    quads = read_quads(kemi_release)
    stated = next(quad for quad in quads if str(quad.graph_name).endswith("/organisation>"))
    report = validate([*quads, Quad(stated.subject, HYTE.mispelt, Literal("x"), stated.graph_name)])
    grave = {finding.shape for finding in report.findings if finding.severity == VIOLATION}
    assert "term-not-defined" in grave
    assert not report.conforms


def test_validate_ends_with_1_on_a_check_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outside.nt"
    file.write_text(f"{outside_measure().triple} .\n", encoding="utf-8")
    assert main(["validate", str(file)]) == 1
    assert "iri-outside-base" in capsys.readouterr().out


def test_the_finding_of_a_check_may_be_expected() -> None:
    known = Expected("language-missing", "https://w3id.org/hytegraph/id/x", "sanoja", "Lähteessä näin.")
    text = Quad(NamedNode(known.focus), RDFS.comment, Literal("sanoja"))
    other = Quad(NamedNode(known.focus), RDFS.comment, Literal("muita"))
    report = validate([text, other], expected=[known])
    findings = [finding for finding in report.findings if finding.shape == "language-missing"]
    assert [(finding.value, finding.expected) for finding in findings] == [("muita", False), ("sanoja", True)]
    assert not report.missing


def test_data_without_the_vocabulary_are_judged_by_that_of_the_package() -> None:
    node = NamedNode("https://w3id.org/hytegraph/id/x")
    report = validate([Quad(node, HYTE.certainty, HYTE.sure), Quad(node, HYTE.certainti, HYTE.sure)])
    undefined = [finding.iri for finding in report.findings if finding.shape == "term-not-defined"]
    assert undefined == [f"{HYTE}certainti"]
    assert not any(finding.shape.startswith("Code-") for finding in report.findings)
    assert "code-not-used" not in {finding.shape for finding in report.findings}
