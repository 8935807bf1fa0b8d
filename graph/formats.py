"""The one table of formats: name, media types, extension and the pyoxigraph format, for RDF and for query results."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A syntax for triples or quads; `aliases` are other media types that clients know it by."""

    name: str
    label: str
    media_type: str
    extension: str
    rdf: RdfFormat
    content_type: str
    aliases: tuple[str, ...] = ()
    file_extensions: tuple[str, ...] = ()

    def content_type_of(self, media_type: str) -> str:
        """The content type of an answer to a client that knows the syntax by that media type."""
        return _content_type(self, media_type)

    @property
    def holds_graphs(self) -> bool:
        """Whether the syntax can name graphs."""
        return self.rdf.supports_datasets


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A syntax for the answer of a SELECT or ASK query."""

    name: str
    label: str
    media_type: str
    extension: str
    results: QueryResultsFormat
    content_type: str
    aliases: tuple[str, ...] = ()

    def content_type_of(self, media_type: str) -> str:
        """The content type of an answer to a client that knows the syntax by that media type."""
        return _content_type(self, media_type)


def _content_type(syntax: GraphFormat | ResultFormat, media_type: str) -> str:
    if media_type == syntax.media_type:
        return syntax.content_type
    # Without it, text is taken for ASCII.
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


TURTLE = GraphFormat(
    "ttl",
    "Turtle",
    "text/turtle",
    "ttl",
    RdfFormat.TURTLE,
    "text/turtle; charset=utf-8",
    # N3 reads Turtle, and clients that ask for N3 want triples.
    (
        "text/n3",
        "text/rdf+n3",
        "application/n3",
        "application/turtle",
        "application/x-turtle",
        "text/rdf+turtle",
    ),
    ("turtle", "n3"),
)
N_TRIPLES = GraphFormat(
    "nt",
    "N-Triples",
    "application/n-triples",
    "nt",
    RdfFormat.N_TRIPLES,
    "application/n-triples; charset=utf-8",
    # The media type of N-Triples before 2014.
    ("text/plain", "text/ntriples"),
    ("ntriples",),
)
N_QUADS = GraphFormat(
    "nq", "N-Quads", "application/n-quads", "nq", RdfFormat.N_QUADS, "application/n-quads; charset=utf-8"
)
TRIG = GraphFormat(
    "trig", "TriG", "application/trig", "trig", RdfFormat.TRIG, "application/trig; charset=utf-8"
)
# JSON-LD and RDF/XML say their encoding themselves, so their media types take no charset (RFC 8259, RFC 7303).
JSON_LD = GraphFormat(
    "jsonld",
    "JSON-LD",
    "application/ld+json",
    "jsonld",
    RdfFormat.JSON_LD,
    "application/ld+json",
    ("application/json",),
    ("json",),
)
RDF_XML = GraphFormat(
    "rdf",
    "RDF/XML",
    "application/rdf+xml",
    "rdf",
    RdfFormat.RDF_XML,
    "application/rdf+xml",
    ("application/xml", "text/xml"),
    ("xml", "owl"),
)

# The first of each table is the one that `*/*` gets.
GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS)
# A thing is triples, so the formats that name graphs are not offered for it.
THING_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)

JSON = ResultFormat(
    "json",
    "JSON",
    "application/sparql-results+json",
    "srj",
    QueryResultsFormat.JSON,
    "application/sparql-results+json",
    ("application/json",),
)
XML = ResultFormat(
    "xml",
    "XML",
    "application/sparql-results+xml",
    "srx",
    QueryResultsFormat.XML,
    "application/sparql-results+xml",
    ("application/xml", "text/xml"),
)
CSV = ResultFormat(
    "csv", "CSV", "text/csv", "csv", QueryResultsFormat.CSV, "text/csv; charset=utf-8; header=present"
)
TSV = ResultFormat(
    "tsv",
    "TSV",
    "text/tab-separated-values",
    "tsv",
    QueryResultsFormat.TSV,
    "text/tab-separated-values; charset=utf-8",
)

RESULT_FORMATS = (JSON, XML, CSV, TSV)


AnyFormat = TypeVar("AnyFormat", GraphFormat, ResultFormat, GraphFormat | ResultFormat)


def by_media_type(formats: Iterable[AnyFormat]) -> dict[str, AnyFormat]:
    """The formats by their media types, and after these by what else clients call them; the first of two wins."""
    known = tuple(formats)
    found = {syntax.media_type: syntax for syntax in known}
    for syntax in known:
        for alias in syntax.aliases:
            found.setdefault(alias, syntax)
    return found


def graph_format(name: str) -> GraphFormat | None:
    """The graph format of that short name (`ttl`, `jsonld`, …), extension, media type or subtype; None if unknown.

    >>> graph_format("turtle").name, graph_format("application/ld+json").name, graph_format("csv")
    ('ttl', 'jsonld', None)
    """
    wanted = name.strip().lower()
    for each in GRAPH_FORMATS:
        known = (
            each.name,
            each.extension,
            each.label.lower(),
            each.media_type,
            *each.aliases,
            *each.file_extensions,
        )
        if wanted in (*known, each.media_type.partition("/")[2]):
            return each
    return None


def result_format(name: str) -> ResultFormat | None:
    """The result format of that short name (`csv`, …), extension, media type or subtype; None if unknown.

    >>> result_format("csv").extension, result_format("ttl")
    ('csv', None)
    """
    wanted = name.strip().lower()
    for each in RESULT_FORMATS:
        subtype = each.media_type.partition("/")[2]
        if wanted in (each.name, each.extension, each.media_type, subtype, *each.aliases):
            return each
    return None
