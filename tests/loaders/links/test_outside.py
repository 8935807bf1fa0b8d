"""Links lead outside only to addresses that are verified or made by rule, and their graph names the sources."""

import csv
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.resources import data_folder
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, PREFIXES, SDMX_ATTRIBUTE, SKOS
from hytegraph.loaders.links.outside import outside_quads, statutes

BASE = "https://example.org/"
AUTHORITIES = Path(__file__).parents[3] / "loaders" / "authorities"
OUTSIDE = "https://w3id.org/hytegraph/graph/links/outside"
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
# What stands outside of the base for other reasons: vocabularies, goals of the UN, licences, checksums.
KNOWN = re.compile(
    r"https://w3id\.org/hytegraph/|http://metadata\.un\.org/sdg|urn:sha256:|https://creativecommons\.org/licenses/"
    r"|https://w3id\.org/sssom/NoTermFound$"
)


def listed(name: str, column: str) -> set[str]:
    """The addresses of a list of authorities."""
    with (AUTHORITIES / name).open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def links(*facts: tuple[str, NamedNode, str]) -> set[tuple[str, NamedNode, str]]:
    """The links that follow from some facts, without those that name the graph."""
    graph = NamedNode(f"{BASE}graph/x")
    quads = [Quad(NamedNode(BASE + s), p, Literal(o), graph) for s, p, o in facts]
    return {
        (quad.subject.value.removeprefix(BASE), quad.predicate, quad.object.value)
        for quad in outside_quads(quads, BASE)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def test_an_area_leads_to_its_code_and_to_the_place_of_equal_name() -> None:
    assert links(("id/kemi/area", SKOS.notation, "240")) == {
        ("id/kemi/area", SKOS.exactMatch, "https://stat.fi/fi/luokitukset/kunta/kunta_1_20250101/code/240"),
        ("id/kemi/area", SKOS.exactMatch, "http://www.yso.fi/onto/yso/p94202"),
    }


@pytest.mark.parametrize("code", ["999", "", "24"])
def test_an_area_of_unknown_code_leads_nowhere(code: str) -> None:
    assert links(("id/x/area", SKOS.notation, code)) == set()


def test_a_unit_leads_to_its_equal_and_one_without_equal_nowhere() -> None:
    figure = "id/kemi/figure/a"
    assert links((figure, HYTE.unitText, "m2")) == {
        (figure, SDMX_ATTRIBUTE.unitMeasure, "http://qudt.org/vocab/unit/M2")
    }
    assert links((figure, HYTE.unitText, "htv"), (figure, HYTE.unitText, "käynti")) == set()


def test_a_passage_leads_to_the_statute_that_it_cites_by_number() -> None:
    text = "Kunnan on kuntalain (410/2015) 37 §:n ja terveydenhuoltolain (1326/2010) mukaan"
    assert links(("id/kemi/passage/a", HYTE.quote, text)) == {
        ("id/kemi/passage/a", DCT.references, "http://data.finlex.fi/eli/sd/2015/410"),
        ("id/kemi/passage/a", DCT.references, "http://data.finlex.fi/eli/sd/2010/1326"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "kuntalain 37 §:n mukaan",
        "§ 110 (110/2024)",
        "päätös (85/2023)",
        "laki ei ole muuttunut. Katso liite (4/2024)",
    ],
)
def test_a_law_without_number_and_a_number_without_law_lead_nowhere(text: str) -> None:
    assert statutes(text) == ()


def test_the_graph_of_links_names_its_sources_in_three_languages(kemi: Dataset) -> None:
    rows = kemi.select(
        f"{HEAD}SELECT ?text WHERE {{ GRAPH <{OUTSIDE}> {{ <{OUTSIDE}> dct:description ?text }} }}"
    )

    assert {value.language for row in rows if isinstance(value := row["text"], Literal)} == {"fi", "sv", "en"}


def test_no_address_outside_is_in_the_data_that_is_not_in_a_verified_list(kemi: Dataset) -> None:
    verified = listed("places.csv", "place") | listed("units.csv", "unit")
    themes = (data_folder("ontology") / "themes.ttl").read_text("utf-8")
    verified |= set(re.findall(r"http://www\.yso\.fi/onto/yso/p\d+", themes))
    verified |= {f"http://www.yso.fi/onto/yso/{name}" for name in re.findall(r"yso:(p\d+)", themes)}
    by_rule = re.compile(
        r"https://stat\.fi/fi/luokitukset/kunta/kunta_1_20250101/code/\d{3}|http://data\.finlex\.fi/eli/sd/\d{4}/\d+"
    )
    rows = kemi.select(
        "SELECT DISTINCT ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?o)) "
        'FILTER(!STRENDS(STR(?g), "/shapes") && !STRENDS(STR(?g), "/ontology") && !STRENDS(STR(?g), "/alignments")) }'
    )
    vocabularies = tuple(PREFIXES.values())
    strangers = {
        address
        for row in rows
        if not (address := row.text("o")).startswith(vocabularies)
        and not KNOWN.match(address)
        and address not in verified
        and not by_rule.fullmatch(address)
    }
    assert len(rows) > 1000
    assert {each for each in strangers if each + "#" not in vocabularies} == set()
