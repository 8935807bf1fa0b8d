"""The gaps of a dataset: what its documents leave open, by the queries of `queries/gaps/`.

A row of such a query is a thing about which something is not found, with a passage that names the thing. It never says
that something was not done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.languages import Text
from hytegraph.graph.query.named import NamedQuery, header_of, in_languages, parse_query
from hytegraph.graph.resources import data_files
from hytegraph.graph.results import Row

GROUPS = ("chain", "results", "basis", "reading")


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap (texts in fi, sv, en): what it means, what it does not mean, and what would close it.

    `details` are the texts of the codes in `detail` of its rows; `question` is the competency question that asks the
    same, if there is one.
    """

    name: str
    group: str
    order: int
    title: Text
    means: Text
    means_not: Text
    closes: Text
    details: Mapping[str, Text]
    question: str | None
    query: NamedQuery


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a document that name the thing, and the first of the passages they were read from.

    A document that carries the thing without a line that names it has the lines 0–0 and no passage.
    """

    document: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GapRow:
    """A thing with a gap: its labels, its places by document, and a code or the words that tell more."""

    thing: str
    labels: tuple[Literal, ...]
    places: tuple[Place, ...]
    detail: str


@cache
def load_gaps() -> Mapping[str, Gap]:
    """All kinds of gaps by name, in the order in which they are told."""
    files = data_files("queries", "gaps/*.rq")
    gaps = (_gap(file.stem, file.read_text(encoding="utf-8")) for file in files)
    return {gap.name: gap for gap in sorted(gaps, key=lambda gap: (GROUPS.index(gap.group), gap.order))}


def named_gap(name: str) -> Gap:
    """The kind of gap of that name; raises UnknownNameError with the names there are."""
    if name not in load_gaps():
        raise UnknownNameError("gap", name, load_gaps())
    return load_gaps()[name]


def _gap(name: str, text: str) -> Gap:
    header = header_of(text)
    details = header.get("details", {})
    return Gap(
        name,
        header["group"],
        header["order"],
        in_languages(header, "summary"),
        in_languages(header, "means"),
        in_languages(header, "not"),
        in_languages(header, "closes"),
        {code: Text.of(texts) for code, texts in details.items()},
        header.get("question"),
        parse_query(name, text),
    )


def gap_rows(solutions: Iterable[Row]) -> tuple[GapRow, ...]:
    """The things with a gap from the solutions of its query, in the order of the documents and their lines.

    Those without a place come first.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in solutions:
        detail = row.text("detail") if "detail" in row.variables else ""
        found.setdefault((row.text("thing"), detail), []).append(row)
    rows = (_row(thing, detail, merged) for (thing, detail), merged in found.items())
    return tuple(sorted(rows, key=_position))


def _row(thing: str, detail: str, merged: list[Row]) -> GapRow:
    labels = {row["label"]: None for row in merged}
    by_document: dict[str, list[Place]] = {}
    for row in merged:
        if row["document"]:
            start, end = (int(row.text(name) or 0) for name in ("lineStart", "lineEnd"))
            place = Place(row.text("document"), row.text("passage"), start, end)
            by_document.setdefault(place.document, []).append(place)
    places = tuple(_whole(places) for _, places in sorted(by_document.items()))
    return GapRow(thing, tuple(label for label in labels if isinstance(label, Literal)), places, detail)


def _whole(places: list[Place]) -> Place:
    first = min(places, key=lambda place: (place.start, place.end, place.passage))
    return Place(first.document, first.passage, first.start, max(place.end for place in places))


def _position(row: GapRow) -> tuple[tuple[tuple[str, int, int], ...], str, str]:
    return tuple((place.document, place.start, place.end) for place in row.places), row.thing, row.detail
