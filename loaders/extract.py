"""From files to a document folder: redact, recognise, read into tables, keep what a person corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import DocumentError
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.documents.citations import Coverage, coverage, locate_tables
from hytegraph.loaders.documents.corrections import Difference, merge, write_extracted, write_merged
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.folder import Entry, read_manifest, read_tables, write_manifest
from hytegraph.loaders.documents.privacy import redact
from hytegraph.loaders.documents.slugs import read_registry, write_registry
from hytegraph.loaders.documents.tables import Table
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.kinds import recognise
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal

LICENCE = "Julkinen asiakirja; lisenssiä ei ole ilmoitettu."


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality whose documents are read."""

    name: str = "Kemi"
    code: str = "240"


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


def extract_files(files: Sequence[Path], out: Path, town: Town = Town()) -> tuple[Extracted, ...]:
    """Read the files into the folder `out`; raises DocumentError before anything is written for any of them."""
    reads = [_read(file) for file in files]
    entries = {entry.name: entry for entry in read_manifest(out)} if out.exists() else {}
    _refuse_same_names(reads, entries)
    goals = _known_goals(out, entries.values(), town)
    made: list[tuple[_Read, Extraction]] = []
    for read in sorted(reads, key=lambda read: (read.kind.needs_goals, read.redacted.name)):
        extraction = read.kind.extract(read.redacted, Cleaner(read.redacted), tuple(goals.values()))
        goals |= _goals_of(extraction.tables, extraction.strategy)
        made.append((read, extraction))
    for read, extraction in made:
        locate_tables(read.redacted, extraction.tables)
    out.mkdir(parents=True, exist_ok=True)
    results = []
    for read, extraction in made:
        results.append(_write(read, extraction, out, town, entries))
        write_manifest(out, entries.values())
    _freeze_slugs(out)
    return tuple(sorted(results, key=lambda result: result.entry.name))


def _freeze_slugs(folder: Path) -> None:
    """Register a slug for each thing that the folder's tables name, so that no later wording changes it."""
    documents = [
        (entry.scope, {table.kind.name: table for table in read_tables(folder / entry.name)})
        for entry in read_manifest(folder)
    ]
    write_registry(folder, mint(documents, read_registry(folder)))


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
        if known and read.published.sha256 not in (known.sha256, known.redacted_sha256):
            raise DocumentError(
                read.file, f"the folder holds another document called '{name}'; rename one of them"
            )


def _known_goals(out: Path, entries: Iterable[Entry], town: Town) -> dict[str, KnownGoal]:
    """The goals, by wording, that the town's documents in the folder state."""
    goals: dict[str, KnownGoal] = {}
    for entry in entries:
        if entry.town == town.name:
            goals |= _goals_of(read_tables(out / entry.name), entry.strategy)
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
    (out / f"{read.redacted.name}.txt").write_text(read.redacted.text, encoding="utf-8")
    differences: list[Difference] = []
    tables = []
    for table in extraction.tables:
        merged = merge(folder, table)
        write_merged(folder, merged.table)
        differences += merged.differences
        tables.append(merged.table)
    write_extracted(folder, extraction.tables)
    tables += [
        table for table in read_tables(folder) if table.kind.name not in {made.kind.name for made in tables}
    ]
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
        sha256=read.published.sha256,
        redacted_sha256=read.redacted.sha256,
        lines=len(read.redacted.lines),
        date=extraction.date,
        strategy=extraction.strategy,
    )
