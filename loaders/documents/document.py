"""A source document as numbered lines with checksums."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import DocumentError
from hytegraph.graph.text_files import decode, normalise

# A paragraph that a converter left on one line has some thousand characters; a line of this length is no text.
LONGEST_LINE = 100_000
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


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document: its name and its lines, trailing blanks kept (they carry information).

    `published_sha256` is the checksum of the file as it was found, `sha256` that of the text as it is kept: the two
    differ where the file has other line ends, another encoding or personal data.
    """

    name: str
    lines: tuple[str, ...]
    published_sha256: str
    ends_with_newline: bool = True

    @property
    def text(self) -> str:
        """The whole text as the folder keeps it."""
        return "\n".join(self.lines) + ("\n" if self.ends_with_newline else "")

    @property
    def sha256(self) -> str:
        """The checksum of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def line(self, number: int) -> str:
        """The line of that number, from 1."""
        return self.lines[number - 1]

    def slice(self, spans: Sequence[Span]) -> list[str]:
        """The lines of the spans in order."""
        return [self.lines[number - 1] for span in spans for number in span.numbers()]

    def non_blank(self) -> frozenset[int]:
        """The numbers of the lines that hold more than white space."""
        return frozenset(number for number, line in enumerate(self.lines, 1) if line.strip())

    def with_lines(self, lines: Sequence[str]) -> "SourceText":
        """The same document with other words on the same lines."""
        return replace(self, lines=tuple(lines))


def read_document(path: Path) -> SourceText:
    """Read a text document.

    Raises DocumentError when it is missing, empty, binary, in an unknown encoding, or has a control character or a line
    that is no line of text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, error.strerror or "cannot be read") from error
    try:
        text = normalise(decode(data)[0])
    except ValueError as error:
        raise DocumentError(path, str(error)) from error
    if not text.strip():
        raise DocumentError(path, "the file is empty")
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    if len(lines[longest]) > LONGEST_LINE:
        reason = f"line {longest + 1} has {len(lines[longest])} characters; a line may have {LONGEST_LINE}"
        raise DocumentError(path, reason)
    closed = lines[-1] == ""
    return SourceText(
        path.stem, tuple(lines[:-1] if closed else lines), hashlib.sha256(data).hexdigest(), closed
    )
