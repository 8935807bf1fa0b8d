"""CSV files are read as spreadsheets save them, and written again as they were."""

from pathlib import Path

import pytest

from hytegraph.graph.csv_files import CsvFile, csv_bytes, read_csv
from hytegraph.graph.errors import TableError

TEXT = 'id,goal,note\nL1,"Hyvä, parempi; paras",\nL2,Tavoite,"Kaksi\nriviä"\n'
SEMICOLONS = 'id;goal;note\nL1;"Hyvä, parempi; paras";\nL2;Tavoite;"Kaksi\nriviä"\n'
TABS = 'id\tgoal\tnote\nL1\tHyvä, parempi; paras\t\nL2\tTavoite\t"Kaksi\nriviä"\n'
SAVED = {
    "plain": TEXT.encode(),
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "mark": TEXT.encode("utf-8-sig"),
    "semicolons": SEMICOLONS.encode(),
    "finnish excel": SEMICOLONS.replace("\n", "\r\n").encode("utf-8-sig"),
    "announced": f"sep=;\n{SEMICOLONS}".encode(),
    "tabs": TABS.encode(),
    "unicode text of excel": TABS.replace("\n", "\r\n").encode("utf-16"),
}


def read(tmp_path: Path, data: bytes) -> CsvFile:
    file = tmp_path / "goals.csv"
    file.write_bytes(data)
    return read_csv(file, "plan/goals.csv")


@pytest.mark.parametrize("name", SAVED)
def test_every_dialect_gives_the_same_cells_and_is_written_as_it_was(name: str, tmp_path: Path) -> None:
    table = read(tmp_path, SAVED[name])
    cells = [tuple(" ".join(cell.split()) for cell in row) for _, row in table.rows]
    assert table.header == ("id", "goal", "note")
    assert cells == [("L1", "Hyvä, parempi; paras", ""), ("L2", "Tavoite", "Kaksi riviä")]
    again = csv_bytes(table.header, [row for _, row in table.rows], table.dialect)
    assert read(tmp_path, again) == table
    # Line breaks inside cells are kept as LF, whatever ends the lines of the file.
    assert again.replace(b"\r", b"").replace(b"\0", b"") == SAVED[name].replace(b"\r", b"").replace(
        b"\0", b""
    )


def test_lines_are_counted_with_the_one_that_announces_the_delimiter(tmp_path: Path) -> None:
    table = read(tmp_path, SAVED["announced"])
    assert (table.header_line, [line for line, _ in table.rows]) == (2, [3, 5])
    assert [line for line, _ in read(tmp_path, SAVED["plain"]).rows] == [2, 4]


def test_a_cell_may_be_longer_than_the_csv_module_reads_by_itself(tmp_path: Path) -> None:
    long = "sana " * 40_000
    assert read(tmp_path, csv_bytes(("id", "text"), [("L1", long)])).rows[0][1][1] == long


def test_cells_are_normalised_as_documents_are(tmp_path: Path) -> None:
    table = read(tmp_path, "id,goal,note\nL1,A\u0308\u200biti,\n".encode())
    assert table.rows[0][1] == ("L1", "Äiti", "")


@pytest.mark.parametrize(
    ("data", "row", "line", "reason"),
    [
        (b"id,goal,note\nL1,a\x01b,\n", "L1", 2, r"control character U\+0001"),
        (b"sep=;\nid;goal\nL1;a;b\n", "L1", 3, "3 cells under 2 columns"),
        (b'id,goal\nL1,"open\n', "-", 2, "broken"),
        ("id,goal\nL1,ä\n".encode("latin-1"), "-", None, "line 2 is not UTF-8"),
        ("id,goal\nL1,ä\n".encode("utf-16-le"), "-", None, "UTF-16 without"),
    ],
)
def test_a_broken_file_is_refused_with_row_and_line(
    data: bytes, row: str, line: int | None, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(TableError, match=reason) as caught:
        list(read(tmp_path, data).records())
    assert (caught.value.table, caught.value.row, caught.value.line) == ("plan/goals.csv", row, line)


def test_a_file_of_no_spreadsheet_has_plain_lines_of_utf_8_without_a_mark() -> None:
    assert csv_bytes(("nimi", "määrä"), [("talo", "1")]) == "nimi,määrä\ntalo,1\n".encode()
