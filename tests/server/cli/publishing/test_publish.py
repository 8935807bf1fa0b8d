"""A release is published when everything is in order, and stands in a row; what is missing is said with its place."""

import json
import shutil
from pathlib import Path

import pytest

from hytegraph.graph.releases.row import row_of
from hytegraph.loaders.identity.retired import read_replaced, write_replaced
from hytegraph.server.cli.main import main
from tests.publishing import LICENCE, Row, publication, publish


def test_releases_stand_in_a_row_with_version_date_and_what_came_before(row: Row) -> None:
    newest, first = row_of(row.release)

    assert [(one.version, one.previous, one.number) for one in (newest, first)] == [
        ("2026.2", "2026.1", 2),
        ("2026.1", "", 1),
    ]
    assert (first.folder, first.date.isoformat(), first.notes["sv"]) == (
        row.first,
        "2026-11-01",
        "Utgåva 2026.1.",
    )
    assert first.data.is_file()


def test_publishing_again_changes_nothing(row: Row, tmp_path: Path) -> None:
    file = publication(tmp_path, "2026.2", "2026-11-29")
    before = sorted(row.release.parent.iterdir())

    assert publish(tmp_path / "out", row.documents, file, row.release) == 0
    assert (sorted(row.release.parent.iterdir()), row.release.resolve()) == (before, row.second)


def test_a_version_has_one_content_and_no_date_before_its_predecessor(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = publication(tmp_path, "2026.1", "2026-10-01")

    assert publish(tmp_path / "out", row.documents, file, row.release) == 1
    said = capsys.readouterr().err
    assert "release 2026.1 was published on 2026-11-01 with another content" in said
    assert "release.date is before the day of the previous release" in said
    assert row.release.resolve() == row.second


def test_what_is_missing_is_said_with_its_place(
    mallila_documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = Path(shutil.copytree(mallila_documents, tmp_path / "mallila"))
    manifest = documents / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8").replace(LICENCE, 'licence = ""'), "utf-8")
    file = tmp_path / "publication.toml"
    file.write_text("[policy]\nwaiting_links = 0\n", "utf-8")
    release = tmp_path / "releases" / "release"

    assert publish(tmp_path / "out", documents, file, release, "--language", "en") == 1
    said = capsys.readouterr().err
    for word in ("base", "publisher", "contact", "licence", "release.version", "release.date"):
        assert f"publication.toml: {word} is missing" in said
    assert "release.notes.sv is missing" in said
    assert f"{manifest}: toimenpideohjelma: licence is missing" in said
    assert not release.exists()


@pytest.mark.slow
def test_an_identifier_may_not_vanish_until_its_successor_is_told(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    releases = Path(shutil.copytree(row.release.parent, tmp_path / "releases", symlinks=True)) / "release"
    documents = Path(shutil.copytree(row.documents, tmp_path / "mallila"))
    replaced = dict(read_replaced(documents))
    gone = min(replaced)
    write_replaced(documents, {path: new for path, new in replaced.items() if path != gone})
    file = publication(tmp_path, "2026.3", "2026-12-01")

    assert publish(tmp_path / "out", documents, file, releases) == 1
    said = capsys.readouterr().err
    assert (
        f"1 published identifiers would vanish: https://data.mallila.example/hyte/id/mallila/{gone}." in said
    )

    write_replaced(documents, replaced | {gone: ""})
    assert publish(tmp_path / "out", documents, file, releases) == 0
    assert [one.version for one in row_of(releases)] == ["2026.3", "2026.2", "2026.1"]


@pytest.mark.slow
def test_only_so_many_releases_are_kept_as_the_publisher_says(row: Row, tmp_path: Path) -> None:
    releases = Path(shutil.copytree(row.release.parent, tmp_path / "releases", symlinks=True)) / "release"
    file = publication(tmp_path, "2026.3", "2026-12-01")
    file.write_text(file.read_text("utf-8").replace("[release]", "[release]\nkeep = 2"), "utf-8")

    assert publish(tmp_path / "out", row.documents, file, releases) == 0
    assert [one.version for one in row_of(releases)] == ["2026.3", "2026.2"]


@pytest.mark.whole
def test_a_check_publishes_nothing(mallila_documents: Path, tmp_path: Path) -> None:
    release, file = tmp_path / "releases" / "release", publication(tmp_path, "1", "2026-11-01")

    assert publish(tmp_path / "out", mallila_documents, file, release, "--check") == 0
    assert not release.exists()


def test_a_publication_file_that_is_none_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(tmp_path / "out"), "--publication", str(tmp_path / "none.toml")]) == 2
    assert capsys.readouterr().err == f"hytegraph publish: {tmp_path / 'none.toml'}: there is no such file\n"


def test_the_release_tells_what_it_has_changed(row: Row) -> None:
    told = json.loads((row.second / "changes.json").read_text("utf-8"))

    assert (told["earlier"], told["later"]) == ("2026.1", "2026.2")
    assert not (row.first / "changes.json").exists()


@pytest.mark.slow
def test_the_pages_of_the_release_are_written_beside_its_files(
    mallila_documents: Path, tmp_path: Path
) -> None:
    file = publication(tmp_path, "2026.1", "2026-11-01")
    release, site = tmp_path / "releases" / "release", tmp_path / "site"

    assert publish(tmp_path / "out", mallila_documents, file, release, "--site", str(site)) == 0
    assert "2026.1" in (site / "releases" / "index.html").read_text("utf-8")
