"""Tables are read as a Finnish spreadsheet saves them; a broken one is refused with table, row and line."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.table_kinds import KINDS
from hytegraph.loaders.documents.tables import read_table, table_of, write_table

GOALS = 'id,aim,goal,lines,certainty,note\nL1,Sujuva arki,"Hyvä, parempi",L1,sure,\nL2,,Tavoite,L2,sure,\n'


def saved(tmp_path: Path, text: str, name: str = "goals.csv", encoding: str = "utf-8") -> Path:
    folder = tmp_path / "asiakirja"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def refusal(file: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        read_table(file)
    return caught.value


def test_a_table_that_is_written_is_read_back(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, GOALS))
    assert [(row.id, row["goal"], row.line) for row in table.rows] == [
        ("L1", "Hyvä, parempi", 2),
        ("L2", "Tavoite", 3),
    ]
    assert write_table(table).decode() == GOALS


@pytest.mark.parametrize(
    "text",
    [
        GOALS,
        GOALS.replace("\n", "\r\n"),
        "\ufeff" + GOALS,
        "\ufeffid;aim;goal;lines;certainty;note\r\nL1;Sujuva arki;Hyvä, parempi;L1;sure;\r\nL2;;Tavoite;L2;sure;\r\n",
        GOALS + ",,,,,\n\n",
    ],
    ids=["as written", "crlf", "byte order mark", "finnish excel", "empty rows at the end"],
)
def test_the_ways_in_which_spreadsheets_save_give_the_same_rows(text: str, tmp_path: Path) -> None:
    rows = [dict(row.cells) for row in read_table(saved(tmp_path, text)).rows]
    assert rows == [dict(row.cells) for row in read_table(saved(tmp_path, GOALS)).rows]


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "goal,id,note,certainty,lines,aim\nTavoite,L2,,sure,L2,\n"))
    assert (table.rows[0].id, table.rows[0]["goal"]) == ("L2", "Tavoite")


@pytest.mark.parametrize(
    ("text", "row", "line", "reason"),
    [
        (GOALS + 'L3,"Sujuva', "-", 4, "broken"),
        (GOALS + "L3,Sujuva arki\n", "L3", 4, "2 cells under 6 columns"),
        (GOALS.replace(",lines", ""), "-", 1, "'lines' is missing"),
        (GOALS.replace("note", "note,muuta"), "-", 1, "'muuta' is not known"),
        (GOALS.replace("L2,,", "L1,,"), "L1", 3, "used twice"),
        (GOALS.replace("L2,,", ",,"), "-", 3, "no id"),
        ("", "-", 1, "missing"),
    ],
    ids=["truncated", "short row", "missing column", "unknown column", "duplicate id", "no id", "empty"],
)
def test_a_broken_table_is_refused_with_table_row_and_line(
    text: str, row: str, line: int, reason: str, tmp_path: Path
) -> None:
    error = refusal(saved(tmp_path, text))
    assert (error.table, error.row, error.line) == ("asiakirja/goals.csv", row, line)
    assert reason in str(error)


def test_a_latin_1_table_is_refused_with_advice(tmp_path: Path) -> None:
    assert "CSV UTF-8" in str(refusal(saved(tmp_path, GOALS, encoding="latin-1")))


def test_an_unknown_table_is_refused_with_those_there_are(tmp_path: Path) -> None:
    assert "goals" in str(refusal(saved(tmp_path, GOALS, "tavoitteet.csv")))


def test_only_figures_take_columns_of_scenarios() -> None:
    assert [kind.name for kind in KINDS.values() if kind.open_ended] == ["figures"]
    table = table_of("figures", [{"id": "L1", "TP 2021": "5"}], ("TP 2021",))
    assert table.extra == ("TP 2021",)
    assert ("TP 2021", "lines") in table.checked_columns()


def test_a_row_of_an_unknown_column_is_refused() -> None:
    with pytest.raises(ValueError, match="no column"):
        table_of("goals", [{"id": "L1", "tavoite": "x"}])


def test_every_table_begins_with_its_id_and_ends_with_certainty_and_note() -> None:
    assert {(kind.names()[0], *kind.names()[-2:]) for kind in KINDS.values()} == {("id", "certainty", "note")}


def test_several_values_share_a_cell(tmp_path: Path) -> None:
    [row, _] = read_table(saved(tmp_path, GOALS.replace("Sujuva arki", "Yksi | Kaksi |"))).rows
    assert row.values("aim") == ("Yksi", "Kaksi")
