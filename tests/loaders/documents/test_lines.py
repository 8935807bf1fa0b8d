"""Citations of a document's lines follow these lines into a new text, and none is left at other words."""

import pytest

from hytegraph.loaders.documents.lines import moved_citations, moved_row, moved_spans
from hytegraph.loaders.documents.table_kinds import KINDS
from hytegraph.loaders.documents.tables import Row, Table

# Line 4 was taken out, and two lines were put before all.
LINES = {1: 3, 2: 4, 3: 5, 5: 6, 6: 7}


@pytest.mark.parametrize(
    "before, after",
    [
        ("plan:L1", "plan:L3"),
        ("plan:L1-L3", "plan:L3-L5"),
        ("plan:L1 other:L1", "plan:L3 other:L1"),
        ("plan:L4", ""),
        ("plan:L3-L5", ""),
        ("plan:L4 plan:L5", "plan:L6"),
        ("aplan:L1", "aplan:L1"),
        ("katso plan:L1", "katso plan:L1"),
    ],
)
def test_a_citation_moves_with_its_line_or_goes(before: str, after: str) -> None:
    table = f"subject\tevidence\r\nkemi:a\t{before}\r\n"

    assert moved_citations(table, "plan", LINES) == f"subject\tevidence\r\nkemi:a\t{after}\r\n"


def test_a_table_without_citations_stays_as_it_is() -> None:
    table = "#license: x\n\ta\t\t b \n"
    assert moved_citations(table, "plan", LINES) == table


@pytest.mark.parametrize(
    "before, after",
    [
        ("", ""),
        ("L1", "L3"),
        ("L1-L3", "L3-L5"),
        ("L1 L5-L6", "L3 L6-L7"),
        ("L4", None),
        ("L2-L5", None),
        ("L3-L4", None),
        ("L4-L5", None),
        # Its lines are there, and another stands between them now.
        ("L7-L8", None),
    ],
)
def test_spans_move_with_their_lines_where_these_stay_together(before: str, after: str | None) -> None:
    assert moved_spans(before, {**LINES, 7: 8, 8: 10}) == after


def test_a_row_moves_with_the_lines_it_cites_and_its_id_with_them() -> None:
    header = ("id", "row", "lines", "goal", "goal_lines")
    row = Row(dict(zip(header, ("L2-1", "L2", "L2", "Arki", "L1-L2"), strict=True)))
    gone = Row(dict(zip(header, ("L2-1", "L2", "L2", "Arki", "L4"), strict=True)))
    table = Table(KINDS["measures"], header, (row, gone))

    moved = moved_row(table, row, LINES)

    assert moved
    assert [moved[column] for column in header] == ["L4-1", "L4", "L4", "Arki", "L3-L4"]
    assert moved_row(table, gone, LINES) is None
