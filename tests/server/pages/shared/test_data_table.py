"""A table is narrowed by values and words, sorted, and tells how many rows each further choice would leave."""

import pytest
from flask import Flask

from hytegraph.server.http.problems import ProblemError
from hytegraph.server.pages.shared.arrangement import EMPTY, FILLED, SORT, WORDS, Column
from hytegraph.server.pages.shared.data_table import DataRow, DataTable, arranged
from hytegraph.server.text.links import Link

COLUMNS = (
    Column("measure"),
    Column("party", "values"),
    Column("note", "filled"),
    Column("number", is_numeric=True),
)
ROWS = tuple(
    DataRow(tuple(tuple(map(Link, cell)) for cell in cells))
    for cells in (
        (("Lenkkejä 10",), ("Liikunta", "Tekninen"), ("tehty",), ("2",)),
        (("Lenkkejä 9",), ("Liikunta",), (), ("10",)),
        (("Äijäjumppa",), (), ("kesken",), ()),
        (("Åbo-päivä",), ("Kulttuuri",), (), ("-1",)),
    )
)


def table(query: str) -> DataTable:
    with Flask(__name__).test_request_context(f"/?{query}"):
        return arranged("rows", COLUMNS, ROWS)


def measures(query: str) -> list[str]:
    return [row.cells[0][0].value for row in table(query).rows]


def options(query: str, name: str) -> dict[str, int]:
    [facet] = [facet for facet in table(query).facets if facet.column.name == name]
    return {option.value: option.count for option in facet.options}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", [0, 1, 2, 3]),
        ("party=Liikunta", [0, 1]),
        ("party=Tekninen", [0]),
        (f"party={EMPTY}", [2]),
        (f"note={FILLED}", [0, 2]),
        (f"party=Liikunta&note={EMPTY}", [1]),
        (f"{WORDS.name}=lenk+LIIK", [0, 1]),
        (f"{WORDS.name}=lenk+tekn&party=Liikunta", [0]),
        (f"{WORDS.name}=jumppa&party=Liikunta", []),
    ],
)
def test_only_rows_with_every_chosen_value_and_word_are_left(query: str, left: list[int]) -> None:
    assert list(table(query).rows) == [ROWS[place] for place in left]
    assert table(query).known == len(ROWS)


def test_a_value_tells_how_many_rows_it_would_leave_beside_the_other_choices() -> None:
    assert options("", "party") == {"Kulttuuri": 1, "Liikunta": 2, "Tekninen": 1, EMPTY: 1}
    assert options(f"note={FILLED}", "party") == {"Kulttuuri": 0, "Liikunta": 1, "Tekninen": 1, EMPTY: 1}
    assert options(f"note={FILLED}&party=Liikunta", "party") == options(f"note={FILLED}", "party")
    assert options("party=Liikunta", "note") == {FILLED: 1, EMPTY: 1}


@pytest.mark.parametrize("name", ["party", "note"])
def test_a_value_that_no_row_has_is_told_so(name: str) -> None:
    with pytest.raises(ProblemError, match="Uinti") as raised:
        table(f"{name}=Uinti")
    assert raised.value.problem.status == 400


def test_rows_are_sorted_by_numbers_and_by_the_nordic_alphabet_and_empty_cells_come_last() -> None:
    by_name = ["Lenkkejä 9", "Lenkkejä 10", "Åbo-päivä", "Äijäjumppa"]

    assert measures(f"{SORT.name}=measure") == by_name
    assert measures(f"{SORT.name}=-measure") == by_name[::-1]
    assert measures(f"{SORT.name}=number") == ["Åbo-päivä", "Lenkkejä 10", "Lenkkejä 9", "Äijäjumppa"]
    assert measures(f"{SORT.name}=-number") == ["Lenkkejä 9", "Lenkkejä 10", "Åbo-päivä", "Äijäjumppa"]
