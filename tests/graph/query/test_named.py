"""Named queries are read from their headers, and their answers written as SPARQL results."""

import csv
import json

import pytest
from pyoxigraph import Literal, NamedNode, Store, Triple

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import CSV, JSON
from hytegraph.graph.languages import Text
from hytegraph.graph.query.named import answer, answer_in, bind, load_queries, named_query, parse_query, run
from hytegraph.graph.store.dataset import Dataset

TEXT = """#+ summary: Mitä
#+ summary_sv: Vad
#+ summary_en: What
#+ description: "Lisää: siitä."
#+ description_sv: Mer om det.
#+ description_en: "More: of it."
#+ tags: [a, b]
#+ params:
#+   - name: word
#+     fi: Sana
#+     sv: Ord
#+     en: Word
#+     default: yksi
SELECT ?thing ?word ?_word WHERE {
  VALUES (?thing ?word) { (<https://example.org/1> "yksi"@fi) (<https://example.org/2> "kaksi, \\"2\\"") (3 UNDEF) }
  FILTER(?_word = "" || STR(?word) = ?_word)
}
ORDER BY ?thing
"""


@pytest.fixture
def empty() -> Dataset:
    return Dataset(Store())


def test_a_header_gives_summary_description_tags_and_parameters() -> None:
    query = parse_query("mita", TEXT)
    assert query.summary == Text("Mitä", "Vad", "What")
    assert (query.description["en"], query.tags) == ("More: of it.", ("a", "b"))
    [parameter] = query.parameters
    assert (parameter.name, parameter.summary["sv"], parameter.default) == ("word", "Ord", "yksi")
    assert query.text.startswith("SELECT")


def test_a_parameter_without_a_value_takes_its_default(empty: Dataset) -> None:
    assert run(empty, parse_query("mita", TEXT), {}).rows == (("https://example.org/1", "yksi"),)
    assert bind(parse_query("mita", TEXT), {"word": "kaksi"}) == {"_word": Literal("kaksi")}


def test_a_value_for_no_parameter_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no parameter is called 'words'; there are: word"):
        bind(parse_query("mita", TEXT), {"words": "x"})


def test_csv_has_names_crlf_quotes_and_empty_cells(empty: Dataset) -> None:
    text = answer_in(empty, parse_query("mita", TEXT), {"word": ""}, CSV).decode()
    assert text.startswith("thing,word\r\n")
    assert text.count("\r\n") == text.count("\n") == 4
    assert sorted(list(csv.reader(text.splitlines()))[1:]) == [
        ["3", ""],
        ["https://example.org/1", "yksi"],
        ["https://example.org/2", 'kaksi, "2"'],
    ]


def test_json_tells_iris_languages_and_datatypes_and_leaves_out_what_is_unbound(empty: Dataset) -> None:
    answer = json.loads(answer_in(empty, parse_query("mita", TEXT), {"word": ""}, JSON))
    assert answer["head"]["vars"] == ["thing", "word"]
    by_value = {row["thing"]["value"]: row for row in answer["results"]["bindings"]}
    assert by_value["https://example.org/1"] == {
        "thing": {"type": "uri", "value": "https://example.org/1"},
        "word": {"type": "literal", "value": "yksi", "xml:lang": "fi"},
    }
    assert by_value["https://example.org/2"]["word"] == {"type": "literal", "value": 'kaksi, "2"'}
    assert by_value["3"] == {
        "thing": {"type": "literal", "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    }


def test_an_answer_without_rows_keeps_its_columns(empty: Dataset) -> None:
    solutions = run(empty, parse_query("mita", TEXT), {"word": "kolme"})
    assert (solutions.variables, solutions.rows) == (("thing", "word"), ())


def test_queries_are_loaded_in_the_order_of_their_names() -> None:
    assert list(load_queries()) == sorted(load_queries())
    assert named_query("goals") is load_queries()["goals"]


def test_a_query_of_each_form_has_an_answer_of_its_kind(empty: Dataset) -> None:
    assert answer(empty, parse_query("mita", TEXT), {"word": "yksi"}) == run(
        empty, parse_query("mita", TEXT), {"word": "yksi"}
    )
    header = TEXT.partition("#+ tags")[0]
    assert answer(empty, parse_query("onko", f"{header}ASK {{ BIND(1 AS ?one) }}"), {}) is True
    assert answer(empty, parse_query("onko", f"{header}ASK {{ ?s ?p ?o }}"), {}) is False
    made = answer(empty, parse_query("tee", f"{header}CONSTRUCT {{ <a:b> <a:c> 1 }} WHERE {{}}"), {})
    assert made == (Triple(NamedNode("a:b"), NamedNode("a:c"), Literal(1)),)
