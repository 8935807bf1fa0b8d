"""Each shape passes good data and reports bad data, and nothing else does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SH, SKOS

from hytegraph.graph.validation.engines import FAST, REFERENCE, evaluate
from hytegraph.graph.validation.shapes import Shapes, package_shapes

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "data" / "shapes"
CODES = ROOT / "ontology" / "codes.ttl"
TOWN = CASES / "valid-town.ttl"
VALID = sorted(CASES.glob("valid-*.ttl"))
INVALID = sorted(CASES.glob("invalid-*.ttl"))
SHAPES = Namespace("https://w3id.org/hytegraph/shapes#")
HYTE = Namespace("https://w3id.org/hytegraph/ns#")
LANGUAGES = {"en", "fi", "sv"}
# The reference reads its shapes once for so many cases; joins take it the square of their number.
BATCH = 4
TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# Everything else a shape says is a constraint, which can fail.
NO_CONSTRAINT = {*TARGETS, RDF.type, RDFS.comment, SKOS.note, SH.path, SH.property, SH.severity, SH.message}


@cache
def shapes() -> Graph:
    """All shapes of the package."""
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


@cache
def vocabulary() -> Graph:
    """The ontology and the code lists."""
    return Graph().parse(ROOT / "ontology" / "hyte.ttl").parse(ROOT / "ontology" / "codes.ttl")


def all_shapes() -> set[URIRef]:
    """Every node and property shape."""
    return {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes().subjects(RDF.type, kind)
        if isinstance(shape, URIRef)
    }


def reporting_shapes() -> set[URIRef]:
    """The shapes that can appear in a report: those with targets and their properties, if they constrain."""
    targeted = {shape for target in TARGETS for shape in shapes().subjects(target)}
    reached = targeted | {part for shape in targeted for part in shapes().objects(shape, SH.property)}
    return {
        shape
        for shape in all_shapes()
        if shape in reached and set(shapes().predicates(shape)) - NO_CONSTRAINT
    }


def graph_checks() -> set[URIRef]:
    """The shapes over named graphs, which SHACL engines leave alone."""
    return {shape for shape in shapes().subjects(SH.deactivated) if isinstance(shape, URIRef)}


def local_names(nodes: set[URIRef]) -> set[str]:
    """The names of shapes without their namespace."""
    return {str(node).removeprefix(str(SHAPES)) for node in nodes}


@dataclass(frozen=True, slots=True)
class Results:
    """What is reported of all cases, each in a town of its own, so that one run judges them all."""

    by_case: Mapping[Path, set[tuple[str, ...]]]
    elsewhere: set[tuple[str, ...]]

    def names(self, case: Path) -> set[str]:
        """The names of the shapes that report on a case."""
        return {shape.removeprefix(str(SHAPES)) for _, shape, *_ in self.by_case[case]}


def town_of(case: Path) -> str:
    """The namespace that a case is moved to."""
    return f"https://w3id.org/hytegraph/id/{case.stem.lower()}/"


def moved(case: Path) -> str:
    """The town with a case in it, under the case's own namespace, as N-Triples."""
    files = [TOWN] if case == TOWN else [TOWN, case]
    text = "".join(f"{quad} .\n" for file in files for quad in parse(file.read_bytes(), RdfFormat.TURTLE))
    return text.replace("https://w3id.org/hytegraph/id/kemi/", town_of(case))


@cache
def codes() -> str:
    """The code lists, as N-Triples."""
    return "".join(f"{quad} .\n" for quad in parse(CODES.read_bytes(), RdfFormat.TURTLE))


@cache
def results() -> Results:
    """What the engine that does the work reports of every case."""
    return judged(FAST, (*VALID, *INVALID), package_shapes())


def judged(engine: str, cases: Sequence[Path], judges: Shapes) -> Results:
    """What an engine reports of some cases by some shapes."""
    _, found = evaluate(codes() + "".join(moved(case) for case in cases), judges, engine)
    by_case: dict[Path, set[tuple[str, ...]]] = {case: set() for case in cases}
    towns = {town_of(case): case for case in cases}
    elsewhere: set[tuple[str, ...]] = set()
    for result in found:
        town = re.match(r"<(https://w3id\.org/hytegraph/id/[^/]+/)", str(result.focus))
        place = by_case[towns[town[1]]] if town else elsewhere
        place.add(result.key)
    return Results(by_case, elsewhere)


@cache
def of_concern(concern: str) -> Shapes:
    """The shapes of one file, and those they build on."""
    graph = Graph().parse(ROOT / "shapes" / f"{concern}.ttl").parse(ROOT / "shapes" / "common.ttl")
    return Shapes(graph.serialize(format="nt"), (), (), own=True)


def batches() -> Iterator[Any]:
    """Some cases with a fault at a time and the file of the shapes that report them, as the values of a test.

    All but the first of each file are slow.
    """
    concerns = {rule.name: rule.concern for rule in package_shapes().rules}
    of: dict[str, list[Path]] = {}
    for case in INVALID:
        of.setdefault(concerns[expected(case)], []).append(case)
    for concern, cases in of.items():
        for start in range(0, len(cases), BATCH):
            marks = (pytest.mark.slow,) if start else ()
            batch = cases[start : start + BATCH]
            yield pytest.param(concern, batch, id=f"{concern}-{start // BATCH + 1}", marks=marks)


