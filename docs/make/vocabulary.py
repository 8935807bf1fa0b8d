"""Reference page of the vocabulary, and the glossary, in three languages."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from docs.make.markdown import note, plain, table
from hytegraph.graph.resources import data_folder
from hytegraph.graph.vocab import HYTE, OWL, PREFIXES, RDF, RDFS, SKOS

GLOSSARY = Path(__file__).parents[1] / "glossary.csv"
LANGUAGES = ("fi", "sv", "en")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def ontology() -> Store:
    """The ontology and the code lists."""
    store = Store()
    for name in ("hyte.ttl", "codes.ttl"):
        store.extend(parse((data_folder("ontology") / name).read_bytes(), RdfFormat.TURTLE))
    return store


def values(subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
    """The objects of a term's property, sorted."""
    found = (quad.object for quad in ontology().quads_for_pattern(subject, predicate, None))
    return sorted((term for term in found if isinstance(term, NamedNode | Literal)), key=str)


def text_of(subject: NamedNode, predicate: NamedNode, language: str) -> str:
    """A term's text in a language; empty where there is none."""
    texts = (term for term in values(subject, predicate) if isinstance(term, Literal))
    return next((text.value for text in texts if text.language == language), "")


def terms(kinds: Iterable[NamedNode]) -> list[NamedNode]:
    """The terms of hytegraph's namespace with one of these types, sorted by name."""
    found = {quad.subject for kind in kinds for quad in ontology().quads_for_pattern(None, RDF.type, kind)}
    ours = (term for term in found if isinstance(term, NamedNode) and term.value.startswith(HYTE.iri))
    return sorted(ours, key=lambda term: term.value)


def short(term: NamedNode | Literal) -> str:
    """A term with its prefix."""
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


def vocabulary() -> str:
    """Every class, property and code with its names in three languages and its definition."""
    text = note("ontology/hyte.ttl and ontology/codes.ttl") + "# Vocabulary\n\n"
    text += (
        f"`hyte:` is `{HYTE.iri}`. A running service shows the same at `/ns` in three languages, with a diagram. "
        "[The model](terms.md) says how the terms hang together. Terms are never deleted or renamed.\n"
    )
    head = ("term", "Finnish · Swedish · English", "definition")
    text += "\n## Classes\n\n" + table(head, (_row(term, RDFS.subClassOf) for term in terms((OWL.Class,))))
    text += "\n## Properties\n\n" + table(head, (_row(term, None) for term in terms(PROPERTIES)))
    text += "\n## Code lists\n"
    for scheme in terms((SKOS.ConceptScheme,)):
        rows = list(_codes(scheme))
        if rows:
            name = text_of(scheme, SKOS.prefLabel, "en")
            text += f"\n### {short(scheme)}\n\n{name[:1].upper()}{name[1:]}. "
            text += f"{plain(text_of(scheme, SKOS.definition, 'en'))}\n\n{table(head, rows)}"
    return text


def _names(term: NamedNode, predicate: NamedNode) -> str:
    return " · ".join(text_of(term, predicate, language) for language in LANGUAGES)


def _row(term: NamedNode, parent: NamedNode | None) -> tuple[str, ...]:
    if parent:
        place = ", ".join(f"is a `{short(value)}`" for value in values(term, parent))
    else:
        domain, range_ = (
            ", ".join(f"`{short(v)}`" for v in values(term, p)) for p in (RDFS.domain, RDFS.range)
        )
        place = f"{domain or 'any'} → {range_ or 'any'}"
    shown = f"`{short(term)}`" + (f"<br>{place}" if place else "")
    return shown, _names(term, RDFS.label), plain(text_of(term, SKOS.definition, "en"))


def _codes(scheme: NamedNode) -> Iterator[tuple[str, ...]]:
    for quad in ontology().quads_for_pattern(scheme, SKOS.hasTopConcept, None):
        code = quad.object
        assert isinstance(code, NamedNode)
        yield f"`{short(code)}`", _names(code, SKOS.prefLabel), plain(text_of(code, SKOS.definition, "en"))


def glossary() -> str:
    """The words of the documents and of the data in three languages, from `docs/glossary.csv`."""
    text = note("docs/glossary.csv and the ontology") + "# Glossary\n\n"
    text += (
        "The words that documents, pages and data use, in Finnish, Swedish and English. "
        "Where a word has a term in the [vocabulary](reference/vocabulary.md), its names are those of the term.\n\n"
    )
    rows = sorted(glossary_rows(), key=lambda row: row[0].casefold())
    return text + table(("Finnish", "Swedish", "English", "meaning", "term"), rows)


def glossary_rows() -> Iterator[tuple[str, ...]]:
    """A row for each word: its names, its meaning in English, and its term in the vocabulary if it has one."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            if cells["term"]:
                term = HYTE[cells["term"]]
                label = RDFS.label if text_of(term, RDFS.label, "fi") else SKOS.prefLabel
                names = tuple(text_of(term, label, language) for language in LANGUAGES)
                yield *names, plain(text_of(term, SKOS.definition, "en")), f"`{short(term)}`"
            else:
                yield cells["fi"], cells["sv"], cells["en"], plain(cells["meaning"]), ""
