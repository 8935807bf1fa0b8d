"""The source documents as pages name them: in full, and in short beside line numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.iris import is_iri
from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import Town
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.links import Link, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

_DOCUMENTS = stored_query(__name__, "documents")
_OF_TOWN = stored_query(__name__, "town-documents")


@dataclass(frozen=True, slots=True)
class Document:
    """A source document: its IRI, the name that public queries use, its title, and its kind and period in short."""

    iri: str
    name: str
    title: Link
    short: str


@lru_cache(maxsize=16)
def read_documents(
    dataset: Dataset, base: str, language: Language, town: Town | None = None
) -> Mapping[str, Document]:
    """The documents of a town, else of the whole data, by IRI in the order of their names; read once per dataset."""
    if town is None:
        return _documents(dataset.select(_DOCUMENTS), base, language)
    return _documents(dataset.select(_OF_TOWN, town=NamedNode(town.iri)), base, language)


@lru_cache(maxsize=4096)
def read_document(dataset: Dataset, iri: str, base: str, language: Language) -> Document | None:
    """One document; None for what is none in the data."""
    return _documents(dataset.select(_DOCUMENTS, document=NamedNode(iri)), base, language).get(iri)


def _documents(rows: Iterable[Row], base: str, language: Language) -> Mapping[str, Document]:
    texts: dict[str, dict[str, dict[Literal, None]]] = {}
    for row in rows:
        of_one = texts.setdefault(row.text("document"), {})
        for name in ("identifier", "title", "kind", "period"):
            if isinstance(term := row[name], Literal):
                of_one.setdefault(name, {})[term] = None
    return {iri: _document(iri, of_one, base, language) for iri, of_one in texts.items()}


def _document(
    iri: str, texts: Mapping[str, Mapping[Literal, None]], base: str, language: Language
) -> Document:
    named = {name: best_literal(terms, language) for name, terms in texts.items()}
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
    named = read_document(dataset, document, base, language) if is_iri(document) else None
    return named.short if named else ""
