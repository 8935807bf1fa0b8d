"""The rules over named graphs, which hytegraph runs itself, report bad datasets and no good one."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.validation.shapes import package_shapes
from hytegraph.graph.validation.validate import validate

CASES = Path(__file__).parents[1] / "data" / "shapes"
VALID = CASES / "graphs-valid.trig"
INVALID = sorted(set(CASES.glob("graphs-*.trig")) - {VALID})
CHECKS = {check.name for check in package_shapes().checks}


def reported(case: Path) -> set[str]:
    """The rules over graphs that report on a dataset."""
    report = validate(parse(case.read_bytes(), RdfFormat.TRIG))
    return {finding.shape for finding in report.findings} & CHECKS


def expected(case: Path) -> str:
    """The rule that a case names on its first line."""
    match = re.match(r"# expects: (\S+)\n", case.read_text(encoding="utf-8"))
    assert match, f"{case.name} does not say which rule it expects"
    return match[1]


def test_all_cases_are_collected() -> None:
    assert len(INVALID) == 7


def test_a_good_dataset_passes() -> None:
    assert reported(VALID) == set()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_a_bad_dataset_is_reported_by_its_rule_alone(case: Path) -> None:
    assert reported(case) == {expected(case)}


def test_every_rule_over_graphs_has_bad_data() -> None:
    assert {expected(case) for case in INVALID} == CHECKS
