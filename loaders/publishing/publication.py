"""What a publisher states of a release, in `publication.toml`: version, date, notes, rights, and what must be in
order.
"""

import datetime
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import PublicationError
from hytegraph.graph.languages import LANGUAGES, NO_TEXT, Text

FILE = "publication.toml"
# What stands in the file by itself is a setting of the same name.
SETTINGS = ("base", "publisher", "contact", "licence")
# Stated only where it differs from what is usual.
OPTIONAL_SETTINGS = ("modelling_licence",)
_ADDRESS = "address"
_TABLES: Mapping[str, Collection[str]] = {
    "release": ("version", "date", "keep", "notes"),
    "policy": ("languages", "unexplained_lines", "waiting_links"),
    "hvd": ("legislation", "category"),
}
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,39}")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Policy:
    """What must be in order before a release is published.

    `languages` are those in which titles and notes must be; `unexplained_lines` of documents and `waiting_links`, that
    no person has judged, may be so many, None for any number.
    """

    languages: tuple[str, ...] = LANGUAGES
    unexplained_lines: int | None = 0
    waiting_links: int | None = None


_USUAL = Policy()


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publisher states; '' or None where nothing is.

    `address` is where the folder of files will be on the web, ending in a slash; the base where nothing is stated.
    `keep` is how many releases of the row are kept, 0 for all; `legislation` and `category` are the IRIs by which the
    European Union knows high-value data.
    """

    file: Path
    settings: Mapping[str, str]
    address: str = ""
    version: str = ""
    date: datetime.date | None = None
    keep: int = 0
    notes: Text = NO_TEXT
    policy: Policy = _USUAL
    legislation: str = ""
    category: tuple[str, ...] = ()


def read_publication(file: Path) -> Publication:
    """The publication file; raises PublicationError, which names the key, for what cannot be used."""
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise PublicationError(file, "", "there is no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PublicationError(file, "", f"it is not TOML: {error}") from error
    return _Reader(file, told).publication()


class _Reader:
    """Reads the values of a publication file."""

    def __init__(self, file: Path, told: Mapping[str, Any]) -> None:
        self._file, self._told = file, told

    def publication(self) -> Publication:
        """All that the file states."""
        allowed = (*SETTINGS, *OPTIONAL_SETTINGS)
        self._check_names("", self._told, (*allowed, _ADDRESS, *_TABLES))
        settings = {name: self._text("", name) for name in allowed if name in self._told}
        tables = {name: self._table(name) for name in _TABLES}
        version = self._text("release", "version")
        if version and not _VERSION.fullmatch(version):
            raise self._error("release.version", f"'{version}' is not letters, digits, '.', '-' and '_'")
        return Publication(
            self._file,
            settings,
            self._address(),
            version,
            self._date(tables["release"]),
            self._keep(tables["release"]),
            self._notes(tables["release"]),
            self._policy(tables["policy"]),
            self._iri("hvd", "legislation"),
            self._iris("hvd", "category"),
        )

    def _table(self, name: str) -> Mapping[str, Any]:
        table = self._told.get(name, {})
        if not isinstance(table, dict):
            raise self._error(name, "it is not a table")
        self._check_names(f"{name}.", table, _TABLES[name])
        return table

    def _check_names(self, stem: str, table: Mapping[str, Any], known: Collection[str]) -> None:
        for name in table:
            if name not in known:
                raise self._error(stem + name, f"it is not known; there are {', '.join(known)}")

    def _text(self, table: str, name: str) -> str:
        value = (self._told.get(table, {}) if table else self._told).get(name, "")
        if not isinstance(value, str):
            raise self._error(f"{table}.{name}".lstrip("."), "it is not a text")
        return value

    def _address(self) -> str:
        value = self._text("", _ADDRESS)
        if value and not (_IRI.fullmatch(value) and value.endswith("/")):
            raise self._error(_ADDRESS, f"'{value}' is not an http(s) address that ends in a slash")
        return value

    def _iri(self, table: str, name: str) -> str:
        value = self._text(table, name)
        if value and not _IRI.fullmatch(value):
            raise self._error(f"{table}.{name}", f"'{value}' is not an http(s) IRI")
        return value

    def _iris(self, table: str, name: str) -> tuple[str, ...]:
        value = self._told.get(table, {}).get(name, [])
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) and _IRI.fullmatch(each) for each in values):
            raise self._error(f"{table}.{name}", "it is not an http(s) IRI or a list of such")
        return tuple(values)

    def _date(self, table: Mapping[str, Any]) -> datetime.date | None:
        value = table.get("date")
        if value is not None and type(value) is not datetime.date:
            raise self._error("release.date", "it is not a date, such as 2026-11-29 without quotation marks")
        return value

    def _keep(self, table: Mapping[str, Any]) -> int:
        value = table.get("keep", "all")
        if value == "all":
            return 0
        if type(value) is not int or value < 1:
            raise self._error("release.keep", 'it is neither "all" nor a number from 1')
        return value

    def _notes(self, table: Mapping[str, Any]) -> Text:
        value = table.get("notes", {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise self._error("release.notes", "it is not a table of texts by language")
        self._check_names("release.notes.", value, LANGUAGES)
        return Text(**value)

    def _policy(self, table: Mapping[str, Any]) -> Policy:
        languages = table.get("languages", list(LANGUAGES))
        if not isinstance(languages, list) or not languages or not set(languages) <= set(LANGUAGES):
            raise self._error("policy.languages", f"it is not a list of {', '.join(LANGUAGES)}")
        lines, links = (
            self._number(table, name, usual)
            for name, usual in (("unexplained_lines", 0), ("waiting_links", "any"))
        )
        return Policy(tuple(each for each in LANGUAGES if each in languages), lines, links)

    def _number(self, table: Mapping[str, Any], name: str, usual: int | str) -> int | None:
        value = table.get(name, usual)
        if value == "any":
            return None
        if type(value) is not int or value < 0:
            raise self._error(f"policy.{name}", 'it is neither "any" nor a number from 0')
        return value

    def _error(self, key: str, reason: str) -> PublicationError:
        return PublicationError(self._file, key, reason)
