"""What knows only the standards finds what it should: a reader of cubes, of concepts, of organisations, of annotations.

Nothing here names a term of our own vocabulary, but where a test says what must be found.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal as Text
from rdflib import Graph, URIRef
from rdflib.namespace import ORG, QB, RDF, RDFS, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from skosify import check, infer

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.named import load_competency_questions
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import PREFIXES
from tests.services import StartService

CONSTRAINTS = Path(__file__).parents[2] / "data" / "cube"
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
# Cells that a document prints empty or that cannot be read: they are there, with a status and without a value.
WITHOUT_VALUE = {"obsStatus-M", "obsStatus-O", "obsStatus-L"}


def number(kemi: Dataset, pattern: str) -> int:
    """How many things match the pattern, of which `?it` is one."""
    [row] = kemi.select(f"{HEAD}SELECT (COUNT(DISTINCT ?it) AS ?n) {{ {pattern} }}")
    return int(row.text("n"))


def graph_of(kemi: Dataset, query: str, **values: Text) -> Graph:
    """The answer to a CONSTRUCT query, as rdflib has it."""
    lines = (f"{triple} ." for triple in kemi.construct(HEAD + query, **values))
    return Graph().parse(data="\n".join(lines), format="nt")


@pytest.mark.parametrize("file", sorted(CONSTRAINTS.glob("*.rq")), ids=lambda file: file.stem)
@pytest.mark.slow
def test_the_figures_keep_the_integrity_constraints_of_the_cube_vocabulary(kemi: Dataset, file: Path) -> None:
    broken = {row["it"] for row in kemi.select(HEAD + file.read_text("utf-8"))}
    if file.stem != "ic-14":
        assert not broken
        return
    # The vocabulary has no missing value: a cell without a number keeps its place, and its status says why.
    missing = kemi.select(
        f"{HEAD}SELECT ?it ?status {{ ?it a qb:Observation ; sdmx-attribute:obsStatus ?status . "
        "FILTER NOT EXISTS { ?it sdmx-measure:obsValue ?value } }"
    )
    assert broken == {row["it"] for row in missing}
    assert {row.text("status").rpartition("#")[2] for row in missing} <= WITHOUT_VALUE


def test_a_constraint_finds_what_breaks_it() -> None:
    """The constraints are no empty words: each of a broken cube's faults is found by its own."""
    broken = Graph().parse(
        data=f"""{HEAD}
        @prefix : <urn:> .
        :set a qb:DataSet ; qb:structure :dsd .
        :dsd a qb:DataStructureDefinition ; qb:component [ qb:componentProperty :dim ], [ qb:componentProperty :m ] .
        :dim a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :list .
        :list a skos:ConceptScheme . :m a qb:MeasureProperty .
        :a a qb:Observation ; qb:dataSet :set ; :dim :code ; :m 1 .
        :b a qb:Observation ; qb:dataSet :set ; :dim :code ; :m 2 .
        :c a qb:Observation ; qb:dataSet :set ; :m 2 .
        :d a qb:Observation .""",
        format="turtle",
    )
    found = {
        file.stem
        for file in CONSTRAINTS.glob("*.rq")
        if len(broken.query(HEAD + file.read_text("utf-8"))) > 0
    }
    assert found == {"ic-01", "ic-11", "ic-12", "ic-19"}


@cache
def served(address: str) -> Graph:
    """The endpoint as rdflib sees it."""
    return Graph(SPARQLStore(f"{address}/sparql"))


@pytest.fixture(scope="module")
def endpoint(start_service: StartService, kemi_release: Path) -> Graph:
    """The endpoint of a served release."""
    return served(f"http://127.0.0.1:{start_service(kemi_release).port}")


def test_a_reader_of_cubes_finds_structure_dimensions_and_observations(endpoint: Graph) -> None:
    [dataset] = endpoint.subjects(RDF.type, QB.DataSet)
    [structure] = endpoint.objects(dataset, QB.structure)
    components = list(endpoint.objects(structure, QB.component))
    dimensions = sorted(str(d) for c in components for d in endpoint.objects(c, QB.dimension))
    [measure] = [m for c in components for m in endpoint.objects(c, QB.measure)]
    names = " ".join(f"?d{n}" for n in range(len(dimensions)))
    cells = "".join(f"<{iri}> ?d{n} ; " for n, iri in enumerate(dimensions))
    rows = [
        tuple(row)  # type: ignore[arg-type]
        for row in endpoint.query(
            f"SELECT {names} ?value {{ ?o a <{QB.Observation}> ; {cells} <{QB.dataSet}> <{dataset}> . "
            f"OPTIONAL {{ ?o <{measure}> ?value }} }}"
        )
    ]

    assert len(dimensions) == 4
    assert len(rows) == 567
    assert len({row[:4] for row in rows}) == 567
    assert sum(row[4] is not None for row in rows) == 557
    for dimension in dimensions:
        assert list(endpoint.objects(URIRef(dimension), RDFS.label)), dimension


def test_a_reader_of_organisations_finds_units_and_posts_in_their_municipality(endpoint: Graph) -> None:
    units = set(endpoint.subjects(RDF.type, ORG.OrganizationalUnit))
    [town] = endpoint.subjects(RDF.type, ORG.FormalOrganization)
    rows = endpoint.query(f"SELECT ?unit {{ ?unit <{ORG.unitOf}>+ <{town}> ; a <{ORG.OrganizationalUnit}> }}")

    assert len(units) == 21
    assert {row[0] for row in rows} == units  # type: ignore[index]
    assert set(endpoint.subjects(RDF.type, ORG.Organization)) >= {town, *units}
    assert all(list(endpoint.objects(unit, RDFS.label)) for unit in units)


