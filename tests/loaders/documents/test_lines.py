"""Citations of a document's lines follow these lines into a new text, and none is left at other words."""

import pytest

from hytegraph.loaders.documents.lines import moved_citations

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
