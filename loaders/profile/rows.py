"""Rows of the tables aims, goals and measures from what a printed row says in each role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import parse_spans, spans_of
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.profile.cells import Words, joined
from hytegraph.loaders.row_writer import RowWriter

UNAPPROVED = "Taulukon ja sarakkeiden merkitys on päätelty otsikoista, eikä kukaan ole vielä hyväksynyt sitä."
_CELLS = (
    "priority", "goal", "number", "responsible", "schedule", "indicator", "realisation", "partner", "resource",
    "baseline", "target", "status", "targetGroup",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What one printed row says, by role.

    `measures` are its measures in order, `notes` why it is doubtful. `translations` are words, what repeats them in
    another language, and that language.
    """

    cells: dict[str, list[Words]] = field(default_factory=dict)
    measures: list[Words] = field(default_factory=list)
    language: str = ""
    notes: list[str] = field(default_factory=list)
    translations: list[tuple[Words, Words, str]] = field(default_factory=list)

    def add(self, role: str, words: Iterable[Words]) -> None:
        """Words of a role; those that are there already stand once."""
        held = self.measures if role == "measure" else self.cells.setdefault(role, [])
        held += [piece for piece in words if piece not in held]

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a measure nor an indicator, realisation or target of a goal."""
        told = ("indicator", "realisation", "target", "baseline", "status")
        return not self.measures and not any(self.cells.get(role) for role in told)


class EntryWriter:
    """Writes entries as rows, and the aims and goals that they stand under, each once."""

    def __init__(self, document: SourceText, cleaner: Cleaner, *, is_approved: bool) -> None:
        self.rows = RowWriter(document, cleaner)
        self._document = document
        self._is_approved = is_approved
        self._aims: set[str] = set()
        self._goals: set[tuple[str, str]] = set()
        self._sectors: set[str] = set()
        self._translated: set[tuple[str, str]] = set()
        self._cited: set[int] = set()
        self.count = 0

    def aim(self, words: Words | None) -> str:
        """The aim's name; its first heading is a row of aims."""
        if not words:
            return ""
        if words.text not in self._aims:
            self._aims.add(words.text)
            self._add("aims", words.first, {"aim": words.text, "lines": words.spans}, [])
        return words.text

    def sector(self, words: Words | None) -> str:
        """The sector's name; where it stands first is a row of units."""
        if not words:
            return ""
        if words.text not in self._sectors:
            self._sectors.add(words.text)
            self._add("units", words.first, {"kind": "sector", "unit": words.text, "lines": words.spans}, [])
        return words.text

    def goal(self, aim: str, words: Words, notes: Sequence[str] = ()) -> None:
        """A row of goals, once under an aim."""
        if (aim, words.text) not in self._goals:
            self._goals.add((aim, words.text))
            self._add("goals", words.first, {"aim": aim, "goal": words.text, "lines": words.spans}, notes)

    def translation(self, words: Words, repeated: Words, language: str) -> None:
        """A row of translations, once for words and language."""
        if (words.text, language) not in self._translated:
            self._translated.add((words.text, language))
            cells = {"of": words.text, "language": language, "text": repeated.text, "lines": repeated.spans}
            self._add("translations", repeated.first, cells, [])

    def entry(self, entry: Entry) -> None:
        """The rows of a printed row: one a measure, or one without a measure."""
        for words, repeated, language in entry.translations:
            self.translation(words, repeated, language)
        aim = self.aim(next(iter(entry.cells.get("aim", ())), None))
        for goal in entry.cells.get("goal", ()):
            self.goal(aim, goal)
        if entry.is_empty:
            return
        shared = {
            "aim": aim,
            "sector": self.sector(next(iter(entry.cells.get("sector", ())), None)),
            "language": entry.language,
        }
        for role in _CELLS:
            shared[role], shared[f"{role}_lines"] = joined(entry.cells.get(role, ()))
        identifier = ""
        for measure in entry.measures or [Words("", (self._first_own_line(entry),))]:
            identifier = identifier or self.rows.next_id("measures", measure.first)
            own = {"measure": measure.text, "measure_lines": measure.spans if measure.text else ""}
            self._add("measures", measure.first, {"row": identifier, **shared, **own}, entry.notes)
        self.count += 1

    def _first_own_line(self, entry: Entry) -> int:
        order = ("indicator", "target", "realisation", "status", "baseline")
        return next(entry.cells[role][0].first for role in order if entry.cells.get(role))

    def _add(self, table: str, line: int, cells: Mapping[str, str], notes: Sequence[str]) -> None:
        note = " ".join(notes) or ("" if self._is_approved else UNAPPROVED)
        self.rows.add(table, line, cells, note, sure=not note)
        for column, text in cells.items():
            if column == "lines" or column.endswith("_lines"):
                self._cite(text)

    def _cite(self, text: str) -> None:
        self._cited |= {number for span in parse_spans(text) for number in span.numbers()}

    def passages(self, placed: Iterable[tuple[Placed, str]]) -> None:
        """A passage of its kind for each run of a block's lines that no row cites."""
        for block, kind in placed:
            rest = [
                number
                for number in block.span.numbers()
                if number not in self._cited and self._document.line(number).strip()
            ]
            for span in spans_of(rest):
                self.rows.passage(kind, self.rows.paragraph(list(span.numbers())))
                self._cited |= set(span.numbers())
