"""A document folder: the manifest, the redacted texts and their reviewed tables."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from hytegraph.graph.errors import ManifestError
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.documents.citations import Coverage, LocatedTables, coverage, locate_tables
from hytegraph.loaders.documents.corrections import corrected_rows
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.slugs import Registry, read_registry
from hytegraph.loaders.documents.tables import Table, read_table

MANIFEST = "manifest.toml"
REQUIRED = (
    "name",
    "slug",
    "kind",
    "title",
    "publisher",
    "town",
    "municipality",
    "period",
    "licence",
    "sha256",
    "lines",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one document.

    `strategy` is the version of the city strategy whose aims it states, `replaces` the version that one replaced, which
    a person writes where the document calls the strategy new without naming the old one.
    """

    name: str
    slug: str
    kind: str
    title: Mapping[str, str]
    publisher: Mapping[str, str]
    town: str
    municipality: str
    period: str
    licence: str
    sha256: str
    redacted_sha256: str
    lines: int
    date: str = ""
    strategy: str = ""
    replaces: str = ""

    @property
    def scope(self) -> str:
        """The period or version under which the document's aims and goals are named."""
        return self.strategy or self.period

    def as_toml(self) -> dict[str, Any]:
        """The entry as the manifest writes it."""
        cells = {name: getattr(self, name) for name in self.__slots__}
        cells |= {"title": dict(self.title), "publisher": dict(self.publisher)}
        return {name: value for name, value in cells.items() if value != ""}


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a folder with all that is known of it; `corrected` holds the rows a person changed."""

    entry: Entry
    text: SourceText
    located: LocatedTables
    coverage: Coverage
    corrected: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The document's tables by name."""
        return self.located.tables


@dataclass(frozen=True, slots=True)
class Folder:
    """A document folder that has been read and checked."""

    path: Path
    sources: tuple[Source, ...]
    registry: Registry


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """The entries of a folder's manifest, () where it has none; raises ManifestError naming what is wrong."""
    file = path / MANIFEST
    if not file.exists():
        return ()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(file, str(error)) from error
    entries = tuple(_entry(file, cells) for cells in data.get("document", ()))
    for what in ("name", "slug"):
        values = [getattr(entry, what) for entry in entries]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise ManifestError(file, f"two documents have the {what} '{twice[0]}'")
    return entries


def _entry(file: Path, cells: Mapping[str, Any]) -> Entry:
    name = cells.get("name", "(no name)")
    for key in REQUIRED:
        if key not in cells:
            raise ManifestError(file, f"document {name}: '{key}' is missing")
    for key in ("title", "publisher"):
        if not isinstance(cells[key], dict) or "fi" not in cells[key]:
            raise ManifestError(file, f"document {name}: '{key}' has no Finnish (fi)")
    unknown = sorted(set(cells) - set(Entry.__slots__))
    if unknown:
        raise ManifestError(file, f"document {name}: '{unknown[0]}' is not known")
    entry = Entry(**{"redacted_sha256": "", **cells})
    try:
        _check_values(entry)
    except (TypeError, ValueError) as error:
        raise ManifestError(file, f"document {name}: {error}") from error
    return entry


def _check_values(entry: Entry) -> None:
    """Raise ValueError or TypeError for a period or date that nothing can be made of."""
    parse_period(entry.period)
    if entry.date:
        date.fromisoformat(entry.date)


def write_manifest(path: Path, entries: Iterable[Entry]) -> None:
    """Write the entries, sorted by name."""
    documents = [entry.as_toml() for entry in sorted(entries, key=lambda entry: entry.name)]
    (path / MANIFEST).write_text(tomli_w.dumps({"document": documents}), encoding="utf-8")


def read_folder(path: Path) -> Folder:
    """Read a document folder and check every cell; raises ManifestError, DocumentError or TableError."""
    entries = read_manifest(path)
    if not entries:
        raise ManifestError(path / MANIFEST, "no manifest here; `hytegraph extract FILE… -o DIR` writes one")
    return Folder(path, tuple(_read_source(path, entry) for entry in entries), read_registry(path))


def _read_source(path: Path, entry: Entry) -> Source:
    file = path / f"{entry.name}.txt"
    text = read_document(file)
    if entry.redacted_sha256 and text.sha256 != entry.redacted_sha256:
        raise ManifestError(file, "the text is not the one the tables were made from (checksum differs)")
    tables = read_tables(path / entry.name)
    if not tables:
        raise ManifestError(path / entry.name, "the document has no tables; run `hytegraph extract` on it")
    located = locate_tables(text, tables)
    return Source(entry, text, located, coverage(located), corrected_rows(path / entry.name, tables))


def read_tables(path: Path) -> tuple[Table, ...]:
    """All tables of one document's folder, in the order of their names."""
    return tuple(read_table(file) for file in sorted(path.glob("*.csv")))
