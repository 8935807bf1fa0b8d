"""Each shape passes good data and reports bad data, and nothing else does."""

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SH, SKOS

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "data" / "shapes"
TOWN = CASES / "valid-town.ttl"
VALID = sorted(CASES.glob("valid-*.ttl"))
INVALID = sorted(CASES.glob("invalid-*.ttl"))
SHAPES = Namespace("https://w3id.org/hytegraph/shapes#")
HYTE = Namespace("https://w3id.org/hytegraph/ns#")
LANGUAGES = {"en", "fi", "sv"}
TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# Everything else a shape says is a constraint, which can fail.
NO_CONSTRAINT = {*TARGETS, RDF.type, RDFS.comment, SH.path, SH.property, SH.severity, SH.message}


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


def reported(case: Path) -> set[str]:
    """The names of the shapes that report when a case is added to the town."""
    data = Graph().parse(TOWN)
    if case != TOWN:
        data.parse(case)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", advanced=True)
    assert isinstance(report, Graph)
    return local_names({shape for shape in report.objects(None, SH.sourceShape) if isinstance(shape, URIRef)})


def expected(case: Path) -> str:
    """The shape that a case names on its first line."""
    match = re.match(r"# expects: (\S+)\n", case.read_text(encoding="utf-8"))
    assert match, f"{case.name} does not say which shape it expects"
    return match[1]


def test_all_cases_are_collected() -> None:
    assert (len(VALID), len(INVALID)) == (12, 83)


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_good_data_passes_every_shape(case: Path) -> None:
    assert reported(case) == set()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_bad_data_is_reported_by_its_shape_alone(case: Path) -> None:
    assert reported(case) == {expected(case)}


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
