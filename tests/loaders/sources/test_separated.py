"""A CSV file of any dialect is one table, its cells at their rows and columns."""

from pathlib import Path

import pytest

from hytegraph.loaders.sources import separated

EXPECTED = [(1, 1, "Tavoite"), (1, 2, "Määrä"), (2, 1, "Liikkuminen,\nuinti"), (2, 2, "1,5"), (4, 2, "x;y")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_dialect_is_found(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    rows = [("Tavoite", "Määrä"), ('"Liikkuminen,\nuinti"', '"1,5"'), ("", ""), ("", '"x;y"')]
    file = tmp_path / "plan.csv"
    file.write_bytes(end.join(delimiter.join(row) for row in rows).encode(encoding))
    assert [(each.row, each.column, each.text) for each in separated.read(file)] == EXPECTED


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5", ["a", "b", "1,5", "2,5", "3,5", "4,5"]),
        ("Toimet, tavoitteet, mittarit\na;b\nc;d", ["Toimet, tavoitteet, mittarit", "a", "b", "c", "d"]),
        ("sep=|\na;b|c;d", ["a;b", "c;d"]),
        ("Tavoite\nKerho", ["Tavoite", "Kerho"]),
    ],
)
def test_the_delimiter_is_what_parts_the_rows_evenly(tmp_path: Path, text: str, cells: list[str]) -> None:
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    assert [each.text for each in separated.read(tmp_path / "plan.csv")] == cells
