import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS, graph_format, result_format


def test_every_graph_format_agrees_with_pyoxigraph_on_media_type_and_extension() -> None:
    for each in GRAPH_FORMATS:
        assert RdfFormat.from_media_type(each.media_type) == each.rdf
        assert RdfFormat.from_extension(each.extension) == each.rdf


def test_every_result_format_agrees_with_pyoxigraph_on_the_media_type() -> None:
    for each in RESULT_FORMATS:
        assert QueryResultsFormat.from_media_type(each.media_type) == each.results


def test_names_are_unique() -> None:
    names = [each.name for each in (*GRAPH_FORMATS, *RESULT_FORMATS)]

    assert len(names) == len(set(names)) == 10


def test_csv_and_tsv_state_their_charset() -> None:
    assert [each.content_type for each in RESULT_FORMATS[2:]] == [
        "text/csv; charset=utf-8; header=present",
        "text/tab-separated-values; charset=utf-8",
    ]


def test_a_format_is_found_by_name_extension_and_media_type() -> None:
    assert graph_format("owl") == graph_format("application/rdf+xml") == graph_format("RDF/XML")
    assert result_format("srj") == result_format("json")
    assert graph_format("xlsx") is None


@pytest.mark.parametrize(
    ("media_type", "name", "content_type"),
    [
        ("text/n3", "ttl", "text/n3; charset=utf-8"),
        ("text/rdf+n3", "ttl", "text/rdf+n3; charset=utf-8"),
        ("application/turtle", "ttl", "application/turtle"),
        ("text/turtle", "ttl", "text/turtle; charset=utf-8"),
        ("text/plain", "nt", "text/plain; charset=utf-8"),
        ("text/xml", "rdf", "text/xml; charset=utf-8"),
    ],
)
def test_a_client_gets_the_media_type_that_it_knows_the_format_by(
    media_type: str, name: str, content_type: str
) -> None:
    syntax = graph_format(media_type)

    assert syntax
    assert (syntax.name, syntax.content_type_of(media_type)) == (name, content_type)


@pytest.mark.parametrize("name", ["n3", "turtle", "ntriples"])
def test_names_that_clients_send_as_format_are_known(name: str) -> None:
    assert graph_format(name)
