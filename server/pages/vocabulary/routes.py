"""The ontology at its own addresses: for people, as data, its parts, its diagram and its JSON-LD context."""

from functools import cache

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode, Triple

from hytegraph.graph.formats import JSON_LD, THING_FORMATS, GraphFormat, by_media_type
from hytegraph.graph.resources import data_folder
from hytegraph.server.catalogue.routes import about
from hytegraph.server.catalogue.schema_org import schema_of_terms
from hytegraph.server.catalogue.void import CLASS_COUNTS, PROPERTY_COUNTS
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.negotiation import HTML, accepted
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    View,
    cached,
    data,
    page,
    respond,
    split_suffix,
    thing_format,
    varied,
)
from hytegraph.server.pages.vocabulary.diagram import rows, svg
from hytegraph.server.pages.vocabulary.model import COLUMNS, read_model
from hytegraph.server.pages.vocabulary.reading import (
    ALIGNMENTS,
    CODES,
    CORE,
    SDG,
    read_ontology,
    rows_of,
    unused_terms,
    version_of,
)
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("ontology", __name__)

# Whoever looks up a code finds it: the whole vocabulary under one namespace is the ontology with its code lists.
WHOLE = (CORE, CODES)
# The parts with addresses of their own: their graphs, and where the page tells of them.
PARTS = {
    "core": ((CORE,), ""),
    "codes": ((CODES,), "section-codes"),
    "sdg": ((SDG,), "section-files"),
    "alignments": ((ALIGNMENTS,), "section-alignments"),
}
_diagram = cache(svg)
_diagram_rows = cache(rows)


@blueprint.get("/ns")
@blueprint.get("/ns.<suffix>")
@offers(HTML, *GRAPH_FORMS.values())
def ontology(suffix: str | None = None) -> Response:
    """The documentation for people, the ontology with its code lists for programs."""
    if syntax := _form(suffix):
        return _data(WHOLE, syntax)
    language = reader_language(request)
    found = read_ontology(dataset(), settings().base, language)
    if found is None:
        raise ProblemError(Problem(404, "not-found", "The data hold no ontology."))
    parts = tuple(name for name, (graphs, _) in PARTS.items() if _has(graphs))
    response = page(
        "vocabulary/ontology.html",
        ontology=found,
        formats=THING_FORMATS,
        parts=parts,
        diagram=_diagram_rows(language),
        json_ld=schema_of_terms(about(), "ns", found.header.title.text, (), language),
        unused=unused_terms(dataset(), settings().base, language, _used_terms()),
    )
    for syntax in THING_FORMATS:
        response.headers.add("Link", f'</ns.{syntax.extension}>; rel="alternate"; type="{syntax.media_type}"')
    return varied(response)


def _used_terms() -> frozenset[NamedNode]:
    """The classes and properties of the facts; what only suggestions use is not among them."""
    counted = (CLASS_COUNTS, PROPERTY_COUNTS)
    terms = (term for name in counted for (term,) in summaries().sums(name, ("term",)))
    return frozenset(term for term in terms if isinstance(term, NamedNode))


@blueprint.get("/ns/diagram.svg")
@offers("image/svg+xml")
def diagram() -> Response:
    """The class diagram in the reader's language."""
    language = reader_language(request)
    response = cached(Response(_diagram(language), content_type="image/svg+xml"))
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = language
    return response


@blueprint.get("/ns/model")
@blueprint.get("/ns/model.<suffix>")
@offers(HTML, *TABLE_FORMS.values())
def model(suffix: str | None = None) -> Response:
    """The classes and relations that the data have, with counts, each with the query that lists it."""
    found = read_model(summaries(), reader_language(request))
    return respond(
        View("vocabulary/model.html", {"model": found}, Table("model", COLUMNS, found.rows())), suffix
    )


@blueprint.get("/ns/context.jsonld")
@offers(JSON_LD.media_type)
def context() -> Response:
    """The JSON-LD context of the ontology."""
    content = (data_folder("ontology") / "context.jsonld").read_bytes()
    return cached(Response(content, content_type="application/ld+json"))


@blueprint.get("/ns/<name>")
@offers(*GRAPH_FORMS.values())
def part(name: str) -> Response:
    """A part of the ontology or a version of it, as data; for people, its place on the page."""
    suffixes = [each for syntax in THING_FORMATS for each in (syntax.extension, *syntax.file_extensions)]
    stem, suffix = split_suffix(name, suffixes)
    graphs, anchor = _named(stem)
    if not _has(graphs):
        raise ProblemError(Problem(404, "not-found", f"The data hold no {stem}."))
    if syntax := _form(suffix):
        return _data(graphs, syntax)
    response = cached(redirect(f"/ns#{anchor}" if anchor else "/ns", code=303))  # type: ignore[arg-type] # Flask's own class
    response.headers["Vary"] = "Accept"
    return response


def _named(stem: str) -> tuple[tuple[str, ...], str]:
    if stem in PARTS:
        return PARTS[stem]
    if stem == version_of(dataset(), settings().base):
        return WHOLE, ""
    raise ProblemError(Problem(404, "not-found", f"The ontology has no part or version '{stem}'."))


def _has(graphs: tuple[str, ...]) -> bool:
    names = {each.name for each in dataset().graphs()}
    return any(f"{settings().base}graph/{graph}" in names for graph in graphs)


def _form(suffix: str | None) -> GraphFormat | None:
    """The format that is asked for, None for the page."""
    if suffix is not None:
        syntax = thing_format(suffix)
        if syntax is None:
            raise not_acceptable(tuple(each.extension for each in THING_FORMATS))
        return syntax
    forms: dict[str, GraphFormat | None] = {HTML: None, **by_media_type(THING_FORMATS)}
    return accepted(request.headers.get("Accept"), forms)


def _data(graphs: tuple[str, ...], syntax: GraphFormat) -> Response:
    found = rows_of(dataset(), settings().base, *graphs)
    if not found:
        raise ProblemError(Problem(404, "not-found", "The data hold no ontology."))
    response = data(tuple(Triple(row["s"], row["p"], row["o"]) for row in found), syntax)  # type: ignore[arg-type] # as queried
    response.headers["Vary"] = "Accept"
    return response
