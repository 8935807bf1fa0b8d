"""What a build says of findings: enough to see what they are, and where all of them stand."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.release import Release
from hytegraph.graph.validation.report import Report
from hytegraph.graph.validation.validate import validate
from hytegraph.loaders.build import Built
from hytegraph.server.cli import build

CASES = Path(__file__).parents[2] / "data" / "shapes"


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with twelve findings of one rule."""
    files = (CASES / "valid-town.ttl", CASES / "invalid-FigurePartsAddUp.ttl")
    quads = [quad for file in files for quad in parse(file.read_bytes(), RdfFormat.TURTLE)]
    found = validate(quads, DEFAULT_BASE)
    one = next(finding for finding in found.unexpected if finding.shape == "FigurePartsAddUp")
    return replace(found, findings=tuple(replace(one, line=number) for number in range(12)))


def test_a_release_tells_ten_findings_of_a_rule_and_where_the_others_are(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    build._tell_findings(Built(Release(Path("out"), {}), report, fresh=True), Path("out"))

    *lines, more, where = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert (more, where) == ("FigurePartsAddUp: 2 more findings", "all of them: hytegraph validate out")


def test_of_what_is_not_released_all_findings_are_told(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    build._tell_findings(Built(None, report, fresh=True), Path("out"))

    assert len(capsys.readouterr().err.splitlines()) == 12
