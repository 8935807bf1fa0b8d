"""The measures as a table: who is responsible, when, by what they are measured and what is reported."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import Parameter, asks, in_towns
from hytegraph.server.pages.shared.arrangement import ARRANGED, Column
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.data_table import DataRow, arranged
from hytegraph.server.pages.shared.documents import short_name
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.table import title_of_column
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

blueprint = Blueprint("measures", __name__)

COLUMNS = (
    Column("measure"),
    Column("party", "values"),
    Column("schedule", "values"),
    Column("indicator", "filled", is_wide=True),
    Column("realisation", "filled", is_wide=True),
    Column("goal", "values", is_wide=True),
    Column("aim", "values", is_shown=False),
    Column("sector", "values", is_shown=False),
    Column("target", is_shown=False),
    Column("period", "values"),
    Column("document", "values", is_shown=False),
    Column("lines"),
)
DATA = ("lineStart", "lineEnd", "iri")


@blueprint.get("/measures")
@blueprint.get("/measures.<suffix>")
@in_towns
@asks(
    *(
        Parameter(column.name, f"Narrows the rows by the column {column.name}.")
        for column in COLUMNS
        if column.facet
    ),
    *ARRANGED,
    PAGE,
)
def measures(suffix: str | None = None) -> Response:
    """The measures with responsible party, schedule, indicator and what is reported."""
    if is_of_all_towns():
        return by_town("measures", ("measures",), suffix)
    base, language = settings().base, reader_language(request)
    rows = read_measures(dataset(), summaries(), town_of_rows(), base, language)
    table = arranged("measures", COLUMNS, rows, DATA)
    values = {
        "table": table,
        "part": table.part(),
        "heading_of": lambda name: title_of_column(name, language, "measures"),
    }
    things = tuple(str(row.data[-1]) for row in table.rows)
    return respond(View("follow_up/measures.html", values, table.as_table, things), suffix)


@lru_cache(maxsize=16)
def read_measures(
    served: Dataset, kept: Summaries, town: str | None, base: str, language: Language
) -> tuple[DataRow, ...]:
    """The measures of a town (its slug) or of the data; kept, as the data never change within a dataset.

    Those of the latest period come first, and those that stand in no table last.
    """
    rows: dict[str, list[Row]] = {}
    for row in kept.rows("measure-rows", town):
        rows.setdefault(row.text("measure"), []).append(row)
    parties: dict[str, list[str]] = {}
    for row in kept.rows("measure-parties", town):
        parties.setdefault(row.text("measure"), []).append(row.text("party"))
    named = {iri for found in parties.values() for iri in found}
    named |= {
        iri
        for found in rows.values()
        for row in found
        for name in ("aim", "goal", "sector")
        if (iri := row.iri(name))
    }
    labels = labels_of(served, named, base, language)
    ordered = sorted(rows.items(), key=lambda entry: entry[1][0].text("period"), reverse=True)
    ordered.sort(key=lambda entry: entry[1][0]["row"] is None)
    return tuple(_row(served, found, parties.get(iri, ()), labels, base, language) for iri, found in ordered)


def _row(
    served: Dataset,
    rows: Sequence[Row],
    parties: Sequence[str],
    labels: Labels,
    base: str,
    language: Language,
) -> DataRow:
    first = rows[0]
    iri, document = first.text("measure"), first.text("document")
    start, end = int(first.text("start") or 0), int(first.text("end") or 0)
    place = (
        Link(passage_name(start, end, language), "", source_path(document, start, end, base))
        if start
        else None
    )
    named = tuple(labels.link(party) for party in parties)
    cells = (
        (Link(first.text("label"), first.language("label"), path_under("trace", iri, base)),),
        named or _words(rows, "responsible"),
        _words(rows, "schedule"),
        _words(rows, "indicator"),
        _words(rows, "realisation"),
        _things(rows, "goal", labels),
        _things(rows, "aim", labels),
        _things(rows, "sector", labels),
        _words(rows, "target"),
        tuple(Link(period) for period in _different(row.text("period") for row in rows)),
        (Link(short_name(served, document, base, language), "", path_under("source", document, base)),)
        if document
        else (),
        (place,) if place else (),
    )
    return DataRow(cells, (start or None, end or None, iri))


def _words(rows: Iterable[Row], name: str) -> tuple[Link, ...]:
    """The words of a document in a column, which are Finnish."""
    texts = _different(part for row in rows for part in row.text(name).split(" | "))
    return tuple(Link(text, "fi") for text in texts)


def _things(rows: Iterable[Row], name: str, labels: Labels) -> tuple[Link, ...]:
    return tuple(labels.link(iri) for iri in _different(row.iri(name) or "" for row in rows))


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts, each once and none empty, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))
