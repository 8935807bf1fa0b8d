"""The lines of minutes, each with what it marks: a meeting, a section, a case number, a label, or nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hytegraph.graph.markers import MARKER
from hytegraph.loaders.documents.blocks import CELL
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.kinds.minutes.heads import Head, case_number, head_of
from hytegraph.loaders.kinds.minutes.labels import NOTICE, Label, is_post, label_of

DECIDED = re.compile(
    r"(?:[\w-]+ ){1,5}?(?:päätti|hyväksyi|merkitsi|valitsi|totesi|beslutade|beslöt|godkände|antecknade)\b.*|"
    r"(?:(?:Päätös|Ehdotus|Päätösehdotus|Esitys) )?[Hh]yväksyttiin\b.*|Merkittiin tiedoksi\b.*|Päätettiin\b.*|"
    r"Enligt förslag(?:et)?\b.*|Förslaget godkändes\b.*|Godkändes\b.*|Antecknades\b.*",
    re.DOTALL,
)
_FURNITURE = re.compile(
    r"\s*(?:(?:(?:sivu|sida|s\.)\s*)?\d{1,4}\s*(?:[/(]\s*\d{1,4}\s*\)?)?|(?:sivu|sida)\s*\d+.{0,12}|"
    r"(?:edellinen|seuraava|föregående|nästa)\s+(?:asia|sivu|ärende|sida)|RSS-linkki|Kokousasiat:?|Tulosta|"
    r"[_=*–.…-]{3,}(?:\s+[_=*–.…-]{3,})*|Palaa.{0,30}|Skriv ut|"
    r"Till(?:baka)?.{0,20}ärendelistan|Näytä kaikki|Siirry sisältöön)\s*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"\s*[_.…]{5,}(?:\s+[_.…]{5,})*\s*")
_WIDE = 3
_LONGEST_TITLE = 300
_LONGEST_POST = 5
_ENDS_NO_TITLE = (".", ":", ";", ",", "!", "?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without its label; `starts`: a blank line or another block stands before it."""

    number: int
    text: str
    starts: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A line and what it marks; of `head`, `label` and `case` at most one is not None.

    `is_furniture`: a number of a page or a link to the next matter.
    """

    line: Line
    head: Head | None = None
    label: Label | None = None
    case: str | None = None
    is_furniture: bool = False

    @property
    def opens(self) -> bool:
        """Whether the line names a section of the minutes."""
        return bool(self.head and self.head.section)

    @property
    def is_meeting(self) -> bool:
        """Whether the line says only which body met, or when."""
        return bool(self.head and not self.head.section)

    @property
    def is_text(self) -> bool:
        """Whether the line marks nothing."""
        return self.head is None and self.label is None and self.case is None and not self.is_furniture

    @property
    def is_aside(self) -> bool:
        """Whether the line may stand between a heading and its title."""
        return self.is_meeting or self.case is not None or self.is_furniture


def marked_lines(document: SourceText) -> list[Marked]:
    """The lines of a document that are not blank, with plain spaces."""
    firsts = {placed.span.first for placed in document.placed}
    tabled = _lines_of_data(document)
    lines, blank = [], True
    for number, text in enumerate(document.lines, 1):
        if text.strip():
            lines.append(Line(number, text.replace("\u00a0", " "), blank or number in firsts))
        blank = not text.strip()
    marked: list[Marked] = []
    for at, line in enumerate(lines):
        follows = lines[at + 1] if at + 1 < len(lines) else None
        before = marked[-1] if marked else None
        marked.append(Marked(line) if line.number in tabled else _marked(line, before, follows))
    return marked


def _lines_of_data(document: SourceText) -> frozenset[int]:
    """The lines of tables of data, two rows of three cells or more; one that lays out a page has narrower rows."""
    cells = [placed for placed in document.placed if placed.block.kind == CELL]
    rows = Counter((placed.block.table, placed.block.row) for placed in cells)
    wide = Counter(table for (table, _), count in rows.items() if count >= _WIDE)
    return frozenset(
        number for placed in cells if wide[placed.block.table] > 1 for number in placed.span.numbers()
    )


def _marked(line: Line, before: Marked | None, follows: Line | None) -> Marked:
    if _signs(line, follows):
        return Marked(line, label=Label(NOTICE, line.text.strip(), ""))
    if _FURNITURE.fullmatch(line.text):
        return Marked(line, is_furniture=True)
    head = head_of(line.text)
    if head and _stands(head, line, before, follows):
        return Marked(line, head=head)
    if (number := case_number(line.text)) is not None:
        return Marked(line, case=number)
    return Marked(line, label=label_of(line.text))


def _signs(line: Line, follows: Line | None) -> bool:
    """Whether somebody signs on a line of underscores: a name or post stands below it, and no text of the matter."""
    if not follows or not _SIGNATURE.fullmatch(line.text) or head_of(follows.text) or label_of(follows.text):
        return False
    words = follows.text.split()
    is_name = len(words) <= _LONGEST_POST and words[0][0].isupper() and not words[-1].endswith((".", ":"))
    return bool(MARKER.search(follows.text)) or is_post(follows.text) or is_name


def _stands(head: Head, line: Line, before: Marked | None, follows: Line | None) -> bool:
    """Whether a line that reads like a heading also stands like one, and not within a sentence."""
    runs_on = bool(follows and not follows.starts and follows.text.strip()[0].islower())
    after_head = bool(before and before.head)
    if head.section:
        return (line.starts or not head.rest or after_head) and not (runs_on and not head.rest)
    if head.body and head.date:
        return line.starts or after_head
    if head.body or head.is_empty:
        completed = head_of(follows.text) if follows else None
        return bool(completed and not (completed.body and head.body)) and (line.starts or after_head)
    return after_head


def title_at(marked: Sequence[Marked], at: int) -> list[Line]:
    """The title of the section that the line at that place names: on its line, below or above it; [] for none."""
    head = marked[at].head
    if head and head.rest:
        line = marked[at].line
        first = Line(line.number, line.text[line.text.rindex(head.rest) :], starts=True)
        return [first, *_continued(marked, at + 1, head.rest)] if may_be_title([first]) else []
    below = at + 1
    while below < len(marked) and marked[below].is_aside:
        below += 1
    title = _paragraph(marked, below)
    return title if may_be_title(title) else _title_above(marked, at)


def _paragraph(marked: Sequence[Marked], at: int) -> list[Line]:
    lines: list[Line] = []
    while at < len(marked) and marked[at].is_text and (not lines or not marked[at].line.starts):
        lines.append(marked[at].line)
        at += 1
    return lines


def _continued(marked: Sequence[Marked], at: int, title: str) -> list[Line]:
    """The lines on which a title that begins on its heading's line goes on."""
    lines: list[Line] = []
    for found in marked[at:]:
        text = found.line.text.strip()
        goes_on = text[0].islower() or title.endswith(("-", "–", ",", "/"))
        if found.line.starts or not found.is_text or not goes_on:
            break
        lines.append(found.line)
        title = text
    return lines


def _title_above(marked: Sequence[Marked], at: int) -> list[Line]:
    above = at - 1
    while above >= 0 and marked[above].is_aside:
        above -= 1
    lines: list[Line] = []
    while above >= 0 and marked[above].is_text:
        lines.insert(0, marked[above].line)
        above -= 1
        if lines[0].starts:
            break
    follows_label = above >= 0 and marked[above].label is not None
    is_whole = bool(lines) and lines[0].starts and not follows_label
    return lines if is_whole and may_be_title(lines) else []


def may_be_title(lines: Sequence[Line]) -> bool:
    """Whether the lines read like the title of a matter: no sentence, no name, not too long."""
    words = " ".join(line.text.strip() for line in lines)
    if not 3 <= len(words) <= _LONGEST_TITLE or words.endswith(_ENDS_NO_TITLE):
        return False
    starts_well = words[0].isupper() or words[0] in "\"”'0123456789"
    is_person = is_post(words) and len(words.split()) <= _LONGEST_POST
    return starts_well and not is_person and not MARKER.search(words) and not DECIDED.fullmatch(words)
