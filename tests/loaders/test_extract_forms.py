"""Files of any form become one document folder; what is hidden in them never does."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, TableError
from hytegraph.loaders.documents.blocks import CELL, PLACES
from hytegraph.loaders.documents.folder import read_folder, read_manifest
from hytegraph.loaders.documents.tables import read_table
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.judging import apply_decisions, decide_rest
from hytegraph.loaders.profiling import apply_profiles
from hytegraph.loaders.replace import replace_document
from tests.loaders.conftest import MALLILA
from tests.loaders.office_files import ROWS, SECRET, write_excel, write_page, write_word

MEASURES = [row[1] for row in ROWS]
WRITERS = {"suunnitelma.docx": write_word, "toimet.xlsx": write_excel, "sivu.html": write_page}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document folder of a Word file, an Excel file and a web page."""
    files = [write(tmp_path / name) for name, write in WRITERS.items()]
    extract_files(files, tmp_path / "mallila", MALLILA)
    return tmp_path / "mallila"


def measures(folder: Path, name: str) -> list[str]:
    return [row["measure"] for row in read_table(folder / name / "measures.csv").rows]


def test_every_form_gives_the_same_measures_and_keeps_the_checksum_of_the_file(folder: Path) -> None:
    for entry in read_manifest(folder):
        [file] = folder.parent.glob(f"{entry.name}.*")
        assert measures(folder, entry.name) == MEASURES
        assert entry.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_is_hidden_commented_or_deleted_is_in_no_file_of_the_folder(folder: Path) -> None:
    hidden = SECRET.encode()

    for name in WRITERS:
        assert hidden not in (folder / f"{Path(name).stem}.txt").read_bytes()
    assert [file for file in folder.rglob("*") if file.is_file() and hidden in file.read_bytes()] == []


def test_the_folder_knows_where_in_the_file_each_line_stands(folder: Path) -> None:
    [source] = [each for each in read_folder(folder).sources if each.entry.name == "toimet"]
    cells = {
        placed.block.text: (placed.block.sheet, placed.block.column)
        for placed in source.text.placed
        if placed.block.kind == CELL
    }

    assert cells[MEASURES[0]] == ("Toimet", 2)
    assert cells[ROWS[1][4]] == ("Toimet", 5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-1], "has no place"),
        (lambda lines: [*lines, lines[-1]], "has two places"),
        (lambda lines: [*lines[:-1], "L9999,cell,,,,1,1,1,,,,,\n"], "no line 9999"),
        (lambda lines: [*lines[:-1], lines[-1].replace("cell", "solu")], "'solu' is none of heading"),
    ],
)
def test_places_that_are_not_those_of_the_text_are_refused(
    change: Callable[[list[str]], list[str]], said: str, folder: Path
) -> None:
    file = folder / "suunnitelma" / PLACES
    file.write_text("".join(change(file.read_text("utf-8").splitlines(keepends=True))), encoding="utf-8")

    with pytest.raises(TableError, match=rf"suunnitelma/places.csv.*{said}"):
        read_folder(folder)


def test_a_name_that_waits_in_a_word_file_is_removed_and_the_places_stay(tmp_path: Path) -> None:
    file = write_word(tmp_path / "suunnitelma.docx", last="Torikahvit, joilla Zaphod Virtanen puhuu")
    out = tmp_path / "mallila"
    [extracted] = extract_files([file], out, MALLILA)
    places = (out / "suunnitelma" / PLACES).read_bytes()

    assert extracted.waiting == 1
    decide_rest(out, "remove")
    apply_decisions(out)

    assert b"Zaphod" not in b"".join(file.read_bytes() for file in out.rglob("*") if file.is_file())
    assert (out / "suunnitelma" / PLACES).read_bytes() == places
    assert measures(out, "suunnitelma") == MEASURES
    [again] = extract_files([file], out)
    assert (again.waiting, again.removed) == (0, 1)
    assert b"Zaphod" not in (out / "suunnitelma.txt").read_bytes()


def test_a_word_file_is_replaced_by_a_newer_one_with_its_places(folder: Path, tmp_path: Path) -> None:
    newer = write_word(
        tmp_path / "uusi.docx", (*ROWS, ("Kaikki lukevat", "Lukupiiri", "Kirjasto", "2027", "Piirit"))
    )
    before = (folder / "suunnitelma" / PLACES).read_bytes()

    replaced = replace_document(folder, "suunnitelma", newer)

    assert (replaced.extracted.entry.version, replaced.left) == (2, ())
    assert measures(folder, "suunnitelma") == [*MEASURES, "Lukupiiri"]
    assert (folder / "suunnitelma" / PLACES).read_bytes() != before
    [source] = [each for each in read_folder(folder).sources if each.entry.name == "suunnitelma"]
    assert source.text.placed[-1].block.text == "Piirit"


def test_a_replaced_plan_with_the_same_headings_stays_approved(folder: Path, tmp_path: Path) -> None:
    apply_profiles(folder, "suunnitelma", approve=True)
    newer = write_word(
        tmp_path / "uusi.docx", (*ROWS, ("Kaikki lukevat", "Lukupiiri", "Kirjasto", "2027", "Piirit"))
    )

    replace_document(folder, "suunnitelma", newer)

    rows = read_table(folder / "suunnitelma" / "measures.csv").rows
    assert [(row["measure"], row["certainty"]) for row in rows][-1] == ("Lukupiiri", "sure")
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [
        "sivu",
        "suunnitelma",
        "toimet",
    ]


def test_two_forms_of_one_name_are_refused_by_both_names(tmp_path: Path) -> None:
    files = [write_word(tmp_path / "suunnitelma.docx"), write_page(tmp_path / "suunnitelma.html")]

    with pytest.raises(DocumentError, match=r"suunnitelma\.html: another document .*suunnitelma\.docx"):
        extract_files(files, tmp_path / "out", MALLILA)
    assert not (tmp_path / "out").exists()


def test_one_unreadable_file_among_many_names_itself_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "rikki.docx").write_bytes(b"PK\x03\x04 this is no archive")
    files = [write_word(tmp_path / "a.docx"), tmp_path / "rikki.docx", write_excel(tmp_path / "b.xlsx")]

    with pytest.raises(DocumentError, match=r"rikki\.docx: the file is a broken zip archive"):
        extract_files(files, tmp_path / "out", MALLILA)
    assert not (tmp_path / "out").exists()


def test_the_town_is_written_in_the_languages_of_the_list(tmp_path: Path) -> None:
    file = write_word(tmp_path / "suunnitelma.docx", title="Raahen hyvinvointisuunnitelma 2025–2028")

    [extracted] = extract_files([file], tmp_path / "raahe", Town("Raahe", "678", "Brahestad"))

    assert extracted.entry.publisher == {"fi": "Raahe", "sv": "Brahestad"}
    assert (extracted.rows.read, extracted.rows.seen, extracted.rows.other_tables) == (2, 2, 0)
