"""Splitting a printed row of numbers into its columns."""

from functools import partial

import pytest

from hytegraph.loaders.kinds.interim_report.figure_columns import disagreement, read_columns
from hytegraph.loaders.kinds.interim_report.quantities import (
    is_close,
    number_of,
    readings,
    readings_after_label,
)

COLUMNS = read_columns(["Suorite TP 2021 TA 2022 TOTEUMA 1-6/2022 TP-ENNUSTE 2022"])
JUDGE = partial(disagreement, COLUMNS)


def best(text: str) -> tuple[str, ...]:
    return readings(text, len(COLUMNS), JUDGE)[0].cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("714 192 600 000 326 777 600 000 ", ("714 192", "600 000", "326 777", "600 000")),
        ("977 2 616 573 1 146 ", ("977", "2 616", "573", "1 146")),
        ("1 305 800 823 1 470 ", ("1 305", "800", "823", "1 470")),
        ("572 541,8 272,4 544,8 ", ("572", "541,8", "272,4", "544,8")),
        ("11 053 11 000 5 772 11544 ", ("11 053", "11 000", "5 772", "11544")),
        ("1 561 - - - ", ("1 561", "-", "-", "-")),
        ("4 506 0 0 0 ", ("4 506", "0", "0", "0")),
    ],
)
def test_blanks_inside_thousands_do_not_divide_cells(text: str, cells: tuple[str, ...]) -> None:
    assert best(text) == cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (" 20 12 20 ", ("", "20", "12", "20")),
        ("  301 602 ", ("", "", "301", "602")),
        ("7 14   ", ("7", "14", "", "")),
        (" 4 640   ", ("", "4 640", "", "")),
        ("  7 kpl 10 kpl ", ("", "", "7 kpl", "10 kpl")),
        ("5 239  0 - ", ("5 239", "", "0", "-")),
    ],
)
def test_a_blank_of_its_own_is_an_empty_cell(text: str, cells: tuple[str, ...]) -> None:
    assert best(text) == cells


def test_a_blank_too_many_does_not_make_a_fifth_cell() -> None:
    assert best("1 135 -  1 095 1 100 ") == ("1 135", "-", "1 095", "1 100")


def test_more_numbers_than_columns_have_no_reading() -> None:
    assert readings("10 20 30 40 50 ", len(COLUMNS), JUDGE) == []


def test_a_row_of_numbers_that_splits_only_one_way_is_not_close() -> None:
    assert not is_close(readings("643 565 533 950 ", len(COLUMNS), JUDGE))


def test_a_number_that_ends_the_label_is_left_to_it_when_the_others_fill_the_columns() -> None:
    reading = readings_after_label("5 120 130 60 125 ", len(COLUMNS), JUDGE)[0]
    assert (reading.of_label, reading.cells) == ("5", ("120", "130", "60", "125"))


def test_signs_begin_cells_of_amendments() -> None:
    found = readings("+ 544 000 1 175 000 -631 000 ", 3, lambda cells: 0.0, signed=True)
    assert found[0].cells == ("+ 544 000", "1 175 000", "-631 000")


@pytest.mark.parametrize(
    ("text", "number"),
    [("+ 1 310 855", 1310855), ("-20 200", -20200), ("541,8", 541.8), ("7 kpl", 7), ("-", None), ("", None)],
)
def test_a_cell_begins_with_its_number(text: str, number: float | None) -> None:
    assert number_of(text) == number


def test_only_digits_that_may_head_thousands_may_end_a_label() -> None:
    def labels(text: str) -> set[str]:
        return {reading.of_label for reading in readings_after_label(text, 2, lambda cells: 0.0)}

    assert labels("5 120 130 ") == {"", "5"}
    assert labels("1234 120 130 ") == {""}
    assert labels("5 ") == {""}
