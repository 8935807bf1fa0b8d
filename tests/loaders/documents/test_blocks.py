"""Blocks of a file become lines, and are found again from the lines and places.csv."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.blocks import (
    CELL,
    HEADING,
    PLACES,
    Block,
    Placed,
    placed_lines,
    places_bytes,
    read_places,
)

BLOCKS = (
    Block(HEADING, "Painopiste 1", level=2, page=3, box=(50, 60, 300, 75)),
    Block(CELL, "Tavoite", page=3, table=1, row=1, column=1, is_header=True),
    Block(CELL, "Toimen-\npide", page=3, table=1, row=1, column=2, columns=2, is_header=True),
    Block(CELL, "", page=3, table=1, row=2, column=1),
    Block(CELL, "", page=3, table=1, row=2, column=2, fill="92D050"),
)


def test_each_block_gets_lines_and_a_cell_without_words_only_for_its_colour() -> None:
    lines, placed = placed_lines(BLOCKS)
    assert lines == ("Painopiste 1", "", "Tavoite", "Toimen-", "pide", "", "[#92D050]")
    assert [str(each.span) for each in placed] == ["L1", "L3", "L4-L5", "L7"]


def test_the_places_that_are_kept_give_the_blocks_again(tmp_path: Path) -> None:
    lines, placed = placed_lines(BLOCKS)
    (tmp_path / PLACES).write_bytes(places_bytes(placed))
    assert read_places(tmp_path / PLACES, lines) == tuple(each.on(lines) for each in placed)


def test_a_block_has_the_words_that_are_left_of_its_lines(tmp_path: Path) -> None:
    _, placed = placed_lines([Block(CELL, "Maija Esimerkki", table=1, row=1, column=1)])
    (tmp_path / PLACES).write_bytes(places_bytes(placed))
    [found] = read_places(tmp_path / PLACES, ["[nimi poistettu]"])
    assert found == Placed(Block(CELL, "[nimi poistettu]", table=1, row=1, column=1), placed[0].span)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("L9,cell,,,,,,,,,,,", "the document has no line 9"),
        ("L1,picture,,,,,,,,,,,", "'picture' is none of heading, paragraph, item, cell"),
        ("L1,cell,,x,,,,,,,,,", "invalid literal"),
    ],
)
def test_a_place_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    header = places_bytes([]).decode()
    (tmp_path / PLACES).write_text(f"{header}{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=reason) as refused:
        read_places(tmp_path / PLACES, ["one"])
    assert "line 2" in str(refused.value)
