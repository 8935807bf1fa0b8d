"""Reads an annual action plan: per aim a table of goals, measures and responsible units, flattened to lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hytegraph.graph.finnish.forms import is_finite_verb
from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import Span, format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of
from hytegraph.loaders.kinds.responsible_units import is_parties, parties_at_end, parties_in
from hytegraph.loaders.row_writer import Paragraph, RowWriter

_HEADER = re.compile(r"\s*Tavoite\b.*\btoimenpi.*\bvastaa\b.*", re.IGNORECASE)
_HEADER_LINES = 4
_AIM = re.compile(r"\s*Strateginen\s+päämäärä\s*:\s*(\S.*?)\s*", re.IGNORECASE)
# A capital after a word in lower case, outside a sentence's beginning: there the next cell begins.
_SEAM = re.compile(r"(?<=[^\W\dA-ZÄÖÅ])\s+(?=[A-ZÄÖÅ])")
_SENTENCE_END = re.compile(r"(?<=[^\W\d]{2}\.)\s+(?=[A-ZÄÖÅ])")
SEAM_UNSURE = "Tavoitteen ja toimenpiteen raja samalla rivillä on päätelty isosta alkukirjaimesta."
SENTENCES_UNSURE = "Kappaleessa on kaksi virkettä: toinen voi olla toimenpide tai selitys edelliseen."


@dataclass(frozen=True, slots=True)
class _CellText:
    """A cell's worth of words on given lines."""

    text: str
    first: int
    last: int

    @property
    def lines(self) -> str:
        return str(Span(self.first, self.last))


@dataclass(frozen=True, slots=True)
class _PrintedTableRow:
    """One row of the printed table."""

    goal: _CellText
    measures: tuple[_CellText, ...]
    parties: tuple[_CellText, ...]
    note: str


