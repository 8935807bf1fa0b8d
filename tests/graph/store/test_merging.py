"""Several graphs that a query names are one graph: a triple that two of them hold is one triple."""

import pytest
from pyoxigraph import Store

from hytegraph.graph.store.dataset import Dataset

DATA = """
@prefix : <http://a.example/> .
:g1 { :a :p :b . :b :p :c . :a :name "a" . _:x :name "blank" }
:g2 { :a :p :b . :b :p :d . :a :name "a" . _:x :name "blank" }
:g3 { :c :p :e . :a :size 1 }
"""
G1, G2, G3 = (f"<http://a.example/g{number}>" for number in (1, 2, 3))
HEAD = "PREFIX : <http://a.example/> "


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    file = tmp_path_factory.mktemp("merging") / "data.trig"
    file.write_text(DATA, "utf-8")
    return Dataset.open(file)


@pytest.mark.parametrize(
    ("select", "where", "answer"),
    [
        ("(COUNT(*) AS ?n)", "?s :p ?o", ["3"]),
        ("(COUNT(?o) AS ?n)", ":a :name ?o", ["1"]),
        ("(GROUP_CONCAT(?l; separator='|') AS ?n)", ":a :name ?l", ["a"]),
        ("?n", ":a :p+ ?n", ["b", "c", "d"]),
        ("?n", ":a :p/:p ?n", ["c", "d"]),
        ("?n", "{ SELECT ?s (COUNT(*) AS ?n) { ?s :p ?o } GROUP BY ?s HAVING (COUNT(*) = 2) }", ["2"]),
        ("?n", ":a :p ?n MINUS { ?n :p :d }", []),
        ("?n", "?x :name 'blank' . BIND(1 AS ?n)", ["1"]),
    ],
)
def test_a_triple_of_two_graphs_counts_once(
    data: Dataset, select: str, where: str, answer: list[str]
) -> None:
    rows = data.select(f"{HEAD}SELECT {select} FROM {G1} FROM {G2} {{ {where} }}")

    assert sorted(row.text("n").rpartition("/")[2] for row in rows) == answer


def test_graphs_of_the_protocol_are_merged_too(data: Dataset) -> None:
    text = f"{HEAD}ASK {{ {{ SELECT (COUNT(*) AS ?n) {{ ?s :p ?o }} }} FILTER(?n = 3) }}"

    assert data.query(text, None, [G1[1:-1], G2[1:-1]])
    assert data.query(text.replace("?n = 3", "?n = 4"), None, [G1[1:-1], G2[1:-1], G3[1:-1]])


def test_named_graphs_stand_beside_the_merged_ones_and_no_others(data: Dataset) -> None:
    [row] = data.select(
        f"{HEAD}SELECT ?g (COUNT(*) AS ?n) FROM {G1} FROM {G2} FROM NAMED {G3} "
        "{ GRAPH ?g { ?s ?p ?o } ?s2 :p :d } GROUP BY ?g"
    )

    assert (row.iri("g"), row.text("n")) == (G3[1:-1], "2")


def test_a_blank_node_of_two_graphs_stays_one(data: Dataset) -> None:
    [row] = data.select(
        f"{HEAD}SELECT (COUNT(*) AS ?n) FROM {G1} FROM {G2} FROM NAMED {G2} "
        "{ ?x :name 'blank' GRAPH ?g { ?x :name 'blank' } }"
    )

    assert row.text("n") == "1"


def test_graphs_that_share_nothing_need_no_merge(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hytegraph.graph.store.merging.GraphViews._merged_store", None)

    [row] = data.select(f"{HEAD}SELECT (COUNT(*) AS ?n) FROM {G1} FROM {G3} {{ ?s ?p ?o }}")
    assert row.text("n") == "6"


def test_the_graphs_that_are_merged_again_are_not_read_again(
    data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{HEAD}SELECT ?o FROM {G2} FROM {G1} {{ ?s :p ?o }}"
    first = data.select(text)
    monkeypatch.setattr("hytegraph.graph.store.merging.GraphViews._merged_store", None)

    assert data.select(text) == first


@pytest.mark.parametrize("clause", ["FROM <http://b.example/>", "FROM NAMED <http://b.example/>"])
def test_a_graph_that_the_data_do_not_hold_is_empty(data: Dataset, clause: str) -> None:
    assert not data.ask(f"ASK {clause} {{ ?s ?p ?o }}")


def test_the_kemi_documents_count_their_shared_goals_once(kemi: Dataset) -> None:
    graphs = [graph.name for graph in kemi.graphs() if "/document/" in graph.name]
    clauses = " ".join(f"FROM <{name}>" for name in graphs)
    [row] = kemi.select(
        "PREFIX hyte: <https://w3id.org/hytegraph/ns#> "
        f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?goal) AS ?goals) {clauses} {{ ?goal a hyte:Goal }}"
    )

    assert int(row.text("n")) == int(row.text("goals")) > 0


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("?s :p ?o", "4"),
        ("?s :name 'blank'", "1"),
        ("GRAPH ?g { ?s :p ?o }", "5"),
        ("?s :p ?o . GRAPH ?g { ?s :p ?o }", "5"),
        ("?s :p ?o . \\u0047RAPH ?g { ?s :p ?o }", "5"),
        ("?s :p ?o . graph :g3 { :c ?q ?r }", "4"),
        ("?s :name 'blank' . GRAPH ?g { ?s :name 'blank' }", "2"),
    ],
)
def test_the_default_graph_is_the_same_alone_and_beside_named_graphs(
    data: Dataset, where: str, answer: str
) -> None:
    [row] = data.select(f"{HEAD}SELECT (COUNT(*) AS ?n) {{ {where} }}")

    assert row.text("n") == answer


def test_only_queries_that_read_graphs_walk_through_them(
    data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "_default", Store())

    assert not data.ask(f"{HEAD}ASK {{ ?s :p ?o }}")
    assert data.ask(f"{HEAD}ASK {{ ?s :p ?o . GRAPH ?g {{ ?s :p ?o }} }}")
