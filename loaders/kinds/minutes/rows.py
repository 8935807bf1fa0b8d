"""The table rows of the handlings that minutes tell of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hytegraph.graph.markers import MARKER
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span, format_spans
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.identity.references import Reference
from hytegraph.loaders.kinds.minutes.cited import (
    is_attachment,
    lists_projects,
    write_aims,
    write_citations,
    write_projects,
)
from hytegraph.loaders.kinds.minutes.handlings import Handling, Minutes, Part
from hytegraph.loaders.kinds.minutes.labels import (
    ATTACHMENTS,
    DECISION,
    NOTICE,
    PEOPLE,
    PRESENTED,
    PROPOSAL,
)
from hytegraph.loaders.kinds.minutes.marks import Line
from hytegraph.loaders.kinds.minutes.people import posts_in, speaker_of
from hytegraph.loaders.row_writer import Paragraph, RowWriter

SAME_MATTER = "Otsikko on saman asian edellisestä käsittelystä: otteessa sillä ei ole omaa."
CITED_DAY = "Päivä on virkkeestä, joka viittaa käsittelyyn: käsittelyn otsikossa sitä ei ole."
NO_DAY = "Käsittelyn päivää ei ole asiakirjassa."
NOT_PRINTED = "Toimielimen nimi on lyhenteen {} tavallinen merkitys: asiakirjassa on vain lyhenne."


class HandlingWriter:
    """Writes the rows of a document's handlings."""

    def __init__(self, document: SourceText, cleaner: Cleaner) -> None:
        self.rows = RowWriter(document, cleaner)
        self._document = document
        self._cleaner = cleaner
        self._printed: frozenset[str] = frozenset()

    def write(self, minutes: Minutes) -> None:
        """Write all handlings, and passages for what belongs to none."""
        self._printed = minutes.printed
        for handling in minutes.handlings:
            self._write(handling)
        named = {number for handling in minutes.handlings for number in handling.heading}
        for number in minutes.furniture:
            if number not in named:
                self._heading([number])
        for line in minutes.before:
            self._passage(line)

    def _write(self, handling: Handling) -> None:
        self._heading(handling.heading)
        for part in handling.parts:
            self._label(part)
        texts = self._text(handling, PROPOSAL) | self._text(handling, DECISION)
        posts = self._posts(handling)
        cites = self._prose(handling)
        for kind in (PROPOSAL, DECISION):
            cites += self._cited_in(handling, kind)
        if not handling.date or handling.is_empty:
            self._title_only(handling)
            return
        notes = [
            CITED_DAY if handling.is_cited_day else "",
            SAME_MATTER if handling.shares_title and not handling.is_lent else "",
            "" if handling.body.is_printed else NOT_PRINTED.format(handling.short),
        ]
        note = " ".join(filter(None, notes))
        cells = {
            "body": handling.body.name,
            "date": handling.date,
            "section": handling.section,
            "caseNumber": handling.case,
            "heading_lines": self._spans([*handling.heading, *self._lines_with(handling)]),
            **self._title(handling),
            **posts,
            **texts,
            "cites": SEPARATOR.join(words for words, _ in cites),
            "cites_lines": " ".join(lines for _, lines in cites),
        }
        first = [handling.line, *(line.number for line in handling.title if not handling.shares_title)]
        self.rows.add("decisions", min(first), cells, note, sure=not note)

    def _lines_with(self, handling: Handling) -> list[int]:
        """A line that has the body's full name, where the heading has but its abbreviation."""
        if not handling.short or not handling.body.is_printed or handling.body.name == handling.short:
            return []
        name = handling.body.name.casefold()
        numbers = (at for at, line in enumerate(self._document.lines, 1) if name in line.casefold())
        first = next(numbers, 0)
        heading = " ".join(self._document.line(number) for number in handling.heading).casefold()
        return [first] if first and name not in heading else []

    def _title(self, handling: Handling) -> dict[str, str]:
        if not handling.title:
            return {}
        return {
            "title": self._cleaner.clean(self._raw(handling.title)),
            "title_lines": self._spans([line.number for line in handling.title]),
        }

    def _title_only(self, handling: Handling) -> None:
        """Passages for a handling that is no row: it has no text, or its day is nowhere."""
        if handling.title and not handling.shares_title:
            self._heading([line.number for line in handling.title], "" if handling.is_empty else NO_DAY)
        for line in (*handling.lines(PROPOSAL), *handling.lines(DECISION)):
            self._narrative([line])

    def _heading(self, numbers: Sequence[int], note: str = "") -> None:
        for span in self._runs(numbers):
            self.rows.passage("heading", self.rows.paragraph([span.first, span.last]), note)

    def _label(self, part: Part) -> None:
        """A passage for a label that has a line of its own, and for the lines that name people or where to turn."""
        own = not any(line.number == part.label_line for line in part.lines)
        if part.label_line and (own or part.kind not in (*PEOPLE, NOTICE)):
            cells = {"kind": "heading", "text": part.word, "lines": f"L{part.label_line}"}
            self.rows.add("passages", part.label_line, cells)
        if part.kind in PEOPLE or part.kind == NOTICE:
            for line in part.lines:
                self._passage(line)

    def _passage(self, line: Line) -> None:
        kind = "personalData" if MARKER.search(line.text) else "heading"
        self.rows.passage(kind, self.rows.paragraph([line.number]))

    def _posts(self, handling: Handling) -> dict[str, str]:
        """The posts that prepared and presented the matter."""
        found: dict[str, list[tuple[str, int]]] = {}
        for part in handling.parts:
            for line in part.lines if part.kind in PEOPLE else ():
                found.setdefault(part.kind, []).extend((post, line.number) for post in posts_in(line.text))
        for line in handling.lines(PROPOSAL)[:1]:
            post, has_name, _ = speaker_of(line.text)
            if post and PRESENTED not in found:
                found[PRESENTED] = [(post, line.number)]
                if has_name:
                    self._passage(line)
        cells = {}
        for column in ("preparedBy", "presentedBy"):
            posts = dict(found.get(column, ()))
            cells[column] = SEPARATOR.join(posts)
            cells[f"{column}_lines"] = format_spans(self._runs(posts.values()))
        return {name: cell for name, cell in cells.items() if cell}

    def _text(self, handling: Handling, kind: str) -> dict[str, str]:
        lines = self._spoken(handling, kind)
        if not lines:
            return {}
        text = self._cleaner.clean(self._raw(lines))
        return {kind: text, f"{kind}_lines": self._spans([line.number for line in lines])}

    def _spoken(self, handling: Handling, kind: str) -> list[Line]:
        """The lines of a proposal or decision, without the post of who made it."""
        lines = handling.lines(kind)
        if kind == PROPOSAL and lines:
            post, _, rest = speaker_of(lines[0].text)
            lines = [replace(lines[0], text=rest), *lines[1:]] if post else lines
        return [line for line in lines if line.text.strip()]

    def _raw(self, lines: Iterable[Line]) -> list[str]:
        """The words of lines as the document has them, with the blanks that the cleaner reads."""
        return [line.text for line in lines]

    def _prose(self, handling: Handling) -> list[tuple[str, str]]:
        """Prose, projects and losses of the other parts; the decisions they cite."""
        cited: list[tuple[str, str]] = []
        introduction = ""
        for part in handling.parts:
            if part.kind in PEOPLE or part.kind in (PROPOSAL, DECISION, NOTICE):
                continue
            for group in _paragraphs(part.lines, each=part.kind == ATTACHMENTS):
                paragraph = self._cleaner.clean(self._raw(group))
                if introduction:
                    write_projects(self.rows, [(line.number, line.text) for line in group], introduction)
                elif part.kind == ATTACHMENTS or is_attachment(paragraph):
                    lines = self._spans([line.number for line in group])
                    cells = {"kind": "attachment", "text": paragraph, "lines": lines}
                    self.rows.add("losses", group[0].number, cells)
                else:
                    self._narrative(group)
                    whole = self.rows.paragraph([line.number for line in group])
                    cited += self._cited(handling, whole)
                    write_aims(self.rows, whole)
                introduction = paragraph if lists_projects(paragraph) else ""
        return cited

    def _cited_in(self, handling: Handling, kind: str) -> list[tuple[str, str]]:
        return [
            cite
            for group in _paragraphs(self._spoken(handling, kind))
            for cite in self._cited(handling, self.rows.paragraph([line.number for line in group]))
        ]

    def _cited(self, handling: Handling, paragraph: Paragraph) -> list[tuple[str, str]]:
        day = date.fromisoformat(handling.date) if handling.date else date.min
        own = Reference(handling.body.name, day, handling.section)
        return write_citations(self.rows, paragraph, own, self._printed)

    def _narrative(self, lines: Sequence[Line]) -> None:
        cells = {
            "text": self._cleaner.clean(self._raw(lines)),
            "lines": self._spans([x.number for x in lines]),
        }
        self.rows.add("narratives", lines[0].number, cells)

    def _spans(self, numbers: Iterable[int]) -> str:
        return format_spans(self._runs(numbers))

    def _runs(self, numbers: Iterable[int]) -> list[Span]:
        """The runs of lines, blank lines between them included."""
        ordered = sorted(set(numbers))
        runs = [Span(number, number) for number in ordered[:1]]
        for before, number in pairwise(ordered):
            between = range(before + 1, number)
            if any(self._document.line(other).strip() for other in between):
                runs.append(Span(number, number))
            else:
                runs[-1] = Span(runs[-1].first, number)
        return runs


def _paragraphs(lines: Sequence[Line], *, each: bool = False) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and (each or line.starts or line.number - group[-1].number > 1):
            yield group
            group = []
        group.append(line)
    if group:
        yield group
