"""From files to a document folder: redact, recognise, read into tables, keep what a person corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hytegraph.graph.errors import DocumentError, ManifestError, Reason
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.authorities.named_towns import other_town
from hytegraph.loaders.documents.blocks import write_places
from hytegraph.loaders.documents.citations import Coverage, coverage, locate_tables
from hytegraph.loaders.documents.corrections import Difference, merge, write_extracted, write_merged
from hytegraph.loaders.documents.folder import (
    MANIFEST,
    NOT_STATED,
    Entry,
    read_folder,
    read_manifest,
    read_tables,
    write_manifest,
)
from hytegraph.loaders.documents.printed_rows import RowCoverage, row_coverage
from hytegraph.loaders.documents.slugs import write_registry
from hytegraph.loaders.documents.staging import candidate
from hytegraph.loaders.documents.table_kinds import KINDS
from hytegraph.loaders.documents.tables import Table, table_of
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal
from hytegraph.loaders.privacy.decisions import after, write_decisions
from hytegraph.loaders.privacy.lost_lines import all_ambiguous, extracted_before, without_lost_lines
from hytegraph.loaders.privacy.reading import OnRead, Reading, read_without_personal_data, unheard
from hytegraph.loaders.privacy.traces import (
    RemovedWords,
    clean_entry,
    clean_folder,
    clean_merge,
)
from hytegraph.loaders.profile.file import write_profile
from hytegraph.loaders.recognition import kind_of, read_as


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality whose documents are read, with its Finnish name; the Swedish one is '' where none is known."""

    name: str
    code: str
    swedish: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one file.

    That is its entry, its coverage by lines and by rows of printed tables, how much personal data went, how many words
    a person has to judge, what a person's rows differ in, and the other town that the document says it is of, with the
    line ('' and 0 where it names none).
    """

    entry: Entry
    coverage: Coverage
    rows: RowCoverage
    removed: int
    waiting: int
    differences: tuple[Difference, ...]
    other_town: tuple[str, int] = ("", 0)


def extract_files(
    files: Sequence[Path],
    out: Path,
    town: Town | None = None,
    on_read: OnRead = unheard,
) -> tuple[Extracted, ...]:
    """Read the files into the folder `out`, all or none of them; `on_read` hears how far the reading is.

    A document of the folder that holds a name which is removed from one of the files is read again too. Raises
    DocumentError, TableError or ManifestError, and leaves the folder as it was, when one cannot be read, or when the
    folder is new and no town is given.
    """
    with candidate(out) as folder:
        readings = read_without_personal_data(files, folder, on_read)
        kinds = {reading.published.name: kind_of(reading, folder) for reading in readings}
        entries = {entry.name: entry for entry in read_manifest(folder)}
        town = _town_of(folder, town, entries)
        _refuse_same_names(readings, entries)
        removed = RemovedWords.of(readings)
        goals = known_goals(folder, entries.values())
        results = []
        for reading in sorted(readings, key=lambda read: _order(kinds[read.published.name], read)):
            kind = kinds[reading.published.name]
            extraction, values = _extraction(reading, kind, folder, tuple(goals.values()))
            removed = replace(removed, values=removed.values | values)
            goals |= _goals_of(extraction.tables, extraction.strategy)
            entry = entries.get(reading.published.name) or _entry(reading, kind, extraction, town, entries)
            entries[entry.name] = clean_entry(entry, reading, removed)
            results.append(_write(reading, extraction, folder, removed, entries[entry.name]))
        write_manifest(folder, entries.values())
        clean_folder(folder, removed)
        _freeze_slugs(folder)
    return tuple(sorted(results, key=lambda result: result.entry.name))


def _extraction(
    reading: Reading, kind: Kind, out: Path, goals: tuple[KnownGoal, ...]
) -> tuple[Extraction, frozenset[str]]:
    """What a document says, without what stood on removed lines, and the values that went with them.

    A text that has lost whole lines may be read wrongly, so its tables stay as they were read before.
    """
    folder = out / reading.published.name
    extraction = read_as(kind, reading, goals, folder)
    tables = extraction.tables
    if reading.lacks_lines:
        tables = extracted_before(folder) or all_ambiguous(tables)
    else:
        locate_tables(reading.layout, tables)
    tables, values = without_lost_lines(tables, reading, folder)
    return replace(extraction, tables=tables), values


def _order(kind: Kind, reading: Reading) -> tuple[bool, str]:
    return kind.needs_goals, reading.published.name


def _town_of(folder: Path, town: Town | None, entries: Mapping[str, Entry]) -> Town:
    """The town of the folder's documents; raises ManifestError when nobody says it, or another one is given."""
    towns = {Town(entry.town, entry.municipality) for entry in entries.values()}
    if town is None and len(towns) == 1:
        return towns.pop()
    if town is None:
        reason = Reason("whose documents are these? Give --town NAME, or --town CODE")
        raise ManifestError(folder / MANIFEST, reason)
    if towns - {town}:
        other = min(towns - {town}, key=lambda stranger: stranger.name)
        reason = Reason(
            "the folder holds documents of {name} ({code}); another town needs a folder of its own",
            name=other.name,
            code=other.code,
        )
        raise ManifestError(folder / MANIFEST, reason)
    return town


