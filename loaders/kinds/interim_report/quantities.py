"""Splits a printed row of numbers into its columns, where a blank divides both thousands and cells."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

UNIT_WORD = r"(?:kpl|hlö|htv|€|%|eur|euroa|h)"
_NUMBER = r"\d+(?:,\d+)?"
# "18-" before "vuotiaat" is no number, and neither is the "20.9." of a date.
QUANTITY = rf"(?:[+-]?{_NUMBER}|[+-])(?:\s{UNIT_WORD}(?=\s|$))?(?=\s|$)"
QUANTITIES = re.compile(rf"\s*{QUANTITY}(?:\s+{QUANTITY})*\s*")
_HEAD = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:,\d+)?")
_THOUSANDS_HEAD = re.compile(r"[+-]?[1-9]\d{0,2}")
_THOUSANDS_GROUP = re.compile(r"\d{3}(?:,\d+)?")
_TOKEN = re.compile(r"\S+")

NOISE = 0.4
INFERRED = 3.0
CLOSE = 1.0
_LABEL_DIGITS = 2.0


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One way to read a row: a text per column, what speaks against it, and digits left to the label."""

    cells: tuple[str, ...]
    inferred: int = 0
    noise: int = 0
    cost: float = 0.0
    of_label: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    gap_before: int


Judge = Callable[[tuple[str, ...]], float]


def number_of(text: str) -> float | None:
    """The number a cell begins with, None for a cell without one."""
    match = re.match(r"[+-]?\s?\d[\d\s]*(?:,\d+)?", text)
    return float(re.sub(r"\s", "", match[0]).replace(",", ".")) if match else None


def readings(text: str, columns: int, judge: Judge, *, signed: bool = False) -> list[NumberReading]:
    """All ways to split the text into cells, the likeliest first; none when it fits no columns.

    Each cell was printed as its text and one blank, an empty one as the blank alone, so blanks
    beyond the first show empty cells; `judge` adds the cost of what the numbers say of themselves.
    """
    tokens, trailing = _tokens(text)
    found = {
        reading.cells: replace(reading, cost=_layout_cost(reading) + judge(reading.cells))
        for reading in _split(tokens, trailing, columns, signed)
    }
    return sorted(found.values(), key=lambda reading: (reading.cost, reading.cells))


def readings_after_label(text: str, columns: int, judge: Judge) -> list[NumberReading]:
    """The readings of values printed on the line of their label, whose first number may end the label."""
    ranked = readings(text, columns, judge)
    digits, _, rest = text.partition(" ")
    if _THOUSANDS_HEAD.fullmatch(digits) and rest.strip():
        ranked += [
            replace(reading, cost=reading.cost + _LABEL_DIGITS, of_label=digits)
            for reading in readings(rest, columns, judge)
        ]
    return sorted(ranked, key=lambda reading: (reading.cost, reading.cells))


def is_close(ranked: list[NumberReading]) -> bool:
    """Whether the second reading is nearly as likely as the first."""
    return len(ranked) > 1 and ranked[1].cost - ranked[0].cost < CLOSE


def most_cells(text: str) -> int:
    """The most columns the text can fill when every blank counts."""
    tokens, trailing = _tokens(text)
    return sum(1 + max(0, token.gap_before - (at > 0)) for at, token in enumerate(tokens)) + max(
        0, trailing - 1
    )


def _layout_cost(reading: NumberReading) -> float:
    return reading.inferred * INFERRED + reading.noise * NOISE


def _tokens(text: str) -> tuple[tuple[_Token, ...], int]:
    tokens = []
    end = 0
    for match in _TOKEN.finditer(text):
        tokens.append(_Token(match[0], match.start() - end))
        end = match.end()
    return tuple(tokens), len(text) - end


def _split(tokens: tuple[_Token, ...], trailing: int, columns: int, signed: bool) -> Iterator[NumberReading]:
    """Every assignment of whole tokens to columns, in order, with the blanks it leaves unexplained."""
    if not tokens:
        yield NumberReading(("",) * columns)
        return
    for empty in range(columns):
        start = _with_empty(NumberReading(()), empty, tokens[0].gap_before)
        yield from _fill(start, tokens, trailing, columns, signed)


def _fill(
    so_far: NumberReading, tokens: tuple[_Token, ...], trailing: int, columns: int, signed: bool
) -> Iterator[NumberReading]:
    for length in range(1, len(tokens) + 1):
        cell = _cell(tokens[:length], signed)
        if cell is None:
            continue
        filled = replace(so_far, cells=(*so_far.cells, cell))
        rest = tokens[length:]
        left = columns - len(filled.cells)
        if not rest:
            # A line whose blanks were cut off at its end shows no empty cells there.
            yield _with_empty(filled, left, max(0, trailing - 1))
            continue
        for empty in range(left):
            yield from _fill(
                _with_empty(filled, empty, rest[0].gap_before - 1), rest, trailing, columns, signed
            )


def _with_empty(reading: NumberReading, empty: int, blanks: int) -> NumberReading:
    return replace(
        reading,
        cells=(*reading.cells, *("",) * empty),
        inferred=reading.inferred + max(0, empty - blanks),
        noise=reading.noise + max(0, blanks - empty),
    )


def _cell(tokens: tuple[_Token, ...], signed: bool) -> str | None:
    """The text of a cell of these tokens, None when they make no single number."""
    if any(token.gap_before != 1 for token in tokens[1:]):
        return None
    words = [token.text for token in tokens]
    digits = list(words)
    if signed and digits[0] in "+-":
        digits = digits[1:]
    if len(digits) > 1 and re.fullmatch(UNIT_WORD, digits[-1]):
        digits = digits[:-1]
    if words == ["-"] and not signed:
        return "-"
    return " ".join(words) if digits and _is_number(digits) else None


def _is_number(digits: list[str]) -> bool:
    if len(digits) == 1:
        return bool(_HEAD.fullmatch(digits[0]))
    groups = all(_THOUSANDS_GROUP.fullmatch(group) for group in digits[1:])
    return groups and bool(_THOUSANDS_HEAD.fullmatch(digits[0]))
