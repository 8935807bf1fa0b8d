"""The model of the data: every count has a query that lists just that, in the drawing and in the table."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.vocabulary.model import Model, read_model

SVG = "{http://www.w3.org/2000/svg}"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def model(kemi: Dataset) -> Model:
    return read_model(Summaries.of(kemi, kemi.base), "fi")


def links(model: Model) -> list[tuple[str, str]]:
    """The links of the drawing: what is written, and the query that it opens."""
    root = ElementTree.fromstring(model.svg())
    return [
        ("".join(link.itertext()), parse_qs(urlsplit(link.attrib["href"]).query)["query"][0])
        for link in root.iter(f"{SVG}a")
    ]


def test_the_query_of_every_arrow_and_class_gives_as_many_rows_as_its_count(
    model: Model, kemi: Dataset
) -> None:
    drawn = links(model)
    counts = [int(text.rpartition(" · ")[2].replace("\u00a0", "")) for text, _ in drawn]

    assert len(drawn) == len(model.classes) + len(model.relations) > 150
    assert counts == [len(kemi.select(query)) for _, query in drawn]


def test_the_table_has_the_relations_of_the_drawing(model: Model, kemi_client: FlaskClient) -> None:
    table = kemi_client.get("/ns/model.json").get_json()["rows"]

    assert {row["query"] for row in table} <= {query for _, query in links(model)}
    assert len(table) == len(model.relations)
    goals = next(row for row in table if row["property"] == "hyte:supportsGoal")
    assert (goals["subjectClass"], goals["objectClass"]) == ("hyte:Measure", "hyte:Goal")
    assert (goals["triples"], goals["inferredTriples"]) == (174, 0)


def test_terms_of_standards_are_there_and_what_only_restates_ours_is_not(model: Model) -> None:
    named = {(each.term, each.object) for each in model.relations}

    assert {("hyte:responsibleAgent", "org:Post"), ("oa:hasSource", "hyte:SourceDocument")} <= named
    assert ("skos:broader", "hyte:StrategicAim") not in named
    assert ("hyte:supportedByMeasure", "hyte:Measure") not in named
    assert any(text == f"virka tai toimi · {model.classes['org:Post']}" for text, _ in links(model))


def test_what_rules_inferred_is_told_apart(model: Model) -> None:
    traced = next(each for each in model.relations if each.term == "hyte:tracesToAim")

    assert traced.inferred == traced.triples > 0
    assert f"johtaa päämäärään ⇢ päämäärä · {traced.triples}" in {text for text, _ in links(model)}


@pytest.mark.parametrize("language, words", [("fi", "toimenpide"), ("sv", "åtgärd"), ("en", "measure")])
def test_the_page_has_drawing_and_table_in_the_language(
    kemi_client: FlaskClient, language: str, words: str
) -> None:
    text = kemi_client.get(f"/ns/model?lang={language}", headers=BROWSER).text

    assert f">{words} · 181<" in text
    assert 'href="/ns#supportsGoal"' in text
