"""The words of a cell, each with its lines: what a list, a cell of parties or a joined cell consists of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner

_SIGN = re.compile(r"^\s*(?:[•◦▪‣·●○■□♦➢➤►✓✔→⁃*\uf0b7\uf0a7]\s*|[-–—+>o]\s+)(?=\S)")
_STRONG_SIGN = re.compile(r"^\s*[•◦▪‣●■➢➤►\uf0b7\uf0a7]\s*(?=\S)")
_ORDINAL = re.compile(r"^\s*(?:(\d{1,2})|[a-zåäö])[.)]\s+(?=\S)")
_NUMBER = re.compile(
    r"^\s*((?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|[A-ZÅÄÖ]\.?\d{1,2}(?:\.\d{1,2})*\.?|[A-Z][.)]))\s+(?=\S)"
)
_DATE = re.compile(r"^\s*\d{1,2}\.\d{1,2}\.(?:\d{4})?")
_EMPTY = re.compile(r"\s*[-–—]?\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """Clean words and the lines that they stand on."""

    text: str
    lines: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first of the lines."""
        return self.lines[0]

    @property
    def spans(self) -> str:
        """The lines as tables write them."""
        return format_spans(spans_of(self.lines))


def joined(words: Iterable[Words]) -> tuple[str, str]:
    """A cell of several values and the lines of all; equal values stand once."""
    words = tuple(words)
    texts = dict.fromkeys(piece.text for piece in words if piece.text)
    return SEPARATOR.join(texts), format_spans(spans_of(line for piece in words for line in piece.lines))


class CellReader:
    """Reads cells of one document into words."""

    def __init__(self, cleaner: Cleaner) -> None:
        self._cleaner = cleaner

    def numbered_lines(self, cell: Placed) -> list[tuple[int, str]]:
        """The lines of a cell that hold something, by number; not those of a colour only."""
        lines = cell.block.text.split("\n")
        if lines == [f"[#{cell.block.fill}]"]:
            return []
        return [(number, line) for number, line in enumerate(lines, cell.span.first) if line.strip()]

    def words(self, numbered: Sequence[tuple[int, str]]) -> Words | None:
        """The lines as one text; None where there is nothing but a dash."""
        text = self._cleaner.unwrap(line for _, line in numbered)
        return None if _EMPTY.fullmatch(text) else Words(text, tuple(number for number, _ in numbered))

    def whole(self, cell: Placed) -> list[Words]:
        """The words of a cell as one value."""
        words = self.words(self.numbered_lines(cell))
        return [words] if words else []

    def items(self, cell: Placed, *, wrapped: bool, capitals: bool = False) -> list[Words]:
        """The items of a list in a cell; the whole cell where it is none.

        `wrapped`: the form breaks lines where the column ends. `capitals`: even then a line that begins with a capital
        begins an item, as in a column of short names.
        """
        numbered = self.numbered_lines(cell)
        groups = list(_grouped(numbered, wrapped=wrapped, capitals=capitals))
        items = (self.words(group) for group in groups)
        return [item for item in items if item]

    def parties(self, cell: Placed, known: frozenset[str] = frozenset()) -> list[Words]:
        """The parties that a cell names, each by itself."""
        numbered = self.numbered_lines(cell)
        groups = _by_capitals([(number, _without_sign(line)) for number, line in numbered])
        found = [words for words in map(self.words, groups) if words]
        return [party for words in found for party in split_parties(words, known)]


def _without_sign(line: str) -> str:
    return _SIGN.sub("", line, count=1)


def _grouped(
    numbered: Sequence[tuple[int, str]], *, wrapped: bool, capitals: bool
) -> Iterator[list[tuple[int, str]]]:
    """The lines of each item, without its sign."""
    if not numbered:
        return
    sign = _sign_of([line for _, line in numbered])
    if sign is None:
        if wrapped and capitals:
            yield from _by_capitals(numbered)
        elif not wrapped and _is_list_of_lines([line for _, line in numbered]):
            yield from ([each] for each in numbered)
        else:
            yield list(numbered)
        return
    group: list[tuple[int, str]] = []
    for number, line in numbered:
        if sign.match(line):
            if group:
                yield group
            group = []
        group.append((number, sign.sub("", line, count=1)))
    yield group


def _sign_of(lines: Sequence[str]) -> re.Pattern[str] | None:
    """The sign that begins the items of a list; a line without it goes on with the item above."""
    if any(map(_STRONG_SIGN.match, lines)):
        return _SIGN if _SIGN.match(lines[0]) else _STRONG_SIGN
    if _SIGN.match(lines[0]):
        return _SIGN
    numbers = [match for match in map(_ORDINAL.match, lines) if match]
    if len(numbers) > 1 and _ORDINAL.match(lines[0]) and not any(map(_DATE.match, lines)):
        return _ORDINAL
    return None


def _is_list_of_lines(lines: Sequence[str]) -> bool:
    """Whether each line, in a form that does not wrap lines, begins like a sentence and none goes on."""
    return len(lines) > 1 and all(
        line.lstrip()[0].isupper() and not line.rstrip().endswith((",", "-", ":", "–")) for line in lines
    )


def _by_capitals(numbered: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The lines of each name; a line that begins small, or after a hyphen or conjunction, goes on."""
    group: list[tuple[int, str]] = []
    for number, line in numbered:
        if group and not _goes_on(group[-1][1], line, "".join(text for _, text in group)):
            yield group
            group = []
        group.append((number, line))
    if group:
        yield group


def _goes_on(before: str, line: str, text: str) -> bool:
    begins, ends = line.lstrip(), before.rstrip()
    if text.count("(") > text.count(")"):
        return True
    return not begins[0].isupper() or ends.endswith(("-", "\u00ad", " ja", " och", " sekä", "/", ","))


_BETWEEN = re.compile(r"\s*[,;]\s*|\s*/\s*|\s*\n\s*|\s+[–•]\s+")
_AND = re.compile(r"\s+(?:ja|sekä|och|samt)\s+")


def split_parties(words: Words, known: frozenset[str]) -> Iterator[Words]:
    """Each party of a text, at commas, semicolons and slashes outside brackets; at "ja" between known ones only."""
    for part in _outside_brackets(words.text.rstrip(" .;,"), _BETWEEN):
        if "-" in (part[-1:], part[:1]):
            yield replace(words, text=part)
            continue
        halves = _outside_brackets(part, _AND)
        if len(halves) > 1 and all(half.casefold() in known for half in halves):
            yield from (replace(words, text=half) for half in halves)
        else:
            yield replace(words, text=part)


def _outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    parts, start = [], 0
    for match in separator.finditer(text):
        before = text[: match.start()]
        if before.count("(") > before.count(")") or text[match.start() - 1 : match.start()] == "-":
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def split_number(words: Words) -> tuple[str, Words]:
    """The number printed before a text, without its full stop, and the text without it; '' where there is none."""
    match = None if _DATE.match(words.text) else _NUMBER.match(words.text)
    if not match:
        return "", words
    return match[1].rstrip(".)"), replace(words, text=words.text[match.end() :])
