"""Runs of lines of a document, and how tables write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LINE_RANGE = re.compile(r"L(\d+)(?:-L(\d+))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of lines, first and last counted from 1 and both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"L{self.first}" if self.first == self.last else f"L{self.first}-L{self.last}"

    def numbers(self) -> range:
        """The line numbers of the span."""
        return range(self.first, self.last + 1)


def parse_spans(text: str) -> tuple[Span, ...]:
    """The spans written in text as `L12-L14 L20`; raises ValueError for anything else."""
    spans = []
    for part in text.split():
        match = LINE_RANGE.fullmatch(part)
        if not match:
            raise ValueError(f"'{part}' is not a line range such as L12 or L12-L14")
        span = Span(int(match[1]), int(match[2] or match[1]))
        if span.first < 1 or span.last < span.first:
            raise ValueError(f"'{part}' does not run forward from line 1 on")
        spans.append(span)
    return tuple(spans)


def format_spans(spans: Iterable[Span]) -> str:
    """The spans as written in tables: `L12-L14 L20`."""
    return " ".join(str(span) for span in spans)


def spans_of(numbers: Iterable[int]) -> tuple[Span, ...]:
    """The fewest spans that hold exactly the given line numbers."""
    spans: list[Span] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1].last + 1 == number:
            spans[-1] = Span(spans[-1].first, number)
        else:
            spans.append(Span(number, number))
    return tuple(spans)
