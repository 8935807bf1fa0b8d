"""On the page of a thing every property is named in words."""

import pytest
from pyoxigraph import NamedNode

from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.graph.query.stored import with_prologue
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import PREFIXES
from hytegraph.server.text.links import Labels

PROPERTIES = """SELECT DISTINCT ?property WHERE {
  ?thing ?property ?value
  FILTER(CONTAINS(STR(?thing), "/id/kemi/") || CONTAINS(STR(?thing), "/sdg/") || STRSTARTS(STR(?property), STR(dct:)))
}"""
LABELS = "SELECT ?node ?label WHERE { ?node rdfs:label|skos:prefLabel ?label ; rdfs:isDefinedBy ?ontology }"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_property_of_a_thing_is_shown_by_its_prefix(kemi: Dataset, language: Language) -> None:
    labels = Labels(kemi.select(with_prologue(LABELS)), kemi.base, language)
    properties = [row["property"] for row in kemi.select(with_prologue(PROPERTIES))]
    shown = {str(each): labels.link(each).text for each in properties if isinstance(each, NamedNode)}

    assert len(shown) > 100
    assert {
        iri: text for iri, text in shown.items() if text.startswith(tuple(f"{name}:" for name in PREFIXES))
    } == {}
