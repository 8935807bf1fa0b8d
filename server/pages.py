"""The pages for people: front page, search, things, traces, plans, queries, vocabulary, downloads."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.formats import (
    GRAPH_FORMATS,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    GraphFormat,
    graph_format,
)
from hytegraph.graph.results import Row, serialise_triples
from hytegraph.graph.vocab import HYTE, OWL, RDFS, SKOS
from hytegraph.server.context import dataset, settings
from hytegraph.server.languages import best_literal, reader_language
from hytegraph.server.negotiation import choose
from hytegraph.server.overview import read_front_page, read_tree, search
from hytegraph.server.problems import Problem, ProblemError, not_acceptable
from hytegraph.server.resources import read_resource
from hytegraph.server.trace import read_trace

blueprint = Blueprint("pages", __name__)

# A thing is triples, so the formats that name graphs are not offered for it.
THING_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
HTML = "text/html"
ONTOLOGY_GRAPH = "/graph/ontology"
GRAPH = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A term of the ontology with its label and definition in the reader's language."""

    name: str
    iri: str
    label: str
    definition: str


@blueprint.get("/")
def home() -> Response:
    """The front page."""
    return page("home.html", front=read_front_page(dataset(), settings().base, reader_language(request)))


@blueprint.get("/search")
def search_page() -> Response:
    """Things whose name or text holds the words."""
    wanted = request.args.get("q", "").strip()[:200]
    hits, cut = (
        search(dataset(), wanted, settings().base, reader_language(request)) if wanted else ((), False)
    )
    return page("search.html", q=wanted, hits=hits, cut=cut)


@blueprint.get("/id/<path:rest>")
def thing(rest: str) -> Response:
    """Leads a thing's IRI on to its page or its data (303), as Accept says; a suffix wins over Accept."""
    stem, _, suffix = rest.rpartition(".")
    if stem and _thing_format(suffix):
        return _see_other(f"/data/id/{rest}")
    by_type = {HTML: f"/page/id/{rest}"}
    for syntax in THING_FORMATS:
        for media_type in (syntax.media_type, *syntax.aliases):
            by_type.setdefault(media_type, f"/data/id/{rest}.{syntax.extension}")
    chosen = choose(request.headers.get("Accept"), tuple(by_type))
    if chosen is None:
        raise not_acceptable((HTML, *(syntax.media_type for syntax in THING_FORMATS)))
    return _see_other(by_type[chosen])


@blueprint.get("/page/<path:rest>")
def thing_page(rest: str) -> Response:
    """The page of a thing; 404 with a search box when the data do not know it."""
    iri = _iri(rest)
    language = reader_language(request)
    found = read_resource(dataset(), iri, settings().base, language, request.args.get("all", ""))
    if found is None:
        response = page("notfound.html", iri=iri)
        response.status_code = 404
        response.headers["Cache-Control"] = "no-store"
        return response
    return page("resource.html", thing=found, formats=THING_FORMATS, rest=rest)


@blueprint.get("/data/<path:name>")
def thing_data(name: str) -> Response:
    """What the data say of a thing, and who refers to it, in the format of the suffix."""
    # Split here: the IRIs of passages hold dots themselves.
    rest, _, suffix = name.rpartition(".")
    syntax = _thing_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in THING_FORMATS))
    described = dataset().describe(_iri(rest))
    if not described.outgoing and not described.incoming:
        raise ProblemError(Problem(404, "not-found", f"There is no <{_iri(rest)}> in the data."))
    return data((*described.outgoing, *described.incoming), syntax)


