"""Rows of a figure table read from a few lines."""

import hashlib

import pytest

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.figure_columns import read_columns
from hytegraph.loaders.kinds.interim_report.figures import FigureTable, read_figures
from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine

COLUMNS = read_columns(["Suorite TP 2021 TA 2022 TOTEUMA ", "1-6/2022 ", "TP-", "ENNUSTE 2022"])
NAMES = tuple(column.name for column in COLUMNS)


def read(*texts: str) -> list[tuple[str, ...]]:
    document = SourceText("report", texts, hashlib.sha256("\n".join(texts).encode()).hexdigest())
    table = FigureTable("Perusturvatoimiala", "Hallinto", COLUMNS)
    lines = [ReportLine(at, text) for at, text in enumerate(texts, 1)]
    rows = read_figures(table, lines, Cleaner(document))["figures"]
    return [(row["indicator"], *(row[name] for name in NAMES), row["certainty"]) for row in rows]


def test_columns_are_named_by_scenario_and_period() -> None:
    assert NAMES == ("TP 2021", "TA 2022", "TOTEUMA 1-6/2022", "ENNUSTE 2022")


def test_a_doubtful_split_is_sure_when_its_parts_add_up() -> None:
    whole, parts = "Ostot  4000 995  1 990 ", ("muualta  1000 495  990 ", "läheltä  3000 500  1 000 ")
    assert read(whole)[0] == ("Ostot", "", "4000", "995", "1 990", "ambiguous")
    assert read(whole, *parts)[0] == ("Ostot", "", "4000", "995", "1 990", "sure")


def test_a_label_that_wraps_keeps_the_digits_of_its_last_line() -> None:
    assert read("Päivätoiminta Satamakatu ", "22 ", "", "5 239  0 - ") == [
        ("Päivätoiminta Satamakatu 22", "5 239", "", "0", "-", "sure")
    ]


def test_values_on_two_lines_make_one_row() -> None:
    assert read("Yhteydenotot tuen ", "tarpeesta ", "", "385 420 ", " ", "", "150 300 ") == [
        ("Yhteydenotot tuen tarpeesta", "385", "420", "150", "300", "sure")
    ]


def test_a_last_column_without_number_is_doubted() -> None:
    assert read("Vanhainkotikäynti 7 14   ") == [("Vanhainkotikäynti", "7", "14", "", "", "ambiguous")]


def test_a_heading_before_another_heading_without_rows_is_a_figure_without_numbers() -> None:
    rows = read("Suun erityistaso     ", "", "NEUVONTA     ", "", "Käynnit 4 5 2 4 ")
    assert rows == [
        ("Suun erityistaso", "", "", "", "", "ambiguous"),
        ("Käynnit", "4", "5", "2", "4", "sure"),
    ]


@pytest.mark.parametrize("line", ["- Kesätyöseteli 61 60 30 61 ", "- Kesätyöseteli 61 "])
def test_a_line_that_looks_like_a_part_is_kept_where_no_whole_stands_above(line: str) -> None:
    rows = read(line, "", "61 60 30 61 ")
    assert rows[0][0].startswith("- Kesätyöseteli")


def test_more_numbers_than_columns_are_kept_together_and_doubted() -> None:
    assert read("Käynnit ", "", "10 20 30 40 50 60 ") == [
        ("Käynnit", "", "", "", "10 20 30 40 50 60", "ambiguous")
    ]
