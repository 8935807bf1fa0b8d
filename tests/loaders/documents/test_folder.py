"""A document folder is read whole; what a person broke is named with file, row and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, ManifestError, TableError
from hytegraph.loaders.documents.folder import read_folder, read_manifest, write_manifest
from hytegraph.loaders.documents.tables import read_table

CopyOf = Callable[..., Path]


@pytest.fixture
def template(copy_of: CopyOf) -> Path:
    """A folder with one small document."""
    return copy_of("002")


def alter(folder: Path, name: str, old: str, new: str) -> None:
    [file] = folder.rglob(name)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_kemi_folder_is_read_with_five_documents(kemi_folder: Path) -> None:
    folder = read_folder(kemi_folder)
    assert [source.entry.kind for source in folder.sources] == [
        "action-plan",
        "realisation-report",
        "template",
        "minutes-extract",
        "interim-report",
    ]


def test_a_manifest_that_is_written_is_read_back(template: Path, tmp_path: Path) -> None:
    entries = read_manifest(template)
    write_manifest(tmp_path, entries)
    assert read_manifest(tmp_path) == entries


def test_a_folder_without_a_manifest_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="hytegraph extract"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "template"', "", "'kind' is missing"),
        ('period = "2022-2025"', 'period = "pian"', "'pian' is not a period"),
        ('kind = "template"', 'kind = "template"\ndate = "2025-02-30"', "document 002_ba3639160da2ce8d"),
        ('kind = "template"', 'kind = "template"\ncolour = "red"', "'colour' is not known"),
        ('town = "Kemi"', 'town = "Plans"', "the town 'Plans' has the name of a page"),
        ("[document.title]\nfi", "[document.title]\nde", "no Finnish"),
        ("[[document]]", "[[document", r"manifest\.toml"),
    ],
)
def test_a_wrong_manifest_is_refused_with_its_reason(old: str, new: str, reason: str, template: Path) -> None:
    alter(template, "manifest.toml", old, new)
    with pytest.raises(ManifestError, match=reason):
        read_folder(template)


def test_two_documents_of_one_name_are_refused(template: Path) -> None:
    file = template / "manifest.toml"
    file.write_text(file.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(ManifestError, match="two documents have the name"):
        read_folder(template)


def test_a_text_that_the_tables_were_not_made_from_is_refused(template: Path) -> None:
    alter(template, "002_*.txt", "Sujuva", "Sujuvampi")
    with pytest.raises(ManifestError, match="checksum differs"):
        read_folder(template)


def test_a_missing_text_is_refused(template: Path) -> None:
    [file] = template.glob("*.txt")
    file.unlink()
    with pytest.raises(DocumentError):
        read_folder(template)


def test_a_document_without_tables_is_refused(template: Path) -> None:
    for file in template.glob("*/*.csv"):
        file.unlink()
    with pytest.raises(ManifestError, match="has no tables"):
        read_folder(template)


def test_a_cell_altered_in_a_reviewed_table_is_named_with_table_row_and_line(template: Path) -> None:
    alter(template, "goals.csv", "Olemme avoin ja luotettava", "Olemme suljettu mutta lopulta")
    with pytest.raises(TableError) as caught:
        read_folder(template)
    [file] = template.glob("*/goals.csv")
    rows = {row.id: row for row in read_table(file).rows}
    assert caught.value.table == "002_ba3639160da2ce8d/goals.csv"
    assert "suljettu" in rows[caught.value.row]["goal"]
    assert caught.value.line == rows[caught.value.row].line
