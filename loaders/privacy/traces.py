"""What the files of a document folder still hold of words that were removed from its documents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from hytegraph.graph.iris import slug_of
from hytegraph.graph.markers import LINE, MARKERS, NAME
from hytegraph.loaders.documents.corrections import ALL, Difference, Merge
from hytegraph.loaders.documents.folder import Entry
from hytegraph.loaders.documents.slugs import FILE as REGISTRY
from hytegraph.loaders.documents.slugs import read_registry, write_registry
from hytegraph.loaders.documents.table_kinds import PRIVACY
from hytegraph.loaders.documents.tables import Row, Table
from hytegraph.loaders.privacy.names import names_again
from hytegraph.loaders.privacy.reading import PERSONAL, Reading
from hytegraph.loaders.privacy.redaction import words_pattern

_DROPPED = "nothing: the row cited lines that were removed as personal data"


@dataclass(frozen=True)
class RemovedWords:
    """The words that are removed in a run, with their kinds, and the names of persons among them.

    `values` are what was read from lines of which nothing is left.
    """

    words: frozenset[tuple[str, str]]
    names: frozenset[str]
    values: frozenset[str] = frozenset()

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> "RemovedWords":
        """Those of all documents that are read."""
        redactions = [reading.redaction for reading in readings]
        return cls(
            frozenset().union(*(redaction.words for redaction in redactions)),
            frozenset().union(*(redaction.names for redaction in redactions)),
        )

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        longest_first = sorted(self.words, key=lambda pair: (-len(pair[0]), pair))
        return [
            *(
                (words_pattern(value), LINE)
                for value in sorted(self.values, key=len, reverse=True)
                if " " in value
            ),
            *((words_pattern(words), kind) for words, kind in longest_first if " " in words or kind != NAME),
        ]

    @cached_property
    def _slugs(self) -> frozenset[str]:
        texts = {*self.values, *self.names, *(words for words, _ in self.words)}
        return frozenset(slug_of(text) for text in texts if " " in text)

    def out_of(self, text: str) -> str:
        """The text with markers in place of the words."""
        for pattern, kind in self._patterns:
            text = pattern.sub(MARKERS[kind], text)
        for hit in sorted(names_again(text, self.names, whole=True), key=lambda hit: -hit.start):
            text = text[: hit.start] + MARKERS[NAME] + text[hit.end :]
        return text

    def in_address(self, text: str) -> bool:
        """Whether an address in the text was made of the words."""
        return any(re.search(rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z0-9])", text) for slug in self._slugs)


def clean_merge(merged: Merge, fresh: Table, reading: Reading, removed: RemovedWords) -> Merge:
    """The merged table without what a person's rows still hold of removed lines and words.

    A row of a person that cites a line of which nothing is left gives way to the extraction.
    """
    gone = frozenset(reading.removed_lines)
    by_id = {row.id: row for row in fresh.rows}
    rows, dropped = [], []
    for row in merged.table.rows:
        cites_gone = bool(gone & _cited(merged.table, row))
        if cites_gone and row["kind"] != PERSONAL and row != by_id.get(row.id):
            dropped.append(row.id)
            rows += [by_id[row.id]] if row.id in by_id else []
            continue
        cells = {name: removed.out_of(cell) for name, cell in row.cells.items()}
        if cites_gone and row["kind"] == PERSONAL:
            cells["text"] = ""
        rows.append(Row(cells, row.line))
    differences = [
        replace(difference, kept=removed.out_of(difference.kept))
        for difference in merged.differences
        if difference.row not in dropped
    ]
    differences += [Difference(fresh.kind.name, row_id, ALL, _DROPPED, "other words") for row_id in dropped]
    return Merge(replace(merged.table, rows=tuple(rows)), tuple(differences))


def _cited(table: Table, row: Row) -> frozenset[int]:
    return frozenset(
        number for column in table.line_columns() for span in row.spans(column) for number in span.numbers()
    )


def clean_entry(entry: Entry, reading: Reading, removed: RemovedWords) -> Entry:
    """The entry of a document whose text may have become another."""
    title = {language: removed.out_of(words) for language, words in entry.title.items()}
    return replace(entry, title=title, redacted_sha256=reading.redacted.sha256)


def clean_folder(folder: Path, removed: RemovedWords) -> None:
    """Take the words out of the folder's other tables; a slug or link whose address was made of them goes."""
    if not removed.words and not removed.values:
        return
    registry = read_registry(folder)
    kept = [
        slug
        for slug in registry
        if slug.wording not in removed.values and removed.out_of(slug.wording) == slug.wording
    ]
    if len(kept) < len([*registry]):
        write_registry(folder, kept, registry.dialect)
    skipped = {REGISTRY, f"{PRIVACY.name}.csv", "extracted.tsv"}
    # The headings of a profile, as a person left them, may hold the words too.
    for file in sorted([*folder.rglob("*.[ct]sv"), *folder.rglob("profile.toml")]):
        if file.name in skipped:
            continue
        text = file.read_bytes().decode("utf-8")
        lines = text.splitlines(keepends=True)
        if file.suffix == ".tsv":
            lines = [line for line in lines if not removed.in_address(line)]
        clean = removed.out_of("".join(lines))
        if clean != text:
            file.write_bytes(clean.encode())
