"""What the ontology says of the use of its properties is so in the data."""

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import PREFIXES

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
# Classes whose things get the property when a reviewer accepts a suggestion; Kemi has none such today.
BY_ACCEPTANCE = {
    ("targetGroup", "Indicator"),
    ("targetGroup", "Realisation"),
    ("withinUnit", "Post"),
}


def pairs(kemi: Dataset, where: str) -> set[tuple[str, str]]:
    """The pairs of property and class, without namespaces."""
    rows = kemi.select(f"{HEAD}SELECT DISTINCT ?p ?c WHERE {{ {where} }}")
    return {(row.text("p").rpartition("#")[2], row.text("c").rpartition("#")[2]) for row in rows}


@pytest.fixture(scope="module")
def used(kemi: Dataset) -> set[tuple[str, str]]:
    """Each property of ours with the classes of the things that have it, and the classes above these."""
    return pairs(
        kemi,
        "{ SELECT DISTINCT ?p ?k { ?x ?p ?o ; a ?k . FILTER(STRSTARTS(STR(?p), STR(hyte:))) } } ?k rdfs:subClassOf* ?c",
    )


def test_no_property_in_use_is_documented_for_a_class_that_never_has_it(
    kemi: Dataset, used: set[tuple[str, str]]
) -> None:
    declared = pairs(kemi, "?p rdfs:domain|schema:domainIncludes ?c FILTER(STRSTARTS(STR(?p), STR(hyte:)))")
    in_use = {name for name, _ in used}

    assert len(declared) > 100
    assert {pair for pair in declared - used if pair[0] in in_use} == BY_ACCEPTANCE


def test_a_measure_alone_in_its_row_has_the_party_of_the_row(kemi: Dataset) -> None:
    """The question that found nothing: `?measure hyte:responsibleAgent ?party`."""
    rows = kemi.select(
        f"{HEAD}SELECT (COUNT(DISTINCT ?m) AS ?n) {{ ?m a hyte:Measure ; hyte:responsibleAgent ?party }}"
    )
    several = kemi.select(
        f"""{HEAD}SELECT ?m WHERE {{ ?row hyte:rowMeasure ?m , ?n ; hyte:rowResponsible ?party . FILTER(?m != ?n)
        ?m hyte:responsibleAgent ?party . FILTER NOT EXISTS {{ ?other hyte:rowMeasure ?m . FILTER(?other != ?row) }} }}"""
    )
    assert int(rows[0].text("n")) > 50
    assert several == ()