def expected(case: Path) -> str:
    """The shape that a case names on its first line."""
    match = re.match(r"# expects: (\S+)\n", case.read_text(encoding="utf-8"))
    assert match, f"{case.name} does not say which shape it expects"
    return match[1]


def test_all_cases_are_collected() -> None:
    assert (len(VALID), len(INVALID)) == (24, 180)


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_good_data_passes_every_shape(case: Path) -> None:
    assert results().names(case) == set()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_bad_data_is_reported_by_its_shape_alone(case: Path) -> None:
    assert results().names(case) == {expected(case)}


def test_nothing_but_the_cases_is_reported() -> None:
    assert results().elsewhere == set()


@pytest.mark.whole
@pytest.mark.slow
def test_both_engines_pass_the_town() -> None:
    passed = Results({TOWN: set()}, set())
    assert judged(FAST, (TOWN,), package_shapes()) == judged(REFERENCE, (TOWN,), package_shapes()) == passed


# All shapes on each case would take the reference minutes, so it judges the faults by the file of their shapes.
@pytest.mark.whole
@pytest.mark.parametrize(("concern", "cases"), list(batches()))
@pytest.mark.slow
def test_both_engines_report_faults_alike(concern: str, cases: Sequence[Path]) -> None:
    fast = judged(FAST, cases, of_concern(concern))
    assert fast == judged(REFERENCE, cases, of_concern(concern))
    assert fast.by_case == {case: results().by_case[case] for case in cases}


def test_every_shape_that_can_report_has_bad_data() -> None:
    assert {expected(case) for case in INVALID} == local_names(reporting_shapes())


def test_a_shape_that_can_report_has_severity_and_messages_in_three_languages() -> None:
    for shape in reporting_shapes() | graph_checks():
        messages = list(shapes().objects(shape, SH.message))
        assert sorted(getattr(message, "language", "") for message in messages) == sorted(LANGUAGES), shape
        assert len(list(shapes().objects(shape, SH.severity))) == 1, shape


def test_a_shape_that_can_report_says_what_to_do_in_three_languages() -> None:
    rules = package_shapes().rules
    assert {SHAPES[rule.name] for rule in rules} == reporting_shapes() | graph_checks()
    for rule in rules:
        assert all((rule.advice.fi, rule.advice.sv, rule.advice.en)), rule.name
        assert all((rule.message.fi, rule.message.sv, rule.message.en)), rule.name


def test_there_are_at_least_a_hundred_shapes_in_a_file_per_concern() -> None:
    rules = package_shapes().rules
    assert len(rules) >= 100
    assert {rule.concern for rule in rules} == {file.stem for file in (ROOT / "shapes").glob("*.ttl")} - {
        "common"
    }


def test_every_shape_is_an_iri_of_its_namespace_and_gives_its_reason() -> None:
    shaped = {
        shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in shapes().subjects(RDF.type, kind)
    }
    assert shaped == all_shapes()
    for shape in all_shapes():
        assert shape.startswith(str(SHAPES)), shape
        assert shapes().value(shape, RDFS.comment), shape


def test_no_shape_is_referred_to_that_does_not_exist() -> None:
    mentioned = {node for triple in shapes() for node in triple if str(node).startswith(str(SHAPES))}
    assert mentioned <= set(shapes().subjects())


def test_no_shape_is_left_unreached() -> None:
    reached = {shape for target in TARGETS for shape in shapes().subjects(target)} | graph_checks()
    waiting = list(reached)
    while waiting:
        found = set(shapes().objects(waiting.pop())) - reached
        reached |= found
        waiting += found
    assert all_shapes() <= reached


def test_a_shape_names_only_terms_of_the_ontology() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "shapes").glob("*.ttl")))
    names = set(re.findall(r"\bhyte:([\w-]+)", text))
    known = {str(term).removeprefix(str(HYTE)) for term in vocabulary().subjects(RDFS.isDefinedBy)}
    assert names
    assert names <= known


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("Amendment-netConvention", "NetConventionScheme"),
        ("Alignment-kind", "ContinuityKindScheme"),
        ("Claim-basis", "BasisScheme"),
        ("Claim-reviewStatus", "ReviewStatusScheme"),
        ("Document-kind", "DocumentKindScheme"),
        ("Fact-certainty", "CertaintyScheme"),
        ("Loss-kind", "LossKindScheme"),
        ("Observation-scenario", "ScenarioScheme"),
        ("Passage-kind", "PassageKindScheme"),
        ("Status-status", "RealisationStatus"),
    ],
)
def test_a_shape_allows_exactly_the_codes_of_its_list(shape: str, scheme: str) -> None:
    head = shapes().value(SHAPES[shape], SH["in"])
    assert head is not None
    assert set(shapes().items(head)) == set(vocabulary().subjects(SKOS.inScheme, HYTE[scheme]))


def test_a_fact_of_a_document_rests_on_no_rule_and_no_outside_source() -> None:
    head = shapes().value(SHAPES["Fact-basis"], SH["in"])
    assert head is not None
    left_out = {HYTE.lexicalMatch, HYTE.ruleBased, HYTE.externalSource}
    assert set(shapes().items(head)) == set(vocabulary().subjects(SKOS.inScheme, HYTE.BasisScheme)) - left_out


@pytest.mark.whole
@pytest.mark.slow
def test_the_shapes_are_well_formed_by_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.validate(
        Graph(), shacl_graph=shapes(), inference="none", advanced=True, meta_shacl=True
    )
    assert conforms, text
