"""How far `certainty` of a row of the strategy tables agrees with a reader of the document.

`kemi-row-certainty.csv` labels all 89 rows. They were read in the published lines by the developer of the rules, before
the rules of the same day were written, with one question: do the lines leave two readings of which words belong to
which cell, or which cells to which row? The rules were then made with the labels at hand, so the figures tell how far
they fit, not how they would do on another document.
"""

import csv
from pathlib import Path

LABELS = Path(__file__).parents[1] / "data" / "loaders" / "kemi-row-certainty.csv"
LEAST_PRECISION, LEAST_RECALL = 0.8, 1.0


def column(file: Path, key: str, value: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return {row[key]: row[value] for row in csv.DictReader(stream)}


def test_rows_are_ambiguous_where_a_reader_finds_two_readings(kemi_folder: Path) -> None:
    [table] = kemi_folder.glob("004_*/measures.csv")
    labels, stated = column(LABELS, "row", "reading"), column(table, "id", "certainty")
    assert labels.keys() == stated.keys()
    ambiguous = {row for row, reading in labels.items() if reading == "ambiguous"}
    flagged = {row for row, certainty in stated.items() if certainty == "ambiguous"}
    assert len(ambiguous) == 16
    assert len(ambiguous & flagged) / len(flagged) >= LEAST_PRECISION
    assert len(ambiguous & flagged) / len(ambiguous) >= LEAST_RECALL


def test_every_ambiguous_label_says_what_the_readings_are() -> None:
    reasons = column(LABELS, "row", "why")
    assert all(
        reasons[row] for row, reading in column(LABELS, "row", "reading").items() if reading == "ambiguous"
    )