@blueprint.get("/data/dump.<suffix>")
def dump(suffix: str) -> Response:
    """Everything in one file."""
    syntax = graph_format(suffix)
    if syntax is None:
        raise not_acceptable(tuple(each.extension for each in GRAPH_FORMATS))
    response = Response(dataset().dump(syntax), content_type=syntax.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="hytegraph.{syntax.extension}"'
    return cached(response)


@blueprint.get("/trace/<path:rest>")
def trace_page(rest: str) -> Response:
    """A measure from its strategy to its source lines."""
    found = read_trace(dataset(), _iri(rest), settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{_iri(rest)}> is not a measure in the data."))
    return page("trace.html", trace=found, rest=rest)


@blueprint.get("/tree/<path:rest>")
def tree_page(rest: str) -> Response:
    """A plan from its aims to its measures."""
    found = read_tree(dataset(), _iri(rest), settings().base, reader_language(request))
    if found is None:
        raise ProblemError(Problem(404, "not-found", f"<{_iri(rest)}> is not a plan in the data."))
    return page("tree.html", tree=found)


@blueprint.get("/ns")
@blueprint.get("/ns.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """The vocabulary: a list of terms for people, the ontology for programs."""
    rows = _ontology_rows()
    if suffix is not None:
        syntax = _thing_format(suffix)
        if syntax is None:
            raise not_acceptable(tuple(each.extension for each in THING_FORMATS))
        return data(_triples(rows), syntax)
    offers = (HTML, *(syntax.media_type for syntax in THING_FORMATS))
    chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        raise not_acceptable(offers)
    if chosen != HTML:
        response = data(_triples(rows), next(each for each in THING_FORMATS if each.media_type == chosen))
        response.headers["Vary"] = "Accept"
        return response
    response = page("ontology.html", groups=_terms(rows), formats=THING_FORMATS)
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    return response


@blueprint.get("/about")
def about() -> Response:
    """What this is, whose data, which licence, which personal data."""
    return page("about.html")


@blueprint.get("/downloads")
def downloads() -> Response:
    """The dumps with the checksum of the release."""
    return page("downloads.html", formats=GRAPH_FORMATS, graphs=dataset().graphs(), release=dataset().release)


def page(template: str, **values: object) -> Response:
    """A page in the reader's language."""
    response = make_response(render_template(template, **values))
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = reader_language(request)
    return cached(response)


def data(triples: tuple[Triple, ...], syntax: GraphFormat) -> Response:
    """Triples in a format."""
    return cached(Response(serialise_triples(triples, syntax), content_type=syntax.content_type))


def cached(response: Response) -> Response:
    """The response with leave to keep it for a while: the data change only with a release."""
    response.headers["Cache-Control"] = f"public, max-age={settings().max_age}"
    return response


def _see_other(path: str) -> Response:
    response = redirect(_ascii(path), code=303)
    response.headers["Vary"] = "Accept"
    return cached(Response(response.response, 303, response.headers))


def _ascii(path: str) -> str:
    return quote(path, safe="/:#,;=@!$&'()*+~")


def _iri(rest: str) -> str:
    iri = settings().base + rest
    try:
        NamedNode(iri)
    except ValueError as error:
        raise ProblemError(Problem(404, "not-found", "The address is not that of a thing.")) from error
    return iri


def _thing_format(suffix: str) -> GraphFormat | None:
    return next((each for each in THING_FORMATS if suffix in (each.extension, *each.file_extensions)), None)


def _ontology_rows() -> tuple[Row, ...]:
    graph = next((each.name for each in dataset().graphs() if each.name.endswith(ONTOLOGY_GRAPH)), None)
    if graph is None:
        raise ProblemError(Problem(404, "not-found", "The data hold no ontology."))
    return dataset().select(GRAPH, g=NamedNode(graph))


def _triples(rows: tuple[Row, ...]) -> tuple[Triple, ...]:
    return tuple(Triple(row["s"], row["p"], row["o"]) for row in rows)  # type: ignore[arg-type] # as queried


def _terms(rows: tuple[Row, ...]) -> tuple[tuple[str, tuple[VocabularyTerm, ...]], ...]:
    language = reader_language(request)
    about_term: dict[str, list[Row]] = {}
    for row in rows:
        if row.text("s").startswith(HYTE.iri):
            about_term.setdefault(row.text("s"), []).append(row)
    groups: dict[str, list[VocabularyTerm]] = {"classes": [], "properties": [], "other": []}
    for iri, facts in sorted(about_term.items()):
        kinds = {row["o"] for row in facts if row.text("p").endswith("#type")}
        properties = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
        group = "classes" if OWL.Class in kinds else "properties" if kinds & properties else "other"
        label = _text(facts, (RDFS.label, SKOS.prefLabel), language)
        term = VocabularyTerm(
            iri.removeprefix(HYTE.iri), iri, label, _text(facts, (SKOS.definition, RDFS.comment), language)
        )
        groups[group].append(term)
    return tuple((name, tuple(terms)) for name, terms in groups.items() if terms)


def _text(facts: list[Row], properties: tuple[NamedNode, ...], language: str) -> str:
    found = [o for row in facts if row["p"] in properties and isinstance(o := row["o"], Literal)]
    best = best_literal(found, language)
    return best.value if best else ""
