"""What speaks for and against a run of pieces being one cell."""

import pytest

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.cells import Cells
from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import CellColumn
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import pieces_of


@pytest.mark.parametrize(
    "lines, speaks_against",
    [(("Tilojen kunto Kirjaston aukiolo",), True), (("Tilojen kunto", "Kirjaston aukiolo"), False)],
)
def test_a_capital_within_a_line_before_a_word_that_the_document_repeats_speaks_against_one_cell(
    lines: tuple[str, ...], speaks_against: bool
) -> None:
    document = SourceText("rivit", lines, "")
    pieces = pieces_of(document, range(1, len(lines) + 1))
    often, never = (
        Cells(pieces, Cleaner(document), frozenset(stems)).cell_score(0, 2, CellColumn.INDICATOR)
        for stems in (("kirja",), ())
    )

    assert len(pieces) == 2
    assert (often < never) == speaks_against
