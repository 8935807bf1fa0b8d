"""What a person corrected is kept over a new extraction; what nobody touched follows the extractor."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from hytegraph.graph.csv_files import Dialect
from hytegraph.loaders.documents.corrections import (
    Merge,
    corrected_rows,
    merge,
    read_extracted,
    write_extracted,
    write_merged,
)
from hytegraph.loaders.documents.tables import Table, read_table, table_of, write_table


def goals(**wordings: str) -> Table:
    rows = [{"id": row, "goal": goal, "lines": row, "certainty": "sure"} for row, goal in wordings.items()]
    return table_of("goals", rows)


def wordings(merged: Merge) -> Mapping[str, str]:
    return {row.id: row["goal"] for row in merged.table.rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the extractor left it: three goals."""
    table = goals(L1="yksi", L2="kaksi", L10="kymmenen")
    write_merged(tmp_path, table)
    write_extracted(tmp_path, [table])
    return tmp_path


def test_a_table_nobody_has_is_taken_as_extracted(tmp_path: Path) -> None:
    merged = merge(tmp_path, goals(L1="yksi"))
    assert (wordings(merged), merged.differences) == ({"L1": "yksi"}, ())


def test_an_untouched_row_follows_the_extractor(folder: Path) -> None:
    merged = merge(folder, goals(L1="uusi", L3="kolme"))
    assert (wordings(merged), merged.differences) == ({"L1": "uusi", "L3": "kolme"}, ())


def test_a_correction_is_kept_and_the_difference_reported(folder: Path) -> None:
    write_merged(folder, goals(L1="korjattu", L2="kaksi", L10="kymmenen"))
    merged = merge(folder, goals(L1="uusi", L2="kaksi", L10="kymmenen"))
    assert wordings(merged)["L1"] == "korjattu"
    [difference] = merged.differences
    assert (difference.table, difference.row, difference.column) == ("goals", "L1", "goal")
    assert (difference.kept, difference.extracted) == ("korjattu", "uusi")


def test_a_correction_of_a_row_the_extractor_no_longer_finds_is_kept(folder: Path) -> None:
    write_merged(folder, goals(L1="korjattu", L2="kaksi", L10="kymmenen"))
    merged = merge(folder, goals(L2="kaksi"))
    assert wordings(merged) == {"L1": "korjattu", "L2": "kaksi"}
    assert [difference.row for difference in merged.differences] == ["L1"]


def test_a_deleted_row_stays_deleted_and_is_reported(folder: Path) -> None:
    write_merged(folder, goals(L1="yksi", L10="kymmenen"))
    merged = merge(folder, goals(L1="yksi", L2="kaksi", L10="kymmenen"))
    assert list(wordings(merged)) == ["L1", "L10"]
    assert [(d.row, d.kept) for d in merged.differences] == [("L2", "deleted by a person")]


def test_an_added_row_is_kept_in_its_place(folder: Path) -> None:
    write_merged(folder, goals(L1="yksi", L2="kaksi", L5="lisätty", L10="kymmenen"))
    merged = merge(folder, goals(L1="yksi", L2="kaksi", L10="kymmenen"))
    assert list(wordings(merged)) == ["L1", "L2", "L5", "L10"]


def test_a_second_run_keeps_what_the_first_kept(folder: Path) -> None:
    new = goals(L1="uusi", L2="kaksi", L10="kymmenen")
    write_merged(folder, goals(L1="korjattu", L10="kymmenen"))
    for _ in range(2):
        merged = merge(folder, new)
        write_merged(folder, merged.table)
        write_extracted(folder, [new])
        assert wordings(merged) == {"L1": "korjattu", "L10": "kymmenen"}


def test_corrected_rows_are_told_from_extracted_ones(folder: Path) -> None:
    assert corrected_rows(folder, [goals(L1="yksi", L2="kaksi", L10="kymmenen")]) == frozenset()
    assert corrected_rows(folder, [goals(L1="korjattu", L2="kaksi", L4="lisätty")]) == {
        ("goals", "L1"),
        ("goals", "L4"),
    }


def test_a_folder_that_was_never_extracted_into_remembers_nothing(tmp_path: Path) -> None:
    assert read_extracted(tmp_path) == {}


def test_no_half_table_is_left_beside_the_whole_one(folder: Path) -> None:
    assert {file.name for file in folder.iterdir()} == {"goals.csv", "extracted.tsv"}


def test_a_deleted_table_is_written_again_and_told(folder: Path) -> None:
    (folder / "goals.csv").unlink()
    merged = merge(folder, goals(L1="yksi"))
    assert wordings(merged) == {"L1": "yksi"}
    [difference] = merged.differences
    assert str(difference) == "goals.csv: the file was deleted; it is written again as extracted"


@pytest.mark.parametrize("saved", ["semicolons", "reordered", "empty column"])
def test_a_spreadsheet_that_saves_otherwise_judges_nothing_and_finds_its_file_as_it_was(
    saved: str, tmp_path: Path
) -> None:
    rows = [{"id": "L1", "indicator": "Kävijät", "TP 2021": "5", "TA 2022": "6", "lines": "L1"}]
    table = table_of("figures", rows, ("TP 2021", "TA 2022"))
    write_extracted(tmp_path, [table])
    file = tmp_path / "figures.csv"
    header = {"reordered": tuple(reversed(table.header))}.get(saved, table.header)
    dialect = Dialect(";", "\r\n", mark=True) if saved == "semicolons" else table.dialect
    data = write_table(Table(table.kind, header, table.rows, dialect))
    file.write_bytes(data)
    if saved == "empty column":
        file.write_bytes(
            b"".join(line + b",\n" for line in data.splitlines()).replace(b",\n", b",TP 2020\n", 1)
        )
    assert corrected_rows(tmp_path, [read_table(file)]) == frozenset()
    write_merged(tmp_path, merge(tmp_path, table).table)
    assert file.read_bytes() == data


def test_swapped_column_names_are_a_correction_of_every_row_they_concern(tmp_path: Path) -> None:
    rows = [{"id": "L1", "TP 2021": "5", "TA 2022": "6"}, {"id": "L2", "TP 2021": "", "TA 2022": ""}]
    write_extracted(tmp_path, [table_of("figures", rows, ("TP 2021", "TA 2022"))])
    swapped = [{"id": "L1", "TP 2021": "6", "TA 2022": "5"}, {"id": "L2"}]
    assert corrected_rows(tmp_path, [table_of("figures", swapped, ("TA 2022", "TP 2021"))]) == {
        ("figures", "L1")
    }


def test_the_record_of_version_0_1_is_still_understood(folder: Path) -> None:
    row = "L1\x1f\x1fyksi\x1fL1\x1fsure\x1f"
    digest = hashlib.sha256(row.encode()).hexdigest()[:16]
    (folder / "extracted.tsv").write_text(f"goals\tL1\t{digest}\n", encoding="utf-8")
    assert corrected_rows(folder, [goals(L1="yksi")]) == frozenset()
    assert corrected_rows(folder, [goals(L1="korjattu")]) == {("goals", "L1")}
