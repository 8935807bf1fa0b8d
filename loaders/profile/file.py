"""The file `profile.toml` beside a document: what its tables are taken for, for a person to edit and approve."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hytegraph.graph.errors import ProfileError
from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.grids import Grid, grids_of
from hytegraph.loaders.profile.headings import GROUPS, ROLES
from hytegraph.loaders.profile.model import SHAPES, ColumnProfile, Profile, TableProfile

PROFILE = "profile.toml"
_T = TypeVar("_T")
_SHOWN_ROWS = 3
_SHOWN_LENGTH = 40
_TABLE_KEYS = ("sheet", "number", "shape", "header_rows", "confidence", "column", "label")
_HEAD = (
    f"# shape: {', '.join(SHAPES)}\n"
    f"# roles: {', '.join(ROLES)}; several where a column has several\n"
    f"# group: {' or '.join(GROUPS)}, the columns of a matrix\n"
    "# Approve by `hytegraph profile DIR DOCUMENT --approve`; until then every row is ambiguous.\n"
)


def write_profile(folder: Path, profile: Profile, placed: Sequence[Placed]) -> None:
    """Write the profile of the document whose folder it is, with the first rows of each table as comments."""
    (folder / PROFILE).write_text(profile_text(profile, placed), encoding="utf-8", newline="\n")


def profile_text(profile: Profile, placed: Sequence[Placed]) -> str:
    """The profile as TOML."""
    grids = {(grid.sheet, grid.number): grid for grid in grids_of(placed)}
    lines = [
        _HEAD,
        f"approved = {str(profile.is_approved).lower()}",
        f"language = {_quoted(profile.language)}",
        "",
    ]
    lines.append("[legend]")
    lines += [f"{_quoted(sign)} = {_quoted(words)}" for sign, words in sorted(profile.legend.items())]
    for table in profile.tables:
        grid = grids.get((table.sheet, table.number))
        lines += ["", "[[table]]", *_table_lines(table, grid)]
    return "\n".join(lines) + "\n"


def _table_lines(table: TableProfile, grid: Grid | None) -> Iterator[str]:
    if table.sheet:
        yield f"sheet = {_quoted(table.sheet)}"
    yield f"number = {table.number}"
    yield f"shape = {_quoted(table.shape)}"
    yield f"header_rows = {table.header_rows}"
    yield f"confidence = {table.confidence}"
    for row in grid.rows[table.header_rows : table.header_rows + _SHOWN_ROWS] if grid else ():
        texts = (text[:_SHOWN_LENGTH] for text in dict.fromkeys(grid.texts(row).values() if grid else ()))
        yield f"# {' | '.join(texts)}"
    for number, column in sorted(table.columns.items()):
        yield "[[table.column]]"
        yield f"number = {number}"
        yield f"heading = {_quoted(column.heading)}"
        yield f"roles = [{', '.join(map(_quoted, column.roles))}]"
        if column.group:
            yield f"group = {_quoted(column.group)}"
    for label, roles in table.labels.items():
        yield "[[table.label]]"
        yield f"text = {_quoted(label)}"
        yield f"roles = [{', '.join(map(_quoted, roles))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_profile(folder: Path) -> Profile | None:
    """The profile of the document whose folder it is, None without one; raises ProfileError by file, key and line."""
    file = folder / PROFILE
    if not file.is_file():
        return None
    try:
        text = file.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{folder.name}/{PROFILE}", "", 0, str(error)) from error
    return _Checked(f"{folder.name}/{PROFILE}", text).profile(data)


class _Checked:
    """Makes a profile of what a TOML file holds, and says which key of which line is wrong."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.split("\n")

    def profile(self, data: Mapping[str, Any]) -> Profile:
        self._refuse_unknown(data, ("approved", "language", "legend", "table"), 0)
        tables = self._list(data, "table", 0)
        starts = [at for at, line in enumerate(self._lines) if line.strip() == "[[table]]"]
        starts += [0] * (len(tables) - len(starts))
        legend = self._of(dict, data, "legend", {}, 0)
        for sign, words in legend.items():
            if not isinstance(words, str):
                raise self._error(sign, 0, "is no text")
        return Profile(
            tuple(self._table(table, start) for table, start in zip(tables, starts, strict=False)),
            legend=legend,
            language=self._one_of(data, "language", ("fi", "sv", ""), 0, ""),
            is_approved=self._of(bool, data, "approved", False, 0),
        )

    def _table(self, data: Mapping[str, Any], start: int) -> TableProfile:
        self._refuse_unknown(data, _TABLE_KEYS, start)
        columns = {}
        for column in self._list(data, "column", start):
            self._refuse_unknown(column, ("number", "heading", "roles", "group"), start)
            group = self._one_of(column, "group", (*GROUPS, ""), start, "")
            roles = self._roles(column, start)
            columns[self._of(int, column, "number", 0, start)] = ColumnProfile(
                self._of(str, column, "heading", "", start), roles, group
            )
        labels = {
            self._of(str, label, "text", "", start): self._roles(label, start)
            for label in self._list(data, "label", start)
        }
        confidence = data.get("confidence", 0)
        return TableProfile(
            self._of(int, data, "number", 0, start),
            self._of(str, data, "sheet", "", start),
            self._one_of(data, "shape", SHAPES, start, ""),
            self._of(int, data, "header_rows", 0, start),
            columns,
            labels,
            float(confidence) if isinstance(confidence, int | float) else 0.0,
        )

    def _roles(self, data: Mapping[str, Any], start: int) -> tuple[str, ...]:
        roles = self._of(list, data, "roles", [], start)
        wrong = [role for role in roles if role not in ROLES]
        if wrong:
            raise self._error(str(wrong[0]), start, f"is no role; there are: {', '.join(ROLES)}")
        return tuple(roles)

    def _one_of(
        self, data: Mapping[str, Any], key: str, values: Sequence[str], start: int, default: str
    ) -> str:
        value = data.get(key, default)
        if value not in values:
            raise self._error(key, start, f"is '{value}', not one of {', '.join(filter(None, values))}")
        return str(value)

    def _of(self, type_: type[_T], data: Mapping[str, Any], key: str, default: _T, start: int) -> _T:
        value = data.get(key, default)
        if not isinstance(value, type_) or (
            type_ is int and (isinstance(value, bool) or str(value).startswith("-"))
        ):
            raise self._error(key, start, f"is no {_KINDS[type_]}")
        return value

    def _list(self, data: Mapping[str, Any], key: str, start: int) -> list[Mapping[str, Any]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self._error(key, start, "is no list of tables")
        return value

    def _refuse_unknown(self, data: Mapping[str, Any], keys: Sequence[str], start: int) -> None:
        unknown = [key for key in data if key not in keys]
        if unknown:
            raise self._error(unknown[0], start, "is not known")

    def _error(self, key: str, start: int, reason: str) -> ProfileError:
        """The error with the first line from `start` on that has the key."""
        form = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        lines = range(start, len(self._lines))
        line = next(
            (at for at in lines if not self._lines[at].startswith("#") and form.search(self._lines[at])),
            start,
        )
        return ProfileError(self._name, key, line + 1, reason)


_KINDS: dict[type, str] = {
    bool: "true or false",
    int: "whole number",
    str: "text",
    list: "list",
    dict: "table",
}
