"""The data as files: the dumps with their sizes and checksums, and every named graph in plain words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from hytegraph.graph.store.dataset import Dataset, GraphSize
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.server.catalogue.dumps import Dump, dump_path, dumps, earlier_releases
from hytegraph.server.context import dataset, settings
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import offers
from hytegraph.server.pages.about.routes import TITLES, citation, licence_values
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import TABLE_FORMS, View, respond
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
@offers(HTML, *TABLE_FORMS.values())
def downloads(suffix: str | None = None) -> Response:
    """The dumps of the release and its graphs."""
    language = reader_language(request)
    graphs = _graphs(dataset(), settings().base, language)
    files = tuple(File(each, dump_path(dataset(), each.syntax)) for each in dumps(dataset()))
    cited = citation(dataset(), language)
    rows = tuple((each.name, each.about.text, each.triples, str(each.is_default).lower()) for each in graphs)
    values = {"files": files, "graphs": graphs, "citation": cited, **licence_values()}
    values["earlier"] = earlier_releases(dataset())
    return respond(View("about/downloads.html", values, Table("graphs", COLUMNS, rows)), suffix)


def _graphs(served: Dataset, base: str, language: Language) -> tuple[Graph, ...]:
    labels = Labels(served.select(TITLES), base, language)
    return tuple(_graph(each, labels, base, language) for each in served.graphs())


def _graph(graph: GraphSize, labels: Labels, base: str, language: Language) -> Graph:
    town, _, kind = graph.name.removeprefix(f"{base}graph/").partition("/")
    if kind.startswith("document/"):
        about = labels.link(f"{base}id/{town}/{kind}")
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