def _freeze_slugs(folder: Path) -> None:
    """Register a slug for each thing that the folder's tables name, so that no later wording changes it.

    The folder is read as every later command reads it, and refused as they would refuse it.
    """
    read = read_folder(folder)
    minted = mint(read.documents, read.registry)
    write_registry(folder, minted, read.registry.dialect)


def _refuse_same_names(readings: Iterable[Reading], entries: Mapping[str, Entry]) -> None:
    seen: dict[str, Path] = {}
    for reading in readings:
        name = reading.published.name
        if name in seen:
            reason = Reason(
                "another document is called '{name}' too ({other}); rename one",
                name=name,
                other=str(seen[name]),
            )
            raise DocumentError(reading.file, reason)
        seen[name] = reading.file
        known = entries.get(name)
        if known and not _is_same_text(reading, known):
            reason = Reason(
                "the folder holds another document called '{name}'; rename one of them", name=name
            )
            raise DocumentError(reading.file, reason)


def _is_same_text(reading: Reading, entry: Entry) -> bool:
    """Whether the file holds the entry's text; line ends and encoding may differ."""
    published, redacted = reading.published, reading.redacted
    return entry.sha256 == published.published_sha256 or entry.redacted_sha256 in (
        published.sha256,
        redacted.sha256,
    )


def known_goals(folder: Path, entries: Iterable[Entry]) -> dict[str, KnownGoal]:
    """The goals, by wording, that the town's documents in the folder state."""
    goals: dict[str, KnownGoal] = {}
    for entry in entries:
        goals |= _goals_of(read_tables(folder / entry.name), entry.strategy)
    return goals


def _goals_of(tables: Iterable[Table], strategy: str) -> dict[str, KnownGoal]:
    rows = [row for table in tables if table.kind.name == "goals" for row in table.rows]
    return {
        wording_key(row["goal"]): KnownGoal(row["goal"], row["aim"], strategy)
        for row in rows
        if row["aim"] and strategy
    }


def _write(
    reading: Reading, extraction: Extraction, out: Path, removed: RemovedWords, entry: Entry
) -> Extracted:
    folder = out / entry.name
    folder.mkdir(exist_ok=True)
    (out / f"{entry.name}.txt").write_bytes(reading.redacted.text.encode())
    write_places(folder, reading.redacted.placed)
    made = {table.kind.name: table for table in extraction.tables}
    differences: list[Difference] = []
    tables = []
    for name in KINDS:
        fresh = made.get(name) or table_of(name, ())
        merged = clean_merge(merge(folder, fresh), fresh, reading, removed)
        differences += merged.differences
        tables.append(merged.table)
    for table in tables:
        write_merged(folder, table)
    write_extracted(folder, made.values())
    if extraction.profile:
        write_profile(folder, extraction.profile, reading.redacted.placed)
    decisions = after(reading.decisions, reading.redaction.candidates)
    write_decisions(folder, decisions)
    located = locate_tables(reading.redacted, tables)
    return Extracted(
        entry,
        coverage(located),
        row_coverage(located),
        len(reading.redaction.removed),
        sum(decision.waits for decision in decisions),
        tuple(differences),
        other_town(reading.redacted.lines, [entry.town, *entry.publisher.values()]),
    )


def _entry(
    reading: Reading, kind: Kind, extraction: Extraction, town: Town, entries: Mapping[str, Entry]
) -> Entry:
    if not extraction.date and not extraction.period:
        reason = Reason("the document does not say for which year or years it is")
        raise DocumentError(reading.file, reason)
    stem = f"{kind.slug}-{extraction.date or parse_period(extraction.period).slug}"
    taken = {entry.slug for entry in entries.values()}
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return Entry(
        name=reading.published.name,
        slug=slug,
        kind=kind.name,
        title={extraction.language: extraction.title},
        publisher={"fi": town.name} | ({"sv": town.swedish} if town.swedish else {}),
        town=town.name,
        municipality=town.code,
        period=extraction.period,
        licence=NOT_STATED,
        sha256=reading.published.published_sha256,
        redacted_sha256=reading.redacted.sha256,
        lines=len(reading.redacted.lines),
        date=extraction.date,
        strategy=extraction.strategy,
        language=extraction.language,
    )
