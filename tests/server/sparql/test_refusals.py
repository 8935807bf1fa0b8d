import gc

from flask.testing import FlaskClient

from hytegraph.graph.errors import HytegraphError


def test_a_refusal_is_not_left_for_the_search_for_garbage(client: FlaskClient) -> None:
    """What it holds would be dropped by whichever thread searches."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        not_offered = client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }", "format": "xlsx"})
        malformed = client.get("/sparql", query_string={"query": "SELECT ?x { ?x <a:b> }"})
        assert [not_offered.status_code, malformed.status_code] == [406, 400]
        gc.collect()
        left = [thing for thing in gc.garbage if isinstance(thing, HytegraphError)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()

    assert left == []
