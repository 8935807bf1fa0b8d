"""The names of what the rows of a document state: made of words and place in the plan, and kept by the registry.

A line number is in no name, so a line that is inserted above changes none. Names hold no words: what is removed from a
text as personal data is in no address either.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.slugs import Slug
from hytegraph.loaders.documents.tables import Row, Table

# The type of thing, the id of its row, and its number in the cell: 0 where the row states one thing.
ThingKey = tuple[str, str, int]
_LENGTH = 16
_NAME_LENGTH = 8
_IN_CELLS = ("measure", "indicator", "realisation")
# Tables whose rows state one thing each: its type, its words, its place.
_ROWS = {
    "realisations": ("realisation", ("realisation",), ("aim",)),
    "narratives": ("narrative", ("text",), ("sector",)),
    "projects": ("project", ("project",), ("period",)),
    "losses": ("loss", ("text",), ("kind",)),
    "amendments": ("amendment", ("item",), ("sector",)),
    "figures": ("observation", ("indicator",), ("sector", "serviceArea", "group", "parent")),
}
TYPES = frozenset((*_IN_CELLS, "row", *(type_ for type_, _, _ in _ROWS.values())))


@dataclass(frozen=True, slots=True)
class RowThing:
    """A thing that a row states: its words and its place, which tell it from the others of its type."""

    key: ThingKey
    words: str
    place: tuple[str, ...]


def row_things(tables: Mapping[str, Table]) -> Iterator[RowThing]:
    """What the rows of a document state, in the order of the tables."""
    if "measures" in tables:
        yield from _things_of_measures(tables["measures"])
    for table, (type_, words, place) in _ROWS.items():
        for row in tables[table].rows if table in tables else ():
            cells = " ".join(row[column] for column in words)
            yield RowThing((type_, row.id, 0), cells, tuple(row[column] for column in place))


def _things_of_measures(table: Table) -> Iterator[RowThing]:
    for name, group in groupby(table.rows, key=lambda row: row["row"]):
        members = list(group)
        place = tuple(members[0][column] for column in ("aim", "sector", "goal"))
        measures = " ".join(member["measure"] for member in members)
        yield RowThing(("row", name, 0), measures or members[0]["realisation"], place)
        for number, member in enumerate(members):
            for column in _IN_CELLS if not number else ("measure",):
                yield from _values(member, column, place)


def _values(row: Row, column: str, place: tuple[str, ...]) -> Iterator[RowThing]:
    # An indicator or a realisation is told from others of the same words by the measures beside it.
    beside = place if column == "measure" else (*place, row["measure"])
    for number, words in enumerate(row.values(column), 1):
        yield RowThing((column, row.id, number), words, beside)


def thing_digests(tables: Mapping[str, Table]) -> dict[ThingKey, str]:
    """The checksum of words and place of each thing; of equal ones the first, second … are told apart."""
    seen: Counter[tuple[str, str]] = Counter()
    digests = {}
    for thing in row_things(tables):
        text = "\x1f".join(map(wording_key, (thing.words, *thing.place)))
        seen[thing.key[0], text] += 1
        numbered = f"{text}\x1f{seen[thing.key[0], text]}"
        digests[thing.key] = hashlib.sha256(numbered.encode()).hexdigest()[:_LENGTH]
    return digests


def name_things(document: str, tables: Mapping[str, Table], registry: Iterable[Slug]) -> dict[ThingKey, str]:
    """The name of each thing of a document.

    It is the one that the registry has for its contents; else the one of the same row, whose words have been corrected;
    else the beginning of its checksum.
    """
    digests = thing_digests(tables)
    by_digest, by_row = _registered(document, registry)
    current = {(key[0], digest) for key, digest in digests.items()}
    taken = {(slug.type, slug.slug) for slug in registry if slug.scope == document}
    names = {}
    for key, digest in digests.items():
        name = by_digest.get((key[0], digest))
        if name is None and key in by_row and (key[0], by_row[key][1]) not in current:
            name = by_row[key][0]
        if name is None:
            name = next(end for end in _beginnings(digest) if (key[0], end) not in taken)
        names[key] = name
        taken.add((key[0], name))
    return names


def _beginnings(digest: str) -> Iterator[str]:
    yield from (digest[:length] for length in range(_NAME_LENGTH, _LENGTH + 1))


def _registered(
    document: str, registry: Iterable[Slug]
) -> tuple[dict[tuple[str, str], str], dict[ThingKey, tuple[str, str]]]:
    """The names of a document's things by type and checksum, and by row, there with the checksum."""
    by_digest: dict[tuple[str, str], str] = {}
    by_row: dict[ThingKey, tuple[str, str]] = {}
    for slug in registry:
        if slug.scope == document and slug.type in TYPES:
            place, _, digest = slug.wording.rpartition(" ")
            by_digest.setdefault((slug.type, digest), slug.slug)
            row, _, number = place.partition("/")
            if row:
                by_row[slug.type, row, int(number or 0)] = (slug.slug, digest)
    return by_digest, by_row


def registered(document: str, tables: Mapping[str, Table], registry: Iterable[Slug]) -> tuple[Slug, ...]:
    """The lines of the registry for the things of a document: name, and row and checksum of the contents."""
    names = name_things(document, tables, registry)
    return tuple(
        Slug(type_, document, names[type_, row, number], f"{row}/{number} {digest}")
        for (type_, row, number), digest in thing_digests(tables).items()
    )


def retired_names(
    document: str, tables: Mapping[str, Table], registry: Iterable[Slug]
) -> Iterator[tuple[str, str]]:
    """The (type, name) of things of the document that the registry knows and its tables no longer state."""
    used = {(key[0], name) for key, name in name_things(document, tables, registry).items()}
    for slug in registry:
        if slug.scope == document and slug.type in TYPES and (slug.type, slug.slug) not in used:
            used.add((slug.type, slug.slug))
            yield slug.type, slug.slug
