"""Themes and target groups: what words speak for, what they do not, and a scheme that every suggestion stands in."""

import csv
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.resources import data_folder
from hytegraph.graph.vocab import SKOS
from hytegraph.loaders.links.cues import read_cues
from hytegraph.loaders.links.link import SUGGESTED, LinkEnd
from hytegraph.loaders.links.themes import TARGET_GROUP, THEME, Facet, best_concepts, suggest_themes

DATA = Path(__file__).parents[2] / "data" / "links"
NAMESPACE = "https://w3id.org/hytegraph/themes#"
SCHEMES = {THEME: f"{NAMESPACE}Theme", TARGET_GROUP: f"{NAMESPACE}TargetGroup"}


def labels() -> list[dict[str, str]]:
    with (DATA / "theme-labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def concepts(text: str, facet: Facet) -> set[str]:
    return {match.concept for match in best_concepts(text, facet)}


@pytest.mark.parametrize(("facet", "column"), [(THEME, "themes"), (TARGET_GROUP, "groups")])
def test_the_suggestions_agree_with_a_reader_of_other_towns_texts(facet: Facet, column: str) -> None:
    right = given = wanted = 0
    for row in labels():
        core = set(row[column].split())
        # What a reader would let stand beside the core counts neither for nor against.
        fair = core | set(row["also"].split())
        found = concepts(row["text"], facet)
        right += len(found & core)
        given += len(found - (fair - core))
        wanted += len(core)
    assert len(labels()) >= 40
    assert right / given >= 0.8
    assert right / wanted >= 0.8


@pytest.mark.parametrize(
    ("text", "facet", "wrong"),
    [
        ("Hyvinvointi kaikille – ei jätetä ketään yksin", THEME, "circularEconomy"),
        ("Prosessien yksinkertaistaminen", THEME, "community"),
        ("Koulutuksiin osallistuvien määrä", THEME, "participation"),
        ("Kivalo-opiston koulutustarjontaa kehitetään", THEME, "bullyingPrevention"),
        ("Talouden kiertotalous", THEME, "livelihood"),
        ("Toimintakulttuurin muutos", THEME, "culture"),
        ("Koulutettujen määrä", TARGET_GROUP, "pupils"),
        ("Lapsiperheiden peruspalvelut", TARGET_GROUP, "children"),
        ("Oppilaitosten yhteistyö", TARGET_GROUP, "pupils"),
    ],
)
def test_a_word_that_only_looks_alike_says_nothing(text: str, facet: Facet, wrong: str) -> None:
    assert wrong not in concepts(text, facet)


def test_a_text_that_speaks_of_nothing_gets_nothing() -> None:
    assert suggest_themes([LinkEnd("x", "realisation", "Suunnitelma laadittavana.")]) == ()


def test_a_suggestion_waits_for_a_reviewer_and_shows_its_words() -> None:
    (link,) = suggest_themes([LinkEnd("x", "goal", "Kiusaamisen ehkäiseminen", evidence="a.txt:L1")])
    assert (link.predicate, link.object, link.review_status) == (
        "dct:subject",
        "theme:bullyingPrevention",
        SUGGESTED,
    )
    assert link.cue == "Kiusaamisen"
    assert link.subject_evidence == "a.txt:L1"


@pytest.mark.parametrize("facet", SCHEMES, ids=lambda facet: facet.kind)
def test_every_cue_leads_to_a_concept_of_the_scheme_and_every_concept_has_cues(facet: Facet) -> None:
    triples = [
        quad.triple for quad in parse((data_folder("ontology") / "themes.ttl").read_bytes(), RdfFormat.TURTLE)
    ]
    scheme = {
        triple.subject.value.removeprefix(NAMESPACE)
        for triple in triples
        if triple.predicate == SKOS.inScheme and triple.object.value == SCHEMES[facet]
    }
    for language in ("fi", "sv"):
        assert {cue.concept for cue in read_cues(facet.words) if cue.language == language} == scheme
    assert all(0 < cue.weight < 1 for cue in read_cues(facet.words))