def test_a_browser_of_concepts_walks_from_plans_to_aims_to_goals(endpoint: Graph) -> None:
    plan = URIRef(f"{DEFAULT_BASE}id/kemi/plan/toimenpideohjelma-2026")
    tops = set(endpoint.subjects(SKOS.topConceptOf, plan))
    below = {goal for top in tops for goal in endpoint.subjects(SKOS.broader, top)}

    assert (plan, RDF.type, SKOS.ConceptScheme) in endpoint
    assert len(tops) == 4
    assert len(below) == 20
    assert all((goal, RDF.type, SKOS.Concept) in endpoint for goal in below)


def concepts(kemi: Dataset) -> Graph:
    """All concepts of the data with their names, schemes and what they hang below."""
    return graph_of(
        kemi,
        """CONSTRUCT { ?it a skos:Concept ; ?property ?value . ?scheme a skos:ConceptScheme } WHERE {
          ?it a skos:Concept ; ?property ?value .
          VALUES ?property { skos:prefLabel skos:altLabel skos:broader skos:narrower skos:related skos:inScheme
            skos:topConceptOf skos:notation skos:definition }
          OPTIONAL { ?it skos:inScheme ?scheme }
        }""",
    )


@pytest.fixture(scope="module")
def thesaurus(kemi_release: Path) -> Graph:
    """The concepts, completed as a browser of SKOS does it."""
    graph = concepts(Dataset.open(kemi_release))
    infer.skos_topConcept(graph)
    infer.skos_hierarchical(graph)
    return graph


def test_skosify_finds_no_fault_in_the_concepts(thesaurus: Graph, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        check.hierarchy_cycles(thesaurus)
        check.disjoint_relations(thesaurus)
        check.hierarchical_redundancy(thesaurus)
        check.preflabel_uniqueness(thesaurus, "shortest")
        check.label_overlap(thesaurus)

    assert len(set(thesaurus.subjects(RDF.type, SKOS.Concept))) > 600
    assert not caplog.messages


def test_every_concept_has_a_name_and_those_of_a_scheme_hang_below_its_top(thesaurus: Graph) -> None:
    plans = {
        scheme
        for scheme in thesaurus.subjects(RDF.type, SKOS.ConceptScheme)
        if str(scheme).startswith(f"{DEFAULT_BASE}id/")
    }
    for concept in thesaurus.subjects(RDF.type, SKOS.Concept):
        assert list(thesaurus.objects(concept, SKOS.prefLabel)) or "/role/" in str(concept), concept
        for scheme in set(thesaurus.objects(concept, SKOS.inScheme)) - plans:
            tops = set(thesaurus.objects(scheme, SKOS.hasTopConcept))
            above = set(thesaurus.transitive_objects(concept, SKOS.broader))
            assert not tops or tops & above, concept


def test_whatever_has_a_name_has_an_rdfs_label(kemi: Dataset) -> None:
    named = "VALUES ?naming { skos:prefLabel dct:title } ?it ?naming ?name ."

    assert number(kemi, f"{named} FILTER NOT EXISTS {{ ?it rdfs:label ?label }}") == 0
    assert number(kemi, named) > 500
    inferred = f"GRAPH <{DEFAULT_BASE}graph/inferred> {{ ?it rdfs:label ?label }}"
    assert number(kemi, f"{inferred} FILTER NOT EXISTS {{ ?it skos:prefLabel|dct:title ?label }}") == 0


def annotations(kemi: Dataset) -> Iterator[tuple[URIRef, URIRef, str]]:
    """Target, source and quoted words of the annotations of a document, as a client reads them."""
    question = load_competency_questions()["cq-58-annotations"]
    graph = graph_of(kemi, question.query.text, _document=Text("003_6755deedcaf87d36"))
    oa = PREFIXES["oa"]
    for row in graph.query(
        f"""PREFIX oa: <{oa}> SELECT DISTINCT ?target ?source ?words {{
          ?a a oa:Annotation ; oa:hasBody ?body ; oa:hasTarget ?target .
          ?target a oa:SpecificResource ; oa:hasSource ?source ; oa:hasSelector ?selector .
          ?selector a oa:TextQuoteSelector ; oa:exact ?words }}"""
    ):
        yield row[0], row[1], str(row[2])  # type: ignore[index,misc]


def test_what_a_document_grounds_is_read_as_annotations(kemi: Dataset) -> None:
    found = list(annotations(kemi))

    assert len(found) > 20
    assert len({source for _, source, _ in found}) == 1
    assert all(words for *_, words in found)


def test_only_types_that_generic_tools_ask_for_are_written(kemi: Dataset) -> None:
    """The size of the data is watched: what is written for tools is less than a twelfth of it."""
    rows = kemi.select(f"SELECT ?p ?o {{ GRAPH <{DEFAULT_BASE}graph/inferred> {{ ?s ?p ?o }} }}")
    own = PREFIXES["hyte"]
    for_tools = [row for row in rows if not row.text("p").startswith((own, str(RDFS.comment)))]
    types = Counter(row.text("o") for row in for_tools if row["p"] == RDF.type)
    quads = sum(graph.triples for graph in kemi.graphs())

    assert len(for_tools) < quads / 12
    assert not any(name.startswith(own) for name in types)
