"""What follows is written apart from what is said, and two reasoners agree on it."""

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.reasoning.proofs import BY_RULE, derived_by
from hytegraph.graph.reasoning.reasoners import project, reason_with_owlrl
from hytegraph.graph.reasoning.rules import closure, inferred_quads, is_asserted, rules
from hytegraph.graph.resources import example_folder, ontology
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, PREFIXES, RDF, RDFS, SKOS
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.quads.steps import folder_quads
from hytegraph.loaders.release.common import common_quads

BASE = f"{DEFAULT_BASE}id/kemi/"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


def follows(turtle: str) -> set[str]:
    """What the rules add to some facts, without brackets and namespaces."""
    facts = {quad.triple for quad in parse(HEAD + "@prefix : <urn:> .\n" + turtle, RdfFormat.TURTLE)}
    return {
        " ".join(getattr(node, "value", "").removeprefix("urn:").rpartition("#")[2] for node in triple)
        for triple in closure(facts | ontology())
        if triple.predicate != RDFS.comment
    }


@cache
def kemi() -> frozenset[Quad]:
    """The asserted quads of the Kemi documents."""
    return frozenset(folder_quads(read_folder(example_folder()), DEFAULT_BASE)) | frozenset(
        common_quads(DEFAULT_BASE)
    )


@cache
def inferred() -> frozenset[Triple]:
    """What follows from the Kemi documents."""
    return frozenset(quad.triple for quad in inferred_quads(kemi()))


def values(subject: str, predicate: NamedNode) -> set[str]:
    """The inferred values of a thing of Kemi, shortened."""
    node = NamedNode(BASE + subject)
    return {
        getattr(t.object, "value", "").removeprefix(BASE).removeprefix(HYTE.iri)
        for t in inferred()
        if t.subject == node and t.predicate == predicate
    }


def test_a_realisation_realises_the_only_measure_of_its_row() -> None:
    assert "r reportsOnMeasure m" in follows(":row hyte:rowMeasure :m ; hyte:rowRealisation :r .")


def test_a_row_with_two_measures_pairs_nothing() -> None:
    found = follows(":row hyte:rowMeasure :m , :n ; hyte:rowRealisation :r ; hyte:rowIndicator :i .")

    assert not {line for line in found if " realises " in line or " measuredBy " in line}


def test_the_net_effect_is_income_minus_expenditure_whatever_the_table_prints() -> None:
    found = follows(
        """:p hyte:hasLine :a , :b , :total .
        :a hyte:isTotal false ; hyte:incomeChange 100.0 ; hyte:expenditureChange 40.0 ; hyte:netChange -60.0 .
        :b hyte:isTotal false ; hyte:incomeChange 0.0 ; hyte:expenditureChange 10.5 .
        :total hyte:isTotal true ; hyte:incomeChange 100.0 ; hyte:expenditureChange -50.5 ."""
    )

    assert {line for line in found if "netEffect" in line} == {
        "a netEffect 60",
        "b netEffect -10.5",
        "p netEffect 49.5",
    }


def test_an_aim_of_another_towns_strategy_gives_no_standing() -> None:
    plan = """:plan a hyte:AnnualActionPlan ; hyte:nominalPeriod [ dcat:endDate "2026-12-31"^^xsd:date ] .
        :document hyte:carries :plan ; dct:publisher :here .
        :aim a hyte:StrategicAim ; skos:prefLabel "Viisas"@fi ; hyte:inPlan :plan .
        :same a hyte:StrategicAim ; skos:prefLabel "Viisas"@fi ; hyte:inPlan :strategy .
        :strategy a hyte:CityStrategy ; hyte:inForce [ dcat:startDate "2023-12-04"^^xsd:date ] ;
            hyte:adoptedBy [ hyte:decidedBy [ org:unitOf :town ] ] ."""

    assert "aim standing unresolvedStanding" in follows(plan)
    assert "aim standing adoptedStanding" in follows(plan.replace(":town", ":here"))
    replaced = plan.replace(":town", ":here") + " :strategy dct:isReplacedBy :later ."
    assert "aim standing unresolvedStanding" in follows(replaced)


@pytest.mark.whole
def test_inferred_and_asserted_never_mix() -> None:
    said = {quad.triple for quad in kemi() if is_asserted(quad)}

    assert len(inferred()) > 3000
    assert not said & inferred()
    outside = {t.predicate for t in inferred() if not t.predicate.value.startswith(HYTE.iri)}
    assert outside == {
        *(RDFS.comment, RDFS.label, RDF.type, SKOS.broader, SKOS.topConceptOf),
        *(DCT.hasPart, DCT.isPartOf, DCT.references, DCT.temporal),
    }


