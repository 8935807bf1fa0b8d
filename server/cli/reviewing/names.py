"""What the terms, themes, target groups and SDG targets in link tables are called."""

from collections import defaultdict
from functools import cache

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.languages import Language, Text
from hytegraph.graph.resources import ontology_quads
from hytegraph.graph.vocab import RDFS, SKOS
from hytegraph.loaders.links.sssom import CURIE_MAP

_NAMES = (SKOS.prefLabel, RDFS.label)
_MEANINGS = (SKOS.definition, RDFS.comment)


def name_of(curie: str, language: Language) -> str:
    """The name of a term by its CURIE; '' for what the vocabularies do not name."""
    return _texts()[0].get(_iri(curie), Text()).in_language(language)


def meaning_of(curie: str, language: Language) -> str:
    """What a term means, in a sentence; '' where no vocabulary says it."""
    return _texts()[1].get(_iri(curie), Text()).in_language(language)


def _iri(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return CURIE_MAP.get(prefix, "") + name


@cache
def _texts() -> tuple[dict[str, Text], dict[str, Text]]:
    found: tuple[defaultdict[str, dict[str, str]], ...] = (defaultdict(dict), defaultdict(dict))
    for quad in ontology_quads(DEFAULT_BASE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.object.language:
            for texts, predicates in zip(found, (_NAMES, _MEANINGS), strict=True):
                if quad.predicate in predicates:
                    texts[quad.subject.value].setdefault(quad.object.language, quad.object.value)
    names, meanings = (
        {
            iri: Text(texts.get("fi", ""), texts.get("sv", ""), texts.get("en", ""))
            for iri, texts in each.items()
        }
        for each in found
    )
    return names, meanings
