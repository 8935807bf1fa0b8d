"""The named queries are whole: they parse, say what they give in three languages, and bind their parameters."""

import re

import pytest

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.languages import LANGUAGES
from hytegraph.graph.query.named import (
    NamedQuery,
    load_queries,
    load_value_lists,
    named_query,
    run,
)
from hytegraph.graph.resources import data_files
from hytegraph.graph.store.dataset import Dataset

QUERIES = tuple(load_queries().values())


@pytest.fixture(params=QUERIES, ids=lambda query: query.name)
def query(request: pytest.FixtureRequest) -> NamedQuery:
    found = request.param
    assert isinstance(found, NamedQuery)
    return found


def test_every_file_of_the_folder_is_a_query() -> None:
    assert {file.name for file in data_files("queries", "service/*")} == {f"{q.name}.rq" for q in QUERIES}


def test_a_query_says_what_it_gives_in_three_languages(query: NamedQuery) -> None:
    said = [query.summary[language] for language in LANGUAGES]
    assert all(said)
    assert len(set(said)) == len(LANGUAGES)


def test_a_query_has_tags(query: NamedQuery) -> None:
    assert query.tags


def test_a_query_passes_the_guard_and_answers_over_the_documents(kemi: Dataset, query: NamedQuery) -> None:
    kemi.check(query.text)
    assert run(kemi, query, {parameter.name: parameter.example for parameter in query.parameters}).rows


def test_every_parameter_is_projected_and_explained(query: NamedQuery) -> None:
    projection = query.text.partition("SELECT")[2].partition("WHERE")[0]
    for parameter in query.parameters:
        assert f"?_{parameter.name}" in projection.split()
        assert all(parameter.summary[language] for language in LANGUAGES)
        assert parameter.example or parameter.values in load_value_lists()


def test_every_underscored_variable_is_a_declared_parameter(query: NamedQuery) -> None:
    words = query.text.replace("(", " ").replace(")", " ").replace(",", " ").split()
    assert {word for word in words if word.startswith("?_")} == {f"?_{p.name}" for p in query.parameters}


def test_rows_come_in_a_stated_order(query: NamedQuery) -> None:
    assert re.search(r"ORDER BY \?(document|fromPeriod|goal|level|period)", query.text)


def test_two_measures_are_traced_to_rows_of_their_own(kemi: Dataset) -> None:
    found = {
        words: [row[:3] for row in run(kemi, named_query("trace"), {"measure": words}).rows]
        for words in ("elintapaohjaus", "uimahallin rakennussuunnittelu")
    }
    assert found == {
        "elintapaohjaus": [
            (
                "Elintapaohjaus",
                "Terveelliset elintavat ja omasta hyvinvoinnista huolehtiminen",
                "Välittävä Kemi",
            )
        ],
        "uimahallin rakennussuunnittelu": [
            (
                "Uimahallin rakennussuunnittelu",
                (
                    "Rakennetaan monipuolisia vapaa-ajan ja matkailun palveluja, "
                    "jotka tukevat hyvinvointia ja houkuttelevat vierailijoita"
                ),
                "Viettelevä Kemi",
            )
        ],
    }


def test_a_measure_is_traced_by_its_iri(kemi: Dataset) -> None:
    iri = "https://w3id.org/hytegraph/id/kemi/measure/toimenpideohjelma-2026/L12-1"
    assert [row[0] for row in run(kemi, named_query("trace"), {"measure": iri}).rows] == [
        "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
    ]


def test_words_of_no_measure_give_the_columns_and_no_rows(kemi: Dataset) -> None:
    found = run(kemi, named_query("trace"), {"measure": "avaruussukkula"})
    assert (found.rows, found.variables[0], found.variables[-1]) == ((), "measure", "lineEnd")


def test_a_value_is_bound_and_never_read_as_sparql(kemi: Dataset) -> None:
    assert run(kemi, named_query("trace"), {"measure": '") || true || CONTAINS("'}).rows == ()


def test_an_unknown_parameter_is_refused_with_those_there_are(kemi: Dataset) -> None:
    with pytest.raises(UnknownNameError) as caught:
        run(kemi, named_query("trace"), {"mesure": "x"})
    assert (caught.value.kind, caught.value.known) == ("parameter", ("measure",))


def test_an_unknown_query_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError) as caught:
        named_query("goal")
    assert "goals" in caught.value.known