@pytest.mark.slow
@pytest.mark.whole
def test_reasoning_over_its_own_result_adds_nothing() -> None:
    again = inferred_quads([*kemi(), *inferred_quads(kemi())])

    assert {quad.triple for quad in again} == inferred()


def test_suggestions_and_alignments_are_not_reasoned_from() -> None:
    graph = NamedNode(f"{DEFAULT_BASE}graph/links/suggested")
    measure, goal = NamedNode("urn:m"), NamedNode("urn:g")

    assert not is_asserted(Quad(measure, HYTE.supportsGoal, goal, graph))
    assert not is_asserted(
        Quad(measure, HYTE.supportsGoal, goal, NamedNode(f"{DEFAULT_BASE}graph/alignments"))
    )


@pytest.mark.slow
@pytest.mark.whole
def test_the_rules_find_what_owlrl_finds_in_the_kemi_documents() -> None:
    by_rule = {t for t in inferred() if t.predicate in BY_RULE}
    facts = project({quad.triple for quad in kemi() if is_asserted(quad)} | by_rule)
    # Evidence and certainty entail nothing here, and leaving them out saves most of the time.
    facts = frozenset(t for t in facts if t.predicate not in (HYTE.evidencedBy, HYTE.basis, HYTE.certainty))
    found = reason_with_owlrl(facts)

    assert found.contradictions == ()
    written = project(inferred()) - by_rule
    assert derived_by(found, facts, written) == written


def test_the_three_strategy_versions_are_told_apart() -> None:
    said = {quad.triple for quad in kemi()}
    old, new = (NamedNode(f"{BASE}strategy/{version}") for version in ("2022-2025", "2023-12-04"))

    assert Triple(new, DCT.replaces, old) in said
    assert Triple(old, DCT.isReplacedBy, new) in said
    assert Triple(old, HYTE.nominalPeriod, NamedNode(f"{DEFAULT_BASE}id/period/2022-2025")) in said
    assert Triple(new, HYTE.inForce, NamedNode(f"{DEFAULT_BASE}id/period/from-2023-12-04")) in said
    assert not any(t.predicate == HYTE.inForce for t in said if t.subject == old)
    assert {t.object for t in said if t.subject == new and t.predicate == HYTE.basis} == {HYTE.statedInSource}
    comments = {t.object for t in said if t.subject == new and t.predicate == RDFS.comment}
    assert {c.language for c in comments if isinstance(c, Literal)} == {"fi", "sv", "en"}


@pytest.mark.parametrize(
    ("aim", "standing"),
    [
        ("viisas-kemi", "adoptedStanding"),
        ("valittava-kemi", "adoptedStanding"),
        ("vihrea-kemi", "adoptedStanding"),
        ("vietteleva-kemi", "unresolvedStanding"),
    ],
)
def test_the_standing_of_each_aim_of_2026_is_said_with_a_reason(aim: str, standing: str) -> None:
    assert values(f"aim/2026/{aim}", HYTE.standing) == {standing}
    assert len(values(f"aim/2026/{aim}", RDFS.comment)) == 3


def test_every_measure_traces_to_an_aim_and_a_plan() -> None:
    measures = {q.subject for q in kemi() if q.predicate == HYTE.supportsGoal}
    for predicate in (HYTE.tracesToAim, HYTE.tracesToStrategy):
        assert measures <= {t.subject for t in inferred() if t.predicate == predicate}


@pytest.mark.whole
def test_the_release_holds_the_inferred_graph_and_keeps_alignments_out_of_the_default_graph(
    tmp_path: Path,
) -> None:
    file = tmp_path / "data.nq"
    quads = [*kemi(), *inferred_quads(kemi())]
    file.write_text("".join(f"{quad} .\n" for quad in quads))
    dataset = Dataset.open(file)

    assert f"{DEFAULT_BASE}graph/inferred" in {graph.name for graph in dataset.graphs()}
    assert dataset.ask("ASK { ?m <https://w3id.org/hytegraph/ns#tracesToAim> ?a }")
    # Themes are matched to YSO in their own graph; what terms are like in other vocabularies stands apart.
    outside = 'FILTER(!STRSTARTS(STR(?o), "http://www.yso.fi/"))'
    ask = f"ASK {{ ?s <http://www.w3.org/2004/02/skos/core#closeMatch> ?o {outside} }}"
    assert not dataset.ask(ask)
    assert dataset.ask(ask.replace("{", f"{{ GRAPH <{DEFAULT_BASE}graph/alignments> {{", 1) + " }")


def test_there_are_six_rules_of_owl_and_eight_that_it_cannot_state() -> None:
    names = [rule.name for rule in rules()]

    assert len(names) == len(set(names)) == 14
    assert sum("OWL 2 RL" in rule.text for rule in rules()) == 6
