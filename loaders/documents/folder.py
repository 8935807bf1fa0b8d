"""A document folder: the manifest, the redacted texts and their reviewed tables."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from hytegraph.graph.errors import ManifestError
from hytegraph.graph.iris import RESERVED_TOWNS, slug_of
from hytegraph.graph.periods import parse_period
from hytegraph.loaders.documents.blocks import PLACES
from hytegraph.loaders.documents.citations import Coverage, LocatedTables, coverage, locate_tables
from hytegraph.loaders.documents.consistency import check_consistency
from hytegraph.loaders.documents.corrections import corrected_rows
from hytegraph.loaders.documents.document import SourceText, read_kept
from hytegraph.loaders.documents.figure_headers import check_figures
from hytegraph.loaders.documents.slugs import Registry, read_registry
from hytegraph.loaders.documents.table_kinds import PRIVACY
from hytegraph.loaders.documents.tables import Table, read_table

MANIFEST = "manifest.toml"
# The `licence` of a document whose publisher has not stated any.
NOT_STATED = "not stated"
REQUIRED = (
    "name",
    "slug",
    "kind",
    "title",
    "publisher",
    "town",
    "municipality",
    "licence",
    "sha256",
    "lines",
)
_NUMBERS = ("lines", "version")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_VERSION = (
    re.compile(r"\d{4}|\d{4}-\d{4}|\d{4}-\d\d-\d\d"),
    "period or date such as 2022-2025 or 2023-12-04",
)
_SHA256 = (re.compile(r"[0-9a-f]{64}"), "SHA-256 checksum in 64 hexadecimal digits")
# What becomes part of a file's name, an IRI or an address.
_FORMS = {
    "name": (re.compile(r"[^\s./\\<>\"{}|^`\0][^/\\<>\"{}|^`\0\n]{0,199}"), "name of a file"),
    "slug": (re.compile(r"[a-z0-9][a-z0-9._-]*"), "slug of the letters a to z, digits and hyphens"),
    "municipality": (re.compile(r"\d{3}"), "code of three digits"),
    "language": (re.compile(r"fi|sv|en"), "language (fi, sv or en)"),
    "strategy": _VERSION,
    "replaces": _VERSION,
    "sha256": _SHA256,
    "redacted_sha256": _SHA256,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one document.

    `strategy` is the version of the city strategy whose aims it states, `replaces` the version that one replaced, which
    a person writes where the document calls the strategy new without naming the old one. `version` counts the texts
    that the document has had: `hytegraph replace` raises it. `language` is that of its words, where a row does not say
    another.
    """

    name: str
    slug: str
    kind: str
    title: Mapping[str, str]
    publisher: Mapping[str, str]
    town: str
    municipality: str
    licence: str
    sha256: str
    redacted_sha256: str
    lines: int
    period: str = ""
    date: str = ""
    strategy: str = ""
    replaces: str = ""
    version: int = 1
    language: str = "fi"

    @property
    def scope(self) -> str:
        """The period, version or date under which the document's aims and goals are named."""
        return self.strategy or self.period or self.date

    def as_toml(self) -> dict[str, Any]:
        """The entry as the manifest writes it."""
        cells = {name: getattr(self, name) for name in self.__slots__}
        cells |= {"title": dict(self.title), "publisher": dict(self.publisher)}
        if self.version == 1:
            del cells["version"]
        if self.language == "fi":
            del cells["language"]
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

    @property
    def documents(self) -> tuple[tuple[str, str, Mapping[str, Table]], ...]:
        """Slug, scope and tables of each document."""
        return tuple((source.entry.slug, source.entry.scope, source.tables) for source in self.sources)


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """The entries of a folder's manifest, () where it has none; raises ManifestError naming what is wrong."""
    file = path / MANIFEST
    if not file.exists():
        return ()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(file, str(error)) from error
    documents = data.get("document", [])
    if not isinstance(documents, list) or not all(isinstance(cells, dict) for cells in documents):
        raise ManifestError(file, "'document' is no list of tables; write [[document]] above each")
    entries = tuple(_entry(file, cells) for cells in documents)
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
        language = cells.get("language", "fi")
        if not isinstance(cells[key], dict) or not (cells[key].get("fi") or cells[key].get(language)):
            raise ManifestError(file, f"document {name}: '{key}' has no Finnish (fi)")
    unknown = sorted(set(cells) - set(Entry.__slots__))
    if unknown:
        raise ManifestError(file, f"document {name}: '{unknown[0]}' is not known")
    try:
        entry = Entry(**{"redacted_sha256": "", **cells})
        _check_values(entry)
    except (TypeError, ValueError) as error:
        raise ManifestError(file, f"document {name}: {error}") from error
    return entry


def _check_values(entry: Entry) -> None:
    """Raise ValueError or TypeError for a value that nothing can be made of."""
    for key in Entry.__slots__:
        value = getattr(entry, key)
        if key in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise TypeError(f"'{key}' is no whole number from 1 on")
        if key in ("title", "publisher"):
            _check_words(key, value)
        elif key not in _NUMBERS and not isinstance(value, str):
            raise TypeError(f"'{key}' is no text")
    for key, (form, meaning) in _FORMS.items():
        value = getattr(entry, key)
        if value and not form.fullmatch(value):
            raise ValueError(f"{key} '{value}' is no {meaning}")
    if slug_of(entry.town) in RESERVED_TOWNS:
        raise ValueError(f"the town '{entry.town}' has the name of a page or of common data")
    if not entry.period and not entry.date:
        raise ValueError("it has neither 'period' nor 'date'")
    if entry.period:
        parse_period(entry.period)
    if entry.date:
        date.fromisoformat(entry.date)


def _check_words(key: str, words: Mapping[str, Any]) -> None:
    for language, text in words.items():
        if not _LANGUAGE.fullmatch(language) or not isinstance(text, str):
            raise ValueError(f"'{key}' has something else than a text per language (fi, sv, en)")


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
    text = read_kept(path, entry.name)
    if entry.redacted_sha256 and text.sha256 != entry.redacted_sha256:
        raise ManifestError(file, "the text is not the one the tables were made from (checksum differs)")
    tables = read_tables(path / entry.name)
    if not tables:
        raise ManifestError(path / entry.name, "the document has no tables; run `hytegraph extract` on it")
    located = locate_tables(text, tables)
    corrected = corrected_rows(path / entry.name, tables)
    check_consistency(located, corrected)
    check_figures(located)
    return Source(entry, text, located, coverage(located), corrected)


def read_tables(path: Path) -> tuple[Table, ...]:
    """All tables of one document's folder, in the order of their names."""
    others = (PRIVACY.name, Path(PLACES).stem)
    files = sorted(file for file in path.glob("*.csv") if file.stem not in others)
    return tuple(read_table(file) for file in files)
