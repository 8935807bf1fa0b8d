"""What only suggestions speak of has a page and data too, and both say that it is a suggestion."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE

CLAIMS = """PREFIX hyte: <https://w3id.org/hytegraph/ns#>
SELECT ?kind (MIN(?claim) AS ?first) WHERE {
  GRAPH <https://w3id.org/hytegraph/graph/GRAPH> { ?claim a ?kind ; hyte:reviewStatus hyte:suggested }
} GROUP BY ?kind"""


@pytest.mark.parametrize("graph", ["links/suggested", "status"])
def test_a_suggestion_has_a_page_that_tells_it_as_one(
    kemi_client: FlaskClient, kemi: Dataset, graph: str
) -> None:
    found = [row.text("first") for row in kemi.select(CLAIMS.replace("GRAPH>", f"{graph}>"))]
    assert found
    for iri in found:
        path = iri.removeprefix(DEFAULT_BASE)
        page = kemi_client.get(f"/page/{path}", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "koneen ehdotus" in page.text
        data = kemi_client.get(f"/data/{path}.nt")
        assert data.status_code == 200
        assert HYTE.suggested in {quad.object for quad in parse(data.data, RdfFormat.N_TRIPLES)}


def test_what_no_graph_knows_is_not_found(kemi_client: FlaskClient) -> None:
    for address in ("/page/id/kemi/link/themes/0", "/data/id/kemi/link/themes/0.nt"):
        assert kemi_client.get(address).status_code == 404
