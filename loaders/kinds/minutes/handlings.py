"""The handlings of matters in minutes: each has a body, a date, a section, a title and labelled parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hytegraph.loaders.documents.bodies import BODY, BodyName, abbreviates, full_name, plain_name
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.kinds.minutes.cited import cited_in
from hytegraph.loaders.kinds.minutes.heads import Head
from hytegraph.loaders.kinds.minutes.labels import (
    ATTACHMENTS,
    DECISION,
    PEOPLE,
    PREPARED,
    PRESENTED,
    PROPOSAL,
    REASONS,
)
from hytegraph.loaders.kinds.minutes.marks import DECIDED, Line, Marked, marked_lines, title_at
from hytegraph.loaders.kinds.minutes.people import introduces, names_people
from hytegraph.loaders.row_writer import iso_date

# Lines below a section within which its body and day are looked for.
_NEAR = 4
_ANY_BODY = re.compile(BODY)


@dataclass(slots=True)
class Part:
    """A run of lines under one label; `label_line` is 0 where the part has no label of its own."""

    kind: str
    word: str = ""
    label_line: int = 0
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Handling:
    """The handling of a matter by a body; `short` is the abbreviation of the body that the document prints.

    `shares_title`: the title is that of the matter's handling before. `is_lent`: that title heads the page of all
    handlings of the matter. `heading` are the lines that say body, date, section and case number; `line` is the one
    with the section. `is_cited_day`: the date is that of a sentence which cites the handling.
    """

    body: BodyName
    date: str
    section: str
    heading: list[int]
    line: int
    short: str = ""
    title: list[Line] = field(default_factory=list)
    shares_title: bool = False
    is_lent: bool = False
    case: str = ""
    case_line: int = 0
    is_cited_day: bool = False
    parts: list[Part] = field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether a proposal or a decision stands in it."""
        return bool(self.lines(PROPOSAL) or self.lines(DECISION))

    @property
    def is_empty(self) -> bool:
        """Whether nothing but heading, title and case number stands in it."""
        return not self.parts

    def lines(self, kind: str) -> list[Line]:
        """The lines of the parts of that kind, in order."""
        return [line for part in self.parts if part.kind == kind for line in part.lines]


@dataclass(slots=True)
class Minutes:
    """The handlings of a document in their order, and the lines that belong to none of them.

    `furniture` are headings that are printed again, `before` is what stands before the first handling, `printed` are
    the bodies named in full.
    """

    handlings: list[Handling] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    printed: frozenset[str] = frozenset()


def read_minutes(document: SourceText) -> Minutes:
    """The handlings that a document tells of."""
    splitter = _Splitter(marked_lines(document))
    splitter.split()
    return splitter.minutes


