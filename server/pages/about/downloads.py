"""The data as files: the dumps with their sizes and checksums, and every named graph in plain words."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.store.dataset import GraphSize
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.server.catalogue.dumps import Dump, dump_path, dumps, earlier_releases, has_large_data
from hytegraph.server.catalogue.routes import about
from hytegraph.server.catalogue.schema_org import schema_of_dataset
from hytegraph.server.context import dataset, is_of_all_towns, settings, town_of_rows, towns
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import asks, in_towns, offers
from hytegraph.server.pages.about.routes import citation, licence_values
from hytegraph.server.pages.shared.paging import PAGE, part_of, rows_of_data, with_next
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.town_lists import TOWN_NAME, Counts, asked_towns
from hytegraph.server.pages.shared.view import TABLE_FORMS, View, respond, wanted
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import TEXTS, Language, translate

blueprint = Blueprint("downloads", __name__)

COLUMNS = ("graph", "description", "triples", "inDefaultGraph")


@dataclass(frozen=True, slots=True)
class File:
    """A dump and its address."""

    dump: Dump
    address: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph: what it holds in words, its size, where it is to be had, and whether a plain query reads it."""

    name: str
    about: Link
    triples: int
    address: str
    is_default: bool


@blueprint.get("/downloads")
@blueprint.get("/downloads.<suffix>")
@in_towns
@asks(TOWN_NAME, PAGE)
@offers(HTML, *TABLE_FORMS.values())
def downloads(suffix: str | None = None) -> Response:
    """The dumps of the release and its graphs: those of a town, or those that are no town's and a list of the towns."""
    language = reader_language(request)
    if is_of_all_towns():
        return _of_all_towns(suffix, language)
    slug = town_of_rows()
    sizes = [each for each in dataset().graphs() if slug in (None, slug_in(each.name, settings().base))]
    graphs = _graphs(sizes, language)
    values = _values(language) | {"graphs": graphs}
    return respond(View("about/downloads.html", values, _table(graphs)), suffix)


def _of_all_towns(suffix: str | None, language: Language) -> Response:
    if wanted({"html": HTML} | TABLE_FORMS, suffix) != "html":
        part = part_of(dataset().graphs(), rows_of_data())
        return with_next(respond(View("", {}, _table(_graphs(part.items, language))), suffix), part)
    base = settings().base
    common = [each for each in dataset().graphs() if slug_in(each.name, base) not in towns()]
    columns = {"graphs": "downloads.graphs.count", "triples": "col.triples"}
    values = {"graphs": _graphs(common, language), "list": asked_towns(columns, _count_graphs, language)}
    return respond(View("about/downloads.html", _values(language) | values, _table(())), suffix)


def _values(language: Language) -> dict[str, object]:
    """What the page says of the dumps."""
    files = tuple(File(each, dump_path(dataset(), each.syntax)) for each in dumps(dataset()))
    return {
        "files": files,
        "is_large": has_large_data(dataset()),
        "citation": citation(dataset(), language),
        "earlier": earlier_releases(dataset()),
        "json_ld": schema_of_dataset(about()),
        **licence_values(),
    }


def _count_graphs(slugs: Collection[str]) -> Counts:
    """How many named graphs these towns have, and with how many triples."""
    counts: Counter[tuple[str, str]] = Counter()
    for graph in dataset().graphs():
        slug = slug_in(graph.name, settings().base)
        if slug in slugs:
            counts[slug, "graphs"] += 1
            counts[slug, "triples"] += graph.triples
    return counts


def _table(graphs: Iterable[Graph]) -> Table:
    rows = ((each.name, each.about.text, each.triples, str(each.is_default).lower()) for each in graphs)
    return Table("graphs", COLUMNS, tuple(rows))


def _graphs(sizes: Sequence[GraphSize], language: Language) -> tuple[Graph, ...]:
    base = settings().base
    documents = [_document(each.name, base) for each in sizes if "/document/" in each.name]
    labels = labels_of(dataset(), documents, base, language)
    return tuple(_graph(each, labels, base, language) for each in sizes)


def _document(graph: str, base: str) -> str:
    """The document whose graph it is."""
    return f"{base}id/{graph.removeprefix(f'{base}graph/')}"


def _graph(graph: GraphSize, labels: Labels, base: str, language: Language) -> Graph:
    town, _, kind = graph.name.removeprefix(f"{base}graph/").partition("/")
    if kind.startswith("document/"):
        about = labels.link(_document(graph.name, base))
    else:
        key = next(
            (each for each in (f"graph.{town}/{kind}", f"graph.{kind}", f"graph.{town}") if each in TEXTS), ""
        )
        about = Link(translate(key, language) if key else graph.name, language)
    return Graph(
        graph.name,
        about,
        graph.triples,
        "/rdf-graph-store?" + urlencode({"graph": graph.name}),
        not graph.name.endswith(NOT_IN_DEFAULT_GRAPH),
    )
