"""A cell's value as a Finnish spreadsheet program shows it."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from babel.numbers import format_decimal

# What a format says of colours and conditions, of a currency, of blanks as wide as a sign, and of filling.
_BRACKETS = re.compile(r"\[(?!\$)[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_PADDING = re.compile(r"[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NUMBER = re.compile(r"[#0?](?:[#0?,. ]*[#0?])?,*")
_DATE_PART = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm", re.IGNORECASE)
# The hours, minutes and seconds of a format; only beside the others is `mm` minutes and not a month.
_CLOCK = re.compile(r"h+(?:[:.]m+)?(?:[:.]s+(?:\.0+)?)?|m+[:.]s+(?:\.0+)?|am/pm", re.IGNORECASE)
# The forms of a date that follow the country of the reader.
_OF_THE_COUNTRY = ("mm-dd-yy", "m/d/yy", "m/d/yyyy", "mm/dd/yyyy", "dd/mm/yyyy", "d/m/yyyy")


def shown(value: object, number_format: str) -> str:
    """The words that a cell shows: decimals with a comma, dates as 1.2.2026, per cents with their sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TOSI" if value else "EPÄTOSI"
    if isinstance(value, datetime | date | time):
        return _date(value, number_format)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return "" if number_format == ";;;" else str(value)


def _number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return ""
    sections = _sections(number_format)
    if number_format == ";;;":
        return ""
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[at]
    # A section of its own for negative numbers writes their sign itself.
    amount = Decimal(repr(abs(value) if at == 1 else value))
    masked = _masked(section)
    if "general" in masked.lower() or masked in ("", "@") or "/" in masked or "e+" in masked.lower():
        return _general(amount)
    number = _NUMBER.search(masked)
    if not number:
        return _literals(section)
    before, digits, after = section[: number.start()], number[0], section[number.end() :]
    scaled = amount * 100 if "%" in before + after else amount
    while digits.endswith(","):
        digits, scaled = digits[:-1], scaled / 1000
    return f"{_literals(before)}{_grouped(scaled, digits)}{_literals(after)}".strip()


def _sections(number_format: str) -> list[str]:
    """The parts for positive, negative and zero, without what concerns the looks only."""
    text = _PADDING.sub("", _BRACKETS.sub("", _CURRENCY.sub(r'"\1"', number_format or "General")))
    return [part.strip() for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', text)]


def _masked(section: str) -> str:
    """The section with its literals as signs that stand for no digit."""
    return _LITERAL.sub(lambda literal: "\x01" * len(literal[0]), section)


def _literals(text: str) -> str:
    return _LITERAL.sub(lambda literal: literal[1] if literal[1] is not None else literal[2], text)


def _grouped(amount: Decimal, digits: str) -> str:
    if not amount and "0" not in digits:
        return ""
    whole, _, decimals = digits.partition(".")
    grouping = "#,##0" if "," in whole or " " in whole.strip() else "0" * max(1, whole.count("0"))
    if whole and "0" not in whole:
        grouping = grouping.replace("0", "#") if decimals else grouping
    pattern = grouping + (f".{decimals.replace('?', '#').replace(' ', '')}" if decimals else "")
    return _plain(format_decimal(amount, format=pattern, locale="fi"))


def _general(amount: Decimal) -> str:
    """As a cell without a format shows a number: up to eleven digits."""
    whole_digits = len(str(abs(int(amount))))
    if amount and (whole_digits > 15 or abs(amount) < Decimal("1e-9")):
        return f"{amount:E}".replace(".", ",")
    return _plain(
        format_decimal(amount, format=f"0.{'#' * max(0, 10 - whole_digits)}".rstrip("."), locale="fi")
    )


def _plain(text: str) -> str:
    return text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ")


def _date(value: datetime | date | time, number_format: str) -> str:
    form = _LITERAL.sub(r"\1\2", _PADDING.sub("", _BRACKETS.sub("", _CURRENCY.sub("", number_format)))).split(
        ";"
    )[0]
    parts = {part.lower() for part in _DATE_PART.findall(form)}
    clock = bool(parts & {"h", "hh", "s", "ss"}) or isinstance(value, time)
    day_form = _CLOCK.sub("", form).strip()
    written = ""
    if not isinstance(value, time) and (not clock or _DATE_PART.search(day_form)):
        written = _day(value, day_form)
    if clock and isinstance(value, datetime | time):
        seconds = f".{value.second:02}" if parts & {"s", "ss"} else ""
        written = f"{written} {value.hour}.{value.minute:02}{seconds}"
    return written.strip()


def _day(value: date, form: str) -> str:
    parts = {part.lower() for part in _DATE_PART.findall(form)}
    has_day, has_year = bool(parts & {"d", "dd"}), bool(parts & {"yy", "yyyy"})
    if not parts:
        return f"{value.day}.{value.month}.{value.year}"
    if not has_day and has_year:
        return f"{value.month}/{value.year}" if parts & {"m", "mm", "mmm", "mmmm"} else f"{value.year}"
    two_digits = form.lower() not in _OF_THE_COUNTRY
    day = f"{value.day:02}" if two_digits and "dd" in parts else f"{value.day}"
    month = f"{value.month:02}" if two_digits and "mm" in parts else f"{value.month}"
    return f"{day}.{month}.{value.year}" if has_year else f"{day}.{month}."


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}.{minutes:02}" + (f".{seconds:02}" if seconds else "")
