"""Every cell must occur in the lines that it cites, and every line must be explained by a cell."""

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.citations import (
    LineCharacters,
    coverage,
    locate_row,
    locate_tables,
    location,
)
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.documents.tables import Table, table_of

DOCUMENT = SourceText(
    "asiakirja",
    (
        "Sujuva arki",
        "",
        "Kehitämme koulutus-",
        "polkuja ja osaamista",
        "Kirjanpitoviennit, kpl 714 192 600 000 - 1036",
        "Muu rivi",
    ),
    "",
)


def goals(**cells: str) -> Table:
    row = {
        "id": "L3",
        "goal": "Kehitämme koulutuspolkuja ja osaamista",
        "lines": "L3-L4",
        "certainty": "sure",
    }
    return table_of("goals", [row | cells])


def decisions(**cells: str) -> Table:
    row = {"id": "L1", "title": "Sujuva arki", "title_lines": "L1", "date": "2025-02-20", "certainty": "sure"}
    return table_of("decisions", [row | cells])


def figures(**cells: str) -> Table:
    row = {"id": "L5", "indicator": "Kirjanpitoviennit, kpl", "lines": "L5", "certainty": "sure"}
    return table_of("figures", [row | cells], ("TP 2021", "TA 2022", "ENNUSTE 2022"))


def test_clean_text_of_broken_lines_is_found_in_them() -> None:
    locate_tables(DOCUMENT, [goals()])


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (goals(goal="Kehitämme asumispolkuja ja liikennettä kaikille"), "is not in L3-L4"),
        (goals(lines="L9"), "lies outside the document, which has 6 lines"),
        (goals(lines="3-4"), "is not a line range"),
        (goals(lines="L4-L3"), "does not run forward"),
        (goals(lines=""), "cites no lines"),
        (goals(certainty="ambiguous"), "needs a note"),
        (goals(certainty="varma"), "which is not of the form"),
        (decisions(date="20.2.2025"), "which is not of the form"),
        (decisions(date="2025-02-30"), "no calendar has the day '2025-02-30'"),
        (decisions(title_lines=""), "title has text but title_lines cites no lines"),
        (figures(**{"TP 2021": "714 193"}), "is not in L5"),
        (figures(**{"TP 2021": "14 192"}), "is not in L5"),
        (figures(**{"TP 2021": "36"}), "is not in L5"),
        (figures(**{"TP 2021": "103"}), "is not in L5"),
        (figures(lines="L6", indicator="Muu rivi", **{"TP 2021": "-"}), "is not in L6"),
    ],
)
def test_a_row_that_breaks_a_rule_is_an_error_with_table_row_and_reason(table: Table, reason: str) -> None:
    with pytest.raises(TableError) as caught:
        locate_tables(DOCUMENT, [table])
    assert caught.value.table == f"asiakirja/{table.kind.name}.csv"
    assert caught.value.row == table.rows[0].id
    assert reason in caught.value.reason


def test_an_ambiguous_row_with_a_note_is_taken() -> None:
    locate_tables(DOCUMENT, [goals(certainty="ambiguous", note="Kaksi lukutapaa.")])


def test_numbers_parted_by_blanks_and_a_dash_are_found() -> None:
    locate_tables(DOCUMENT, [figures(**{"TP 2021": "714 192", "TA 2022": "600 000", "ENNUSTE 2022": "-"})])


def test_a_goal_may_be_cited_in_a_varied_wording_and_nothing_else_may() -> None:
    locate_tables(DOCUMENT, [goals(goal="Kehitämme koulutuspolkuja ja osaamista.")])
    with pytest.raises(TableError):
        locate_tables(DOCUMENT, [decisions(title="Sujuva arki.")])


def test_equal_values_of_a_row_have_places_of_their_own() -> None:
    document = SourceText("a", ("Kouluja 5 5 15",), "")
    table = table_of(
        "figures",
        [
            {
                "id": "L1",
                "indicator": "Kouluja",
                "lines": "L1",
                "TP 2021": "5",
                "TA 2022": "5",
                "ENNUSTE 2022": "15",
            }
        ],
        ("TP 2021", "TA 2022", "ENNUSTE 2022"),
    )
    places = locate_row(document, table, table.rows[0])
    columns = [location(places[name][0][1]).first_column for name in table.extra]
    assert columns == [8, 10, 12]


def test_the_place_of_a_value_is_its_lines_and_columns() -> None:
    table = goals(goal="koulutuspolkuja | ei ole")
    [(_, places), (_, none)] = locate_row(DOCUMENT, table, table.rows[0])["goal"]
    found = location(places)
    assert (found.first_line, found.first_column, found.last_line, found.end_column) == (3, 10, 4, 7)
    assert none == []


def test_case_white_space_and_hyphens_make_no_difference() -> None:
    lines = LineCharacters(DOCUMENT, [Span(3, 4)])
    assert lines.find("KEHITÄMME KOULUTUS POLKUJA") == 0
    assert lines.find("koulutuspolkuja ei") == -1


def test_a_number_is_found_beside_one_that_ends_like_it() -> None:
    lines = LineCharacters(SourceText("rivi", ("15 5",), ""), [Span(1, 1)])

    assert lines.places(lines.find("5"), "5") == [(1, 3)]


def test_coverage_counts_lines_that_no_row_cites() -> None:
    found = coverage(locate_tables(DOCUMENT, [goals()]))
    assert (found.lines, found.non_blank, found.unexplained) == (6, 5, (1, 5, 6))


def test_coverage_shows_words_of_a_cited_line_that_no_cell_holds() -> None:
    found = coverage(locate_tables(DOCUMENT, [goals(goal="koulutuspolkuja")]))
    assert found.unexplained_words == ((3, "Kehitämme -"), (4, "ja osaamista"))


def test_joining_words_between_values_need_no_cell() -> None:
    document = SourceText("a", ("Kanslia ja hyvinvointitoimiala, sekä muut",), "")
    row = {
        "id": "L1",
        "unit": "Kanslia | hyvinvointitoimiala | muut",
        "kind": "sector",
        "lines": "L1",
        "certainty": "sure",
    }
    assert coverage(locate_tables(document, [table_of("units", [row])])).unexplained_words == ()


def test_a_passage_explains_whole_lines() -> None:
    row = {"id": "L5", "kind": "furniture", "lines": "L5-L6", "certainty": "sure"}
    assert coverage(locate_tables(DOCUMENT, [table_of("passages", [row])])).unexplained == (1, 3, 4)
