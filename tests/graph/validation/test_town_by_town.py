"""A release of several towns gives the same report town by town as whole, and is read whole where it was altered."""

import shutil
from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.release import DATA, Release, read_release
from hytegraph.graph.validation.expected import FILE, read_expected
from hytegraph.graph.validation.report import Expected, Report
from hytegraph.graph.validation.town_by_town import is_of_towns, validate_towns
from hytegraph.graph.validation.validate import read_quads, validate
from hytegraph.loaders.build import build
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.server.cli.main import main
from hytegraph.server.cli.terminal import LOOK

TEXTS = Path(__file__).parents[2] / "data" / "loaders"
# All of it stands on the validation of two whole towns.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of two invented towns; not to be written to."""
    folder = tmp_path_factory.mktemp("towns")
    for name, code in (("Toivola", "998"), ("Alho", "997")):
        extract_files(sorted(TEXTS.glob("lomake.txt")), folder / name.lower(), Town(name, code))
    assert build([folder / "toivola", folder / "alho"], folder / "release").release
    return read_release(folder / "release")


@pytest.fixture(scope="module")
def report(release: Release) -> Report:
    """The report on that release, with the list of expected findings that lies in it."""
    return validate_towns(release, read_expected(release.path / FILE, DEFAULT_BASE))


def test_the_report_town_by_town_is_that_of_the_whole_and_of_the_build(
    release: Release, report: Report
) -> None:
    expected = read_expected(release.path / FILE, DEFAULT_BASE)

    assert report == validate(read_quads(release.path), DEFAULT_BASE, expected=expected)
    assert report == Report.from_json((release.path / "report.json").read_text("utf-8"))
    assert report.findings
    assert {document.iri.split("/id/")[1].partition("/")[0] for document in report.documents} == {
        "alho",
        "toivola",
    }


def test_an_expected_finding_is_marked_and_one_that_is_missing_is_told(
    release: Release, report: Report
) -> None:
    found = next(each for each in report.findings if each.iri)
    known = Expected(found.shape, found.iri, "", "known")
    missing = Expected(found.shape, f"{DEFAULT_BASE}id/alho/document/none", "", "known once")

    marked = validate_towns(release, [known, missing])

    assert found.key() in {each.key() for each in marked.findings if each.expected and each.note == "known"}
    assert marked.missing == (missing,)


def test_the_command_gives_that_report(
    release: Release, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["validate", str(release.path), "--format", "json"]) == LOOK
    assert Report.from_json(capsysbinary.readouterr().out.decode()) == report


@pytest.mark.parametrize(
    ("of", "has"),
    [("id/alho/document/", b"#lineCount>"), ("id/toivola/", b"/graph/inferred> .\n")],
    ids=["in a town", "in a graph of no town"],
)
def test_a_line_that_is_missing_is_found(
    release: Release, report: Report, tmp_path: Path, of: str, has: bytes
) -> None:
    altered = Path(shutil.copytree(release.path, tmp_path / "release"))
    data = (altered / DATA).read_bytes()
    line = next(
        line
        for line in data.splitlines(keepends=True)
        if line.startswith(f"<{DEFAULT_BASE}{of}".encode()) and has in line
    )
    (altered / DATA).write_bytes(data.replace(line, b""))
    changed = read_release(altered)
    manifest = {**changed.manifest, "data": {**changed.manifest["data"], "sha256": ""}}

    assert is_of_towns(release)
    assert not is_of_towns(changed)
    found = validate_towns(Release(altered, manifest))
    assert found == validate(read_quads(altered), DEFAULT_BASE)
    assert set(found.findings) - set(report.findings)
