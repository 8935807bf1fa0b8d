"""Plans of every structure give the rows that their data file says, and explain every line."""

import pytest

from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import tables_of
from hytegraph.loaders.profile.reader import propose, read_plan
from tests.loaders.profile.written_blocks import DATA, example, expected

NAMES = sorted(file.stem for file in DATA.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_plan_gives_the_rows_of_its_file(name: str) -> None:
    document = example(name)
    plan = read_plan(document, Cleaner(document), propose(document))
    wanted = expected(name)
    columns = list(wanted[0])
    rows = [{column: row.get(column, "") for column in columns} for row in plan.rows.get("measures", [])]
    assert rows == wanted


def test_what_a_second_language_repeats_is_kept_beside_the_words_of_the_first() -> None:
    document = example("two-languages")
    plan = read_plan(document, Cleaner(document), propose(document))
    assert [(row["of"], row["language"], row["text"]) for row in plan.rows["translations"]] == [
        ("Arki sujuu", "sv", "Vardagen fungerar"),
        ("Avataan palvelupiste", "sv", "En servicepunkt öppnas"),
        ("Kutsutaan koolle raati", "sv", "En panel sammankallas"),
        ("Kerrotaan tuloksista", "sv", "Resultaten berättas"),
        ("Avataan silta", "sv", "En bro öppnas"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_in_a_row_or_passage_that_its_words_are_in(name: str) -> None:
    document = example(name)
    plan = read_plan(document, Cleaner(document), propose(document))
    located = locate_tables(document, tables_of(plan.rows))
    assert coverage(located).unexplained == ()
