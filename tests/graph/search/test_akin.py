"""What is looked for beside a reader's word: words that mean the same, and narrower concepts, both named."""

import tomllib
from importlib.resources import files

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from hytegraph.graph.resources import data_folder
from hytegraph.graph.search.akin import akin_to
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.vocab import SKOS

THEMES = "https://w3id.org/hytegraph/themes#"


@pytest.mark.parametrize(
    ("word", "same", "narrower"),
    [
        ("vanhukset", "ikäihminen", ""),
        ("vanhusten", "ikääntynyt", ""),
        ("ikäihmiset", "vanhus", ""),
        ("budjetin", "talousarvio", ""),
        ("talousarviossa", "budjetti", ""),
        ("nuorille", "nuoriso", "koululainen"),
        ("lasten", "lapsi", "koululainen"),
    ],
)
def test_a_word_in_any_form_brings_what_means_the_same_and_what_is_narrower(
    word: str, same: str, narrower: str
) -> None:
    found = akin_to(word)
    assert same in found.same
    assert not narrower or narrower in found.narrower


@pytest.mark.parametrize("word", ["koululaiset", "oppilaat"])
def test_a_narrower_word_does_not_bring_the_broader_one(word: str) -> None:
    assert akin_to(word).narrower == ()
    assert "nuori" not in akin_to(word).same


@pytest.mark.parametrize("word", ["budjetointi", "palveluverkko", "nuotio", ""])
def test_other_words_bring_nothing(word: str) -> None:
    assert akin_to(word).same == ()


def test_what_is_within_what_is_what_the_scheme_of_target_groups_says() -> None:
    quads = list(parse((data_folder("ontology") / "themes.ttl").read_bytes(), RdfFormat.TURTLE))
    broader = {
        (quad.subject.value.removeprefix(THEMES), quad.object.value.removeprefix(THEMES))
        for quad in quads
        if quad.predicate == SKOS.broader and isinstance(quad.subject, NamedNode)
    }
    text = files("hytegraph.graph.search").joinpath("akin.toml").read_text("utf-8")
    within = {
        (name, each) for name, concept in tomllib.loads(text).items() for each in concept.get("within", ())
    }
    assert within == {pair for pair in broader if pair[0] in tomllib.loads(text)}


def test_a_budget_is_found_by_the_word_that_the_documents_use(kemi_index: SearchIndex) -> None:
    budget = kemi_index.find("budjetti", {})
    assert budget.meanings[0].same == ("talousarvio",)
    assert budget.total >= kemi_index.find("talousarvio", {}).total - 1


def test_pupils_are_found_for_the_young_after_what_has_the_word_itself(kemi_index: SearchIndex) -> None:
    young = kemi_index.find("nuoret", {})
    assert "oppilas" in young.meanings[0].narrower
    measures = [thing.names[0][1] for thing in kemi_index.things(young.by_kind["measure"])]
    own = [at for at, name in enumerate(measures) if "nuor" in name.lower()]
    assert own[0] == 0
    assert len(measures) > len(own)
