"""Every entailment is proved and every contradiction found, by owlrl and by HermiT."""

import shutil

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from hytegraph.graph.errors import ReasonerError
from hytegraph.graph.reasoning.proofs import (
    Kind,
    check_release,
    check_worlds,
    denial,
    possible,
    read_world,
    worlds,
)
from hytegraph.graph.reasoning.reasoners import axioms, project, reason_with_hermit, reason_with_owlrl
from hytegraph.graph.vocab import HYTE, RDF
from hytegraph.server.cli.main import main

THING, OTHER = NamedNode("urn:x"), NamedNode("urn:y")
needs_java = pytest.mark.skipif(not shutil.which("java"), reason="HermiT needs Java")


def test_there_are_proofs_and_refutations_labelled_in_three_languages() -> None:
    kinds = [world.kind for world in worlds()]

    assert kinds.count(Kind.PROOF) == 10
    assert kinds.count(Kind.REFUTATION) == 10
    assert kinds.count(Kind.SATISFIABILITY) == 1
    assert {tuple(sorted(world.label)) for world in worlds()} == {("en", "fi", "sv")}


def test_no_two_worlds_share_a_thing() -> None:
    seen: dict[object, str] = {}
    for world in worlds():
        for triple in world.facts:
            for node in (triple.subject, triple.object):
                if not getattr(node, "value", "").startswith(
                    f"https://w3id.org/hytegraph/proofs/{world.name}#"
                ):
                    assert triple.predicate == RDF.type and node == triple.object
                assert seen.setdefault(node, world.name) == world.name or triple.predicate == RDF.type


@pytest.mark.slow
@pytest.mark.whole
@needs_java
def test_every_proof_holds_and_every_contradiction_is_found() -> None:
    assert [(verdict.name, verdict.failures) for verdict in check_worlds() if not verdict.holds] == []


@needs_java
def test_a_proof_that_cannot_hold_fails_in_both_reasoners() -> None:
    name = (
        b"@prefix p: <https://w3id.org/hytegraph/proofs#> . @prefix h: <https://w3id.org/hytegraph/ns#> .\n"
    )
    world = read_world(
        "X",
        name + b"<urn:w> a p:Proof . p:facts { <urn:m> h:supportsGoal <urn:g> } "
        b"p:entailed { <urn:m> h:tracesToAim <urn:a> }",
    )
    [wanted] = world.entailed

    assert wanted not in reason_with_owlrl(world.facts).triples
    assert possible({*world.facts, *denial(wanted)})


@pytest.mark.whole
@needs_java
@pytest.mark.slow
def test_what_must_not_follow_and_does_is_told_by_both_reasoners_and_of_its_world_alone() -> None:
    name = (
        b"@prefix p: <https://w3id.org/hytegraph/proofs#> . @prefix h: <https://w3id.org/hytegraph/ns#> .\n"
    )
    facts = b"<urn:%b> a p:Proof . p:facts { <urn:%b-m> h:supportsGoal <urn:%b-g> } p:notEntailed { <urn:%b-%b> a h:Goal }"
    wrong = read_world("wrong", name + facts % (b"w", b"w", b"w", b"w", b"g"))
    right = read_world("right", name + facts % (b"r", b"r", b"r", b"r", b"m"))

    of_wrong, of_right = check_worlds("en", [wrong, right])

    assert [failure.split()[0] for failure in of_wrong.failures] == ["owlrl", "HermiT"]
    assert of_right.holds


@pytest.mark.slow
@pytest.mark.whole
@needs_java
def test_a_type_is_proved_by_the_impossibility_of_its_denial() -> None:
    fact = Triple(THING, HYTE.supportsGoal, OTHER)

    assert not possible({fact, *denial(Triple(OTHER, RDF.type, HYTE.Goal))})
    assert possible({fact, *denial(Triple(OTHER, RDF.type, HYTE.Measure))})


@pytest.mark.whole
@needs_java
@pytest.mark.slow
def test_a_release_that_says_too_much_or_contradicts_itself_fails() -> None:
    said, inferred = NamedNode("urn:graph"), NamedNode("https://w3id.org/hytegraph/graph/inferred")
    quads = [
        Quad(THING, HYTE.inPlan, OTHER, said),
        Quad(OTHER, HYTE.hasElement, THING, inferred),
        Quad(THING, HYTE.tracesToAim, OTHER, inferred),
    ]
    consistent, closed = check_release(quads)
    assert consistent.holds
    assert len(closed.failures) == 1

    broken, _ = check_release([*quads, Quad(OTHER, RDF.type, HYTE.Goal, said)])
    assert len(broken.failures) == 2


def test_the_projection_holds_no_text_number_or_term_of_the_ontology() -> None:
    kept = Triple(THING, HYTE.inPlan, OTHER)
    term = Triple(HYTE.figure, RDF.type, HYTE.Goal)
    predicate = Triple(THING, HYTE.assertedPredicate, HYTE.inPlan)

    assert project([kept, term, predicate]) == {kept}
    assert all("XMLSchema" not in str(axiom) for axiom in axioms())


def test_without_java_the_command_says_so_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert main(["reason", "--check"]) == 2
    said = capsys.readouterr()
    assert said.err == (
        "hytegraph reason: the proofs need Java for the reasoner HermiT, and no java is on the path\n"
    )
    with pytest.raises(ReasonerError):
        reason_with_hermit([])
