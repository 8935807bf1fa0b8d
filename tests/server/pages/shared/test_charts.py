from decimal import Decimal

import pytest

from hytegraph.server.pages.shared.charts import Bar, BarGroup, bar_chart
from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number, percent

SPACE, MINUS = "\u00a0", "\u2212"


def group(*values: str | None, heading: str = "") -> BarGroup:
    bars = tuple(Bar(str(value), "TA", Decimal(value) if value else None, str(value)) for value in values)
    return BarGroup(heading, "fi", bars)


def test_bars_are_as_long_as_their_values() -> None:
    chart = bar_chart([group("200", "100", "0")], "fi")

    assert chart
    longest, half, none = chart.groups[0].bars
    assert longest.width == pytest.approx(2 * half.width)
    assert none.width == 0
    assert longest.start == half.start == chart.zero == 0
    assert longest.value_at < 100


def test_what_is_below_zero_goes_to_the_left() -> None:
    chart = bar_chart([group("-50", "100")], "fi")

    assert chart
    below, above = chart.groups[0].bars
    assert below.leftward
    assert not above.leftward
    assert below.start + below.width == pytest.approx(chart.zero, abs=0.02)
    assert above.start == chart.zero
    assert 0 < below.value_at < chart.zero < above.value_at < 100


def test_a_missing_value_has_a_place_and_no_length() -> None:
    chart = bar_chart([group(None, "100")], "fi")

    assert chart
    missing, present = chart.groups[0].bars
    assert missing.bar.value is None
    assert missing.width == 0
    assert missing.top < present.top


def test_nothing_is_drawn_without_a_value() -> None:
    assert bar_chart([group(None, None)], "fi") is None
    assert bar_chart([group("0")], "fi") is None
    assert bar_chart([], "fi") is None


def test_bars_and_headings_of_groups_do_not_lie_on_each_other() -> None:
    chart = bar_chart([group("1", "2", heading="a"), group("3", heading="b")], "fi")

    assert chart
    first, second = chart.groups
    places = [first.line, *(bar.top for bar in first.bars), second.line, second.bars[0].top]
    assert places == sorted(places)
    assert chart.groups[1].line > first.bars[-1].top + chart.bar_height
    assert chart.axis >= second.bars[-1].top + chart.bar_height
    assert chart.height > chart.axis


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (("218830", "214316"), ["0", f"100{SPACE}000", f"200{SPACE}000"]),
        (("0.5",), ["0", "0,2", "0,4"]),
        (("-79.4", "240"), ["0", "100", "200"]),
        (("-300",), [f"{MINUS}300", f"{MINUS}200", f"{MINUS}100", "0"]),
        (("40",), ["0", "10", "20", "30", "40"]),
    ],
)
def test_the_axis_has_round_numbers(values: tuple[str, ...], ticks: list[str]) -> None:
    chart = bar_chart([group(*values)], "fi")

    assert chart
    assert [tick.text for tick in chart.ticks] == ticks
    assert [tick.at for tick in chart.ticks] == sorted(tick.at for tick in chart.ticks)


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("1665558", "fi", f"1{SPACE}665{SPACE}558"),
        ("1665558", "en", "1,665,558"),
        ("541.8", "sv", "541,8"),
        ("-0.50", "fi", f"{MINUS}0,5"),
        ("600000.00", "fi", f"600{SPACE}000"),
        ("1E+3", "fi", f"1{SPACE}000"),
        ("0", "fi", "0"),
    ],
)
def test_numbers_are_written_as_in_the_language(value: str, language: Language, written: str) -> None:
    assert number(Decimal(value), language) == written


def test_a_signed_number_shows_its_plus_and_zero_has_none() -> None:
    assert number(Decimal(5), "fi", signed=True) == "+5"
    assert number(Decimal(0), "fi", signed=True) == "0"


def test_percentages_have_one_decimal_and_the_space_of_the_language() -> None:
    assert percent(Decimal("-0.51031"), "fi") == f"{MINUS}51{SPACE}%"
    assert percent(Decimal("-0.0206"), "sv") == f"{MINUS}2,1{SPACE}%"
    assert percent(Decimal("0.3334"), "en", signed=True) == "+33.3%"
