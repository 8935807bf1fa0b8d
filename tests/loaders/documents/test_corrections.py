"""What a person corrected is kept over a new extraction; what nobody touched follows the extractor."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hytegraph.loaders.documents.corrections import (
    Merge,
    corrected_rows,
    merge,
    read_extracted,
    write_extracted,
    write_merged,
)
from hytegraph.loaders.documents.tables import Table, table_of


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