def matches(document: SourceText) -> bool:
    """Whether there are aims and tables of goals, measures and who is responsible."""
    return any(map(_HEADER.fullmatch, document.lines)) and any(map(_AIM.fullmatch, document.lines))


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Aims, goals, and one line per measure with the goal and the responsible units of its row."""
    reader = _PlanReader(document, cleaner)
    reader.read()
    return Extraction(reader.title, year_range(reader.title), tables_of(reader.writer.rows))


ACTION_PLAN = Kind(
    "action-plan",
    "toimenpideohjelma",
    HYTE.actionPlan,
    matches,
    extract,
    orders_goals=True,
    itemises_measures=True,
)


class _PlanReader:
    def __init__(self, document: SourceText, cleaner: Cleaner) -> None:
        self.writer = RowWriter(document, cleaner)
        self.title = ""
        self._document = document
        self._cleaner = cleaner
        self._numbers = sorted(document.non_blank())

    def read(self) -> None:
        """Read the title, then table after table; an aim's heading stands after its table, or before it."""
        headers = [number for number in self._numbers if _HEADER.fullmatch(self._document.line(number))]
        before = [number for number in self._numbers if number < headers[0]]
        aim = self._outside(before, titled=True)
        heads_first = bool(aim)
        for start, end in zip(headers, [*headers[1:], len(self._document.lines) + 1], strict=True):
            body = [number for number in self._numbers if start <= number < end]
            cut = next((at for at, number in enumerate(body) if self._aim(number)), len(body))
            found = self._outside(body[cut:], titled=False)
            self._table(body[:cut], aim if heads_first else found)
            aim = found

    def _aim(self, number: int) -> str:
        match = _AIM.fullmatch(self._document.line(number))
        return match[1] if match else ""

    def _outside(self, numbers: Sequence[int], *, titled: bool) -> str:
        """Title, aims and instructions on lines outside tables; the aim named there."""
        aim = next(filter(None, map(self._aim, numbers)), "")
        rest = [number for number in numbers if not self._aim(number)]
        for number in numbers:
            if self._aim(number):
                self.writer.add("aims", number, {"aim": self._aim(number), "lines": f"L{number}"})
                self.writer.passage("heading", self.writer.paragraph([number]))
        if rest:
            paragraph = self.writer.paragraph(rest)
            self.title = self.title or paragraph.text
            self.writer.passage("heading" if titled else "instruction", paragraph)
        return aim

    def _table(self, numbers: Sequence[int], aim: str) -> None:
        ends = [self._document.line(number).rstrip().endswith("?") for number in numbers[:_HEADER_LINES]]
        cut = ends.index(True) if True in ends else 0
        self.writer.passage("tableHeader", self.writer.paragraph(numbers[: cut + 1]))
        for row in self._rows(self._pieces(numbers[cut + 1 :])):
            self._write(row, aim)

    def _pieces(self, numbers: Sequence[int]) -> list[_CellText]:
        """Lines joined where a line goes on: a trailing blank, a hyphen, or a small letter at the next start."""
        groups: list[list[int]] = []
        for number in numbers:
            if groups and self._goes_on(groups[-1], number):
                groups[-1].append(number)
            else:
                groups.append([number])
        paragraphs = [self.writer.paragraph(group) for group in groups]
        return [piece for paragraph in paragraphs for piece in self._without_parties(paragraph)]

    def _goes_on(self, group: Sequence[int], number: int) -> bool:
        before, line = self._document.line(group[-1]), self._document.line(number)
        if is_parties(line) and is_parties(self.writer.paragraph(group).text):
            return False
        return before[-1].isspace() or before[-1] == "-" or line[0].islower() or line[0] in "–-("

    def _without_parties(self, paragraph: Paragraph) -> list[_CellText]:
        first, last = paragraph.span.first, paragraph.span.last
        last_line = self._cleaner.clean([self._document.line(last)])
        parties = "" if is_parties(paragraph.text) else parties_at_end(last_line)
        if not parties:
            return [_CellText(paragraph.text, first, last)]
        return [
            _CellText(paragraph.text.removesuffix(parties).strip(), first, last),
            _CellText(parties, last, last),
        ]

    def _rows(self, pieces: Sequence[_CellText]) -> Iterator[_PrintedTableRow]:
        """The rows of a table: the first words are the goal, a measure may share its last line."""
        groups = list(_groups(pieces))
        width = max((len(line) for words, _ in groups for line in self._wrapped(words[0])), default=0)
        for words, parties in groups:
            goal, shared = self._at_seam(words[0])
            line = self._document.line(goal.last).strip()
            note = SEAM_UNSURE if shared and words[1:] and len(line) <= width else ""
            yield _PrintedTableRow(goal, (*shared, *words[1:]), parties, note)

    def _wrapped(self, piece: _CellText) -> list[str]:
        """The lines of a cell that end because the column ends."""
        return [line.strip() for line in self._document.lines[piece.first - 1 : piece.last - 1]]

    def _at_seam(self, head: _CellText) -> tuple[_CellText, tuple[_CellText, ...]]:
        """The goal, and the measure on its last line where there is one."""
        line = self._cleaner.clean([self._document.line(head.last)])
        line = line.removesuffix(parties_at_end(line)).strip()
        before = head.text.removesuffix(line)
        for match in _SEAM.finditer(line):
            goal = before + line[: match.start()]
            # A capital inside brackets or after a single word is a name in the goal.
            if goal.count("(") == goal.count(")") and len(goal.split()) > 1:
                measure = _CellText(line[match.end() :], head.last, head.last)
                return _CellText(goal, head.first, head.last), (measure,)
        return head, ()

    def _write(self, row: _PrintedTableRow, aim: str) -> None:
        goal = {"aim": aim, "goal": row.goal.text}
        self.writer.add(
            "goals", row.goal.first, {**goal, "lines": row.goal.lines}, row.note, sure=not row.note
        )
        named = [(party, piece) for piece in row.parties for party in parties_in(piece.text)]
        shared = {
            **goal,
            "goal_lines": row.goal.lines,
            "responsible": SEPARATOR.join(party for party, _ in named),
            "responsible_lines": format_spans(spans_of(_numbers(row.parties))),
        }
        identifier = ""
        for measure, note in self._measures(row):
            identifier = identifier or self.writer.next_id("measures", measure.first)
            cells = {"row": identifier, **shared, "measure": measure.text, "measure_lines": measure.lines}
            self.writer.add("measures", measure.first, cells, note or row.note, sure=not (note or row.note))

    def _measures(self, row: _PrintedTableRow) -> Iterator[tuple[_CellText, str]]:
        """The measures of a row; a paragraph of sentences of one kind is as many measures."""
        for piece in row.measures:
            sentences = _SENTENCE_END.split(piece.text)
            clauses = {any(map(is_finite_verb, sentence.split())) for sentence in sentences}
            if len(sentences) == 1 or len(clauses) > 1:
                yield piece, SENTENCES_UNSURE if len(sentences) > 1 else ""
                continue
            spans = self.writer.spans_of_parts(Span(piece.first, piece.last), sentences)
            for sentence, span in zip(sentences, spans, strict=True):
                yield _CellText(sentence, span.first, span.last), ""


def _groups(pieces: Sequence[_CellText]) -> Iterator[tuple[list[_CellText], tuple[_CellText, ...]]]:
    """The pieces row by row: a row ends where units are followed by other words."""
    words: list[_CellText] = []
    parties: list[_CellText] = []
    for piece in pieces:
        if words and is_parties(piece.text):
            parties.append(piece)
            continue
        if parties:
            yield words, tuple(parties)
            words, parties = [], []
        words.append(piece)
    if words:
        yield words, tuple(parties)


def _numbers(pieces: Sequence[_CellText]) -> list[int]:
    return [number for piece in pieces for number in range(piece.first, piece.last + 1)]
