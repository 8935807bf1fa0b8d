"""Each shape passes good data and reports bad data, and nothing else does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SH, SKOS

from hytegraph.graph.validation_engines import FAST, REFERENCE, evaluate
from hytegraph.graph.validation_shapes import package_shapes

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "data" / "shapes"
CODES = ROOT / "ontology" / "codes.ttl"
TOWN = CASES / "valid-town.ttl"
VALID = sorted(CASES.glob("valid-*.ttl"))
INVALID = sorted(CASES.glob("invalid-*.ttl"))
SHAPES = Namespace("https://w3id.org/hytegraph/shapes#")
HYTE = Namespace("https://w3id.org/hytegraph/ns#")
LANGUAGES = {"en", "fi", "sv"}
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


def local_names(nodes: set[URIRef]) -> set[str]:
    """The names of shapes without their namespace."""
    return {str(node).removeprefix(str(SHAPES)) for node in nodes}


@dataclass(frozen=True, slots=True)
class Results:
    """What an engine reports of all cases, each in a town of its own, so that one run judges them all."""

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
def results(engine: str) -> Results:
    """What an engine reports of every case."""
    codes = "".join(f"{quad} .\n" for quad in parse(CODES.read_bytes(), RdfFormat.TURTLE))
    data = codes + "".join(moved(case) for case in (*VALID, *INVALID))
    _, found = evaluate(data, package_shapes(), engine)
    by_case: dict[Path, set[tuple[str, ...]]] = {case: set() for case in (*VALID, *INVALID)}
    towns = {town_of(case): case for case in by_case}
    elsewhere = set()
    for result in found:
        town = re.match(r"<(https://w3id\.org/hytegraph/id/[^/]+/)", str(result.focus))
        place = by_case[towns[town[1]]] if town else elsewhere
        place.add(result.key)
    return Results(by_case, elsewhere)


def expected(case: Path) -> str:
    """The shape that a case names on its first line."""
    match = re.match(r"# expects: (\S+)\n", case.read_text(encoding="utf-8"))
    assert match, f"{case.name} does not say which shape it expects"
    return match[1]


def test_all_cases_are_collected() -> None:
    assert (len(VALID), len(INVALID)) == (20, 153)


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_good_data_passes_every_shape(case: Path) -> None:
    assert results(FAST).names(case) == set()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_bad_data_is_reported_by_its_shape_alone(case: Path) -> None:
    assert results(FAST).names(case) == {expected(case)}


@pytest.mark.parametrize("case", (*VALID, *INVALID), ids=lambda case: case.stem)
def test_the_reference_engine_reports_the_same_of_each_case(case: Path) -> None:
    assert results(FAST).by_case[case] == results(REFERENCE).by_case[case]


def test_nothing_but_the_cases_is_reported() -> None:
    assert results(FAST).elsewhere == results(REFERENCE).elsewhere == set()


def test_every_shape_that_can_report_has_bad_data() -> None:
    assert {expected(case) for case in INVALID} == local_names(reporting_shapes())


def test_a_shape_that_can_report_has_severity_and_messages_in_three_languages() -> None:
    for shape in reporting_shapes():
        messages = list(shapes().objects(shape, SH.message))
        assert sorted(getattr(message, "language", "") for message in messages) == sorted(LANGUAGES), shape
        assert len(list(shapes().objects(shape, SH.severity))) == 1, shape


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
    reached = {shape for target in TARGETS for shape in shapes().subjects(target)}
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
        ("Amendment-netConvention", "NetConvention"),
        ("Document-kind", "DocumentKind"),
        ("Fact-basis", "Basis"),
        ("Fact-certainty", "Certainty"),
        ("Loss-kind", "LossKind"),
        ("Observation-scenario", "Scenario"),
        ("Passage-kind", "PassageKind"),
    ],
)
def test_a_shape_allows_exactly_the_codes_of_its_list(shape: str, scheme: str) -> None:
    head = shapes().value(SHAPES[shape], SH["in"])
    assert head is not None
    assert set(shapes().items(head)) == set(vocabulary().subjects(SKOS.inScheme, HYTE[scheme]))


def test_the_shapes_are_well_formed_by_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.validate(
        Graph().parse(TOWN), shacl_graph=shapes(), inference="none", advanced=True, meta_shacl=True
    )
    assert conforms, text
