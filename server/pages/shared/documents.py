"""The source documents as pages name them: in full, and in short beside line numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal

from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.links import Link, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

_DOCUMENTS = stored_query(__name__, "documents")


@dataclass(frozen=True, slots=True)
class Document:
    """A source document: its IRI, the name that public queries use, its title, and its kind and period in short."""

    iri: str
    name: str
    title: Link
    short: str


@lru_cache(maxsize=16)
def read_documents(dataset: Dataset, base: str, language: Language) -> Mapping[str, Document]:
    """The documents by IRI, in the order of their names; read once per dataset."""
    told: dict[str, dict[str, dict[Literal, None]]] = {}
    for row in dataset.select(_DOCUMENTS):
        of_one = told.setdefault(row.text("document"), {})
        for name in ("identifier", "title", "kind", "period"):
            if isinstance(term := row[name], Literal):
                of_one.setdefault(name, {})[term] = None
    return {iri: _document(iri, of_one, base, language) for iri, of_one in told.items()}


def _document(
    iri: str, told: Mapping[str, Mapping[Literal, None]], base: str, language: Language
) -> Document:
    named = {name: best_literal(terms, language) for name, terms in told.items()}
    identifier, title = named.get("identifier"), named.get("title")
    short = " ".join(term.value for name in ("kind", "period") if (term := named.get(name)))
    name = identifier.value if identifier else iri.rpartition("/")[2]
    link = Link(
        title.value if title else name, (title and title.language) or "", path_under("source", iri, base)
    )
    return Document(iri, name, link, short or link.text)


def place_link(
    dataset: Dataset, place: tuple[str, int, int], base: str, language: Language, passage: str = ""
) -> Link:
    """Lines of a document with its short name before them: `place` is its IRI, the first and the last line."""
    document, start, end = place
    name = short_name(dataset, document, base, language)
    lines = passage_name(start, end, language)
    return Link(f"{name}, {lines}" if name else lines, "", source_path(document, start, end, base, passage))


def short_name(dataset: Dataset, document: str, base: str, language: Language) -> str:
    """The short name of a document (an IRI); empty for one that is not in the data."""
    named = read_documents(dataset, base, language).get(document)
    return named.short if named else ""