class _Splitter:
    def __init__(self, marked: Sequence[Marked]) -> None:
        self.minutes = Minutes()
        self._marked = marked
        self._printed = frozenset(
            plain_name(match[0]) for found in marked for match in _ANY_BODY.finditer(found.line.text)
        )
        self.minutes.printed = self._printed
        # The body and the day of the meeting, each with the line that says it.
        self._body: tuple[str, int] = ("", 0)
        self._date: tuple[str, int] = ("", 0)
        self._current: Handling | None = None
        self._titles: set[int] = set()

    def split(self) -> None:
        """Read all lines."""
        titles: dict[int, list[Line]] = {}
        for at, found in enumerate(self._marked):
            title = title_at(self._marked, at) if found.opens else []
            if not self._titles.intersection(line.number for line in title):
                titles[at] = title
                self._titles.update(line.number for line in title)
        for at, found in enumerate(self._marked):
            if found.is_furniture:
                self.minutes.furniture.append(found.line.number)
            elif found.head and found.head.section:
                self._body = self._body if self._body[0] else self._body_below(at)
                self._open(found.line, found.head, titles.get(at, []))
            elif found.head:
                self._meet(found.line, found.head)
            elif found.line.number not in self._titles:
                self._read(found)
        for handling in self.minutes.handlings:
            name_people(handling)
            if not handling.date:
                handling.date = self._cited_day(handling)
                handling.is_cited_day = bool(handling.date)

    def _cited_day(self, handling: Handling) -> str:
        """The day that a sentence of the document gives the handling, where it gives one only."""
        text = " ".join(found.line.text.strip() for found in self._marked)
        days = {
            iso_date(day)
            for day, section, body in cited_in(text)
            if section == handling.section and body == handling.body.name
        }
        return days.pop() if len(days) == 1 else ""

    def _meet(self, line: Line, head: Head) -> None:
        """A line that says which body meets, or when."""
        if head.body:
            self._body = (head.body, line.number)
        if head.date:
            self._date = (head.date, line.number)
        current = self._current
        if current and current.is_empty and not current.date and head.date:
            current.date = head.date
            current.heading.append(line.number)
        else:
            self.minutes.furniture.append(line.number)

    def _body_below(self, at: int) -> tuple[str, int]:
        """The body that a line soon after the section's names, where none has been named."""
        for found in self._marked[at + 1 : at + 1 + _NEAR]:
            if found.head and found.head.body and found.head.date:
                return found.head.body, found.line.number
        return "", 0

    def _open(self, line: Line, head: Head, title: list[Line]) -> None:
        if not head.body and not self._body[0]:
            self._read(Marked(line))
            return
        handling = self._new(line, head, title)
        earlier = self._same(handling)
        if earlier and (earlier is self._current or earlier.decides) and not _is_other(earlier.title, title):
            (earlier.heading if earlier.is_empty else self.minutes.furniture).append(line.number)
            if earlier.parts and not earlier.decides:
                earlier.parts.append(Part(REASONS))
            self._current = earlier
            return
        if earlier and not earlier.decides:
            self._merge(earlier, handling)
        before = self._current
        if not handling.title and before:
            handling.title, handling.shares_title = before.title, bool(before.title)
            handling.is_lent = before.is_lent or not before.decides
            if handling.is_lent and before.case:
                handling.case, handling.case_line = before.case, before.case_line
                handling.heading = sorted({before.case_line, *handling.heading})
        self.minutes.handlings.append(handling)
        self._current = handling

    def _new(self, line: Line, head: Head, title: list[Line]) -> Handling:
        body = BodyName(head.body or self._body[0])
        if head.is_short:
            body = full_name(head.body, self._printed)
        needed = [line.number]
        day = head.date
        if not day and body.name == self._body[0]:
            day = self._date[0]
            needed.append(self._date[1])
        if not head.body:
            needed.append(self._body[1])
        heading = sorted({number for number in needed if number})
        return Handling(
            body, day, head.section, heading, line.number, head.body if head.is_short else "", title
        )

    def _same(self, handling: Handling) -> Handling | None:
        """The earlier handling that the heading names again."""
        for earlier in reversed(self.minutes.handlings):
            same_day = not handling.date or earlier.date == handling.date
            short = handling.short and abbreviates(handling.short, earlier.body.name)
            if earlier.section == handling.section and same_day and (earlier.body == handling.body or short):
                return earlier
        return None

    def _merge(self, earlier: Handling, handling: Handling) -> None:
        """Let a handling have what an earlier heading of the same one said."""
        handling.body, handling.date = earlier.body, earlier.date or handling.date
        handling.case, handling.case_line = earlier.case, earlier.case_line
        handling.parts = [*earlier.parts, Part(REASONS)] if earlier.parts else []
        if handling.title and earlier.is_empty:
            self.minutes.furniture += earlier.heading
        else:
            handling.heading = sorted({*earlier.heading, *handling.heading})
        handling.title = handling.title or earlier.title
        self.minutes.handlings.remove(earlier)

    def _read(self, found: Marked) -> None:
        """A line that is neither heading nor title."""
        current, line, label = self._current, found.line, found.label
        if current is None:
            self.minutes.before.append(line)
        elif found.case is not None and current.is_empty and (not current.case or current.case == found.case):
            current.case, current.case_line = found.case, line.number
            current.heading.append(line.number)
        elif label:
            rest = [replace(line, text=line.text[len(line.text) - len(label.rest) :])]
            current.parts.append(
                Part(label.kind, label.word, line.number, rest if label.rest.strip() else [])
            )
        else:
            _add(current, line)


def _is_other(title: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether a heading has a title of its own that is not the one its handling has."""
    words, others = (" ".join(line.text.strip() for line in lines) for lines in (title, other))
    return bool(others) and words != others


def name_people(handling: Handling) -> None:
    """Give the lines with a post and a removed name that stand without a label the part they are of.

    What begins the prose names who prepared it; what stands directly before the proposal, who made that.
    """
    parts: list[Part] = []
    for at, part in enumerate(handling.parts):
        follows = handling.parts[at + 1].kind if at + 1 < len(handling.parts) else ""
        if part.kind not in (REASONS, ATTACHMENTS):
            parts.append(part)
            continue
        kept = replace(part, lines=[])
        parts.append(kept)
        for place, line in enumerate(part.lines):
            begins = place == 0 and not part.label_line
            ends = follows == PROPOSAL and place == len(part.lines) - 1
            if introduces(line.text) and (begins or ends or line.text.rstrip().endswith(":")):
                kept = Part(REASONS)
                parts += [Part(PRESENTED if ends else PREPARED, lines=[line]), kept]
            else:
                kept.lines.append(line)
    handling.parts = [part for part in parts if part.lines or part.label_line]


def _add(handling: Handling, line: Line) -> None:
    """Add a line to the part it goes on with."""
    part = handling.parts[-1] if handling.parts else None
    if part is None:
        part = Part(REASONS)
        handling.parts.append(part)
    elif part.kind in PEOPLE and not names_people(line.text, is_first=not part.lines):
        # What follows the names goes on with the part that they interrupt.
        before = [found.kind for found in handling.parts if found.kind not in PEOPLE]
        part = Part(before[-1] if before else REASONS)
        handling.parts.append(part)
    elif part.kind == PROPOSAL and part.lines and line.starts and DECIDED.fullmatch(line.text.strip()):
        part = Part(DECISION)
        handling.parts.append(part)
    part.lines.append(line)
