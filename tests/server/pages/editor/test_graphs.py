"""The page of the endpoint says in words what each sort of graph holds, and stays short however many there are."""

from pyoxigraph import QuerySolutions

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset, GraphSize
from hytegraph.server.app import create_app
from hytegraph.server.pages.editor.graphs import sorts_of
from hytegraph.server.settings import Settings
from hytegraph.server.text.messages import LANGUAGES, TEXTS


def test_every_graph_of_kemi_is_of_a_sort_that_has_words(kemi: Dataset) -> None:
    sorts = sorts_of(kemi.graphs(), DEFAULT_BASE)
    assert "other" not in {each.sort for each in sorts}
    assert sum(each.triples for each in sorts) == sum(graph.triples for graph in kemi.graphs())
    assert {each.sort for each in sorts if not each.is_in_default} == {
        "links/suggested",
        "status",
        "alignments",
        "shapes",
    }
    page = create_app(Settings.of({}), kemi).test_client()
    for language in LANGUAGES:
        text = page.get(f"/sparql?lang={language}", headers={"Accept": "text/html"}).get_data(as_text=True)
        assert all(TEXTS[f"graph.{each.sort}"].in_language(language) in text for each in sorts)


def test_the_query_of_a_sort_finds_its_graphs(kemi: Dataset) -> None:
    for each in sorts_of(kemi.graphs(), DEFAULT_BASE):
        found = kemi.query(each.query)
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) == (min(each.triples, 100) if each.name else each.graphs), each.sort


def test_a_thousand_documents_are_one_line() -> None:
    graphs = [GraphSize(f"{DEFAULT_BASE}graph/kunta-{town}/document/plan-{town}", 7) for town in range(1000)]
    [line] = sorts_of([*graphs], DEFAULT_BASE)
    assert (line.sort, line.graphs, line.triples, line.name) == ("document", 1000, 7000, "")


def test_an_unknown_graph_is_told_as_another() -> None:
    [line] = sorts_of([GraphSize("https://elsewhere.example/g", 3)], DEFAULT_BASE)
    assert (line.sort, line.name) == ("other", "https://elsewhere.example/g")
