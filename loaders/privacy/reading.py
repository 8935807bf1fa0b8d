"""Documents as they enter a folder: without what rules are sure of, what a person decided, and what others had."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hytegraph.graph.markers import MARKER, is_removed
from hytegraph.loaders.documents.corrections import corrected_rows
from hytegraph.loaders.documents.document import SourceText, read_document, read_kept
from hytegraph.loaders.documents.folder import Entry, read_manifest, read_tables
from hytegraph.loaders.privacy.decisions import Decision, check_words, judgement, read_decisions
from hytegraph.loaders.privacy.redaction import Redaction, redact
from hytegraph.loaders.sources.read import read_source

PERSONAL = "personalData"
OnRead = Callable[[Path, int, int], None]


def unheard(file: Path, done: int, parts: int) -> None:
    """Progress that nobody wants to hear."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, its text as published, and what is left of it; `decisions` are those of the document's privacy.csv."""

    file: Path
    published: SourceText
    redaction: Redaction
    decisions: tuple[Decision, ...]

    @property
    def redacted(self) -> SourceText:
        """The text as the folder keeps it."""
        return self.redaction.document

    @property
    def layout(self) -> SourceText:
        """The text that is read into tables: with the words of the lines of which nothing is left, where they are
        known.
        """
        return self.redaction.layout

    @property
    def lacks_lines(self) -> bool:
        """Whether the file itself has lost whole lines, so that its layout may be read wrongly."""
        return any(map(is_removed, self.published.lines))

    @property
    def removed_lines(self) -> tuple[int, ...]:
        """The lines of which nothing is left."""
        return tuple(number for number, line in enumerate(self.redacted.lines, 1) if is_removed(line))


def read_without_personal_data(
    files: Sequence[Path], folder: Path, on_read: OnRead = unheard
) -> tuple[Reading, ...]:
    """The files, and the folder's other documents that hold a name which is removed from one of them.

    `on_read` hears how many pages or sheets of each file have been read, and of how many.
    Raises DocumentError for a file that cannot be read, TableError for a decision that cannot be applied.
    """
    entries = {entry.name: entry for entry in read_manifest(folder)}
    readings = []
    for file in files:
        on_read(file, 0, 0)
        readings.append(_read(file, folder, entries, on_read=on_read))
    names = frozenset(name for reading in readings for name in reading.redaction.names)
    if not names:
        return tuple(readings)
    given = {reading.published.name for reading in readings}
    others = [
        _read(folder / f"{name}.txt", folder, entries, names) for name in sorted(entries) if name not in given
    ]
    return (
        *(
            _reading(one.file, one.published, folder, entries, names - one.redaction.names)
            for one in readings
        ),
        *(other for other in others if other.redacted != other.published),
    )


def _read(
    file: Path,
    folder: Path,
    entries: Mapping[str, Entry],
    names: Iterable[str] = (),
    on_read: OnRead = unheard,
) -> Reading:
    published = _published(file, folder, entries.get(file.stem), on_read)
    return _reading(file, published, folder, entries, names)


def _reading(
    file: Path, published: SourceText, folder: Path, entries: Mapping[str, Entry], names: Iterable[str]
) -> Reading:
    name = published.name
    decisions = read_decisions(folder / name)
    entry, stored = entries.get(name), folder / f"{name}.txt"
    before = None
    if entry and entry.sha256 == published.published_sha256 and stored.exists():
        before = read_document(stored)
    check_words(name, published, decisions)
    asked = judgement(decisions, marked_lines(folder / name, published))
    return Reading(file, published, redact(published, asked, names=names, before=before), decisions)


def _published(file: Path, folder: Path, entry: Entry | None, on_read: OnRead) -> SourceText:
    """The file's text; that of a text which the folder itself keeps has the places of the file it was made from."""
    if entry is None or file.suffix != ".txt":
        return read_source(file, partial(on_read, file))
    text = read_document(file)
    if text.sha256 != entry.redacted_sha256:
        return text
    return replace(text, placed=read_kept(folder, entry.name).placed)


def marked_lines(folder: Path, document: SourceText) -> frozenset[int]:
    """The lines that a person has marked as personal data in passages.csv, and that still hold words.

    Lines of which a rule has removed something are marked by the extractor itself.
    """
    return frozenset(
        number
        for number in lines_of_person(folder)
        if number <= len(document.lines)
        and document.line(number).strip()
        and not MARKER.search(document.line(number))
    )


def lines_of_person(folder: Path) -> frozenset[int]:
    """The lines that the rows of a person in passages.csv call personal data."""
    passages = [table for table in read_tables(folder) if table.kind.name == "passages"]
    by_person = corrected_rows(folder, passages)
    rows = (row for table in passages for row in table.rows if ("passages", row.id) in by_person)
    return frozenset(
        number for row in rows if row["kind"] == PERSONAL for span in row.spans() for number in span.numbers()
    )
