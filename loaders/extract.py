"""From files to a document folder: redact, recognise, read into tables, keep what a person corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import DocumentError, ManifestError
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.documents.citations import Coverage, coverage, locate_tables
from hytegraph.loaders.documents.corrections import Difference, merge, write_extracted, write_merged
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.folder import (
    MANIFEST,
    Entry,
    read_folder,
    read_manifest,
    read_tables,
    write_manifest,
)
from hytegraph.loaders.documents.slugs import write_registry
from hytegraph.loaders.documents.staging import candidate
from hytegraph.loaders.documents.tables import KINDS, Table, table_of
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.kinds import recognise
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal
from hytegraph.loaders.privacy.redaction import redact

LICENCE = "Julkinen asiakirja; lisenssiä ei ole ilmoitettu."


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality whose documents are read."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one file: its entry, its coverage, how much personal data went, what a person's rows differ in."""

    entry: Entry
    coverage: Coverage
    removed: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    file: Path
    published: SourceText
    redacted: SourceText
    removed: int
    kind: Kind


def extract_files(files: Sequence[Path], out: Path, town: Town | None = None) -> tuple[Extracted, ...]:
    """Read the files into the folder `out`, all or none of them.

    Raises DocumentError, TableError or ManifestError, and leaves the folder as it was, when one cannot be read, or when the
    folder is new and no town is given.
    """
    reads = [_read(file) for file in files]
    with candidate(out) as folder:
        entries = {entry.name: entry for entry in read_manifest(folder)}
        town = _town_of(folder, town, entries)
        _refuse_same_names(reads, entries)
        goals = _known_goals(folder, entries.values())
        results = []
        for read in sorted(reads, key=lambda read: (read.kind.needs_goals, read.redacted.name)):
            extraction = read.kind.extract(read.redacted, Cleaner(read.redacted), tuple(goals.values()))
            goals |= _goals_of(extraction.tables, extraction.strategy)
            locate_tables(read.redacted, extraction.tables)
            results.append(_write(read, extraction, folder, town, entries))
        write_manifest(folder, entries.values())
        _freeze_slugs(folder)
    return tuple(sorted(results, key=lambda result: result.entry.name))


def _town_of(folder: Path, town: Town | None, entries: Mapping[str, Entry]) -> Town:
    """The town of the folder's documents; raises ManifestError when nobody says it, or another one is given."""
    towns = {Town(entry.town, entry.municipality) for entry in entries.values()}
    if town is None and len(towns) == 1:
        return towns.pop()
    if town is None:
        reason = "whose documents are these? Give --town NAME --municipality CODE"
        raise ManifestError(folder / MANIFEST, reason)
    if towns - {town}:
        other = min(towns - {town}, key=lambda stranger: stranger.name)
        reason = f"the folder holds documents of {other.name} ({other.code}); another town needs a folder of its own"
        raise ManifestError(folder / MANIFEST, reason)
    return town


def _freeze_slugs(folder: Path) -> None:
    """Register a slug for each thing that the folder's tables name, so that no later wording changes it.

    The folder is read as every later command reads it, and refused as they would refuse it.
    """
    read = read_folder(folder)
    minted = mint([(source.entry.scope, source.tables) for source in read.sources], read.registry)
    write_registry(folder, minted, read.registry.dialect)


def _read(file: Path) -> _Read:
    published = read_document(file)
    redaction = redact(published)
    try:
        kind = recognise(redaction.document)
    except DocumentError as error:
        raise DocumentError(file, error.reason) from error
    return _Read(file, published, redaction.document, len(redaction.removed), kind)


def _refuse_same_names(reads: Iterable[_Read], entries: Mapping[str, Entry]) -> None:
    seen: dict[str, _Read] = {}
    for read in reads:
        name = read.published.name
        if name in seen:
            raise DocumentError(
                read.file, f"another document is called '{name}' too ({seen[name].file}); rename one"
            )
        seen[name] = read
        known = entries.get(name)
        if known and not _is_same_text(read, known):
            raise DocumentError(
                read.file, f"the folder holds another document called '{name}'; rename one of them"
            )


def _is_same_text(read: _Read, entry: Entry) -> bool:
    """Whether the file holds the entry's text; line ends and encoding may differ."""
    published, redacted = read.published, read.redacted
    return entry.sha256 == published.published_sha256 or entry.redacted_sha256 in (
        published.sha256,
        redacted.sha256,
    )


def _known_goals(folder: Path, entries: Iterable[Entry]) -> dict[str, KnownGoal]:
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
    read: _Read, extraction: Extraction, out: Path, town: Town, entries: dict[str, Entry]
) -> Extracted:
    folder = out / read.redacted.name
    folder.mkdir(exist_ok=True)
    (out / f"{read.redacted.name}.txt").write_bytes(read.redacted.text.encode())
    differences: list[Difference] = []
    tables = []
    made = {table.kind.name: table for table in extraction.tables}
    for name in KINDS:
        merged = merge(folder, made.get(name) or table_of(name, ()))
        write_merged(folder, merged.table)
        differences += merged.differences
        tables.append(merged.table)
    write_extracted(folder, extraction.tables)
    entry = entries.get(read.redacted.name) or _entry(read, extraction, town, entries)
    entries[entry.name] = entry
    return Extracted(entry, coverage(locate_tables(read.redacted, tables)), read.removed, tuple(differences))


def _entry(read: _Read, extraction: Extraction, town: Town, entries: Mapping[str, Entry]) -> Entry:
    stem = f"{read.kind.slug}-{extraction.date or parse_period(extraction.period).slug}"
    taken = {entry.slug for entry in entries.values()}
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return Entry(
        name=read.redacted.name,
        slug=slug,
        kind=read.kind.name,
        title={"fi": extraction.title},
        publisher={"fi": town.name},
        town=town.name,
        municipality=town.code,
        period=extraction.period,
        licence=LICENCE,
        sha256=read.published.published_sha256,
        redacted_sha256=read.redacted.sha256,
        lines=len(read.redacted.lines),
        date=extraction.date,
        strategy=extraction.strategy,
    )
