import re

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.formats import GRAPH_FORMATS


@pytest.mark.parametrize("suffix", [syntax.extension for syntax in GRAPH_FORMATS])
def test_the_short_address_of_a_dump_names_the_one_that_never_changes(
    client: FlaskClient, suffix: str
) -> None:
    short = client.get(f"/data/dump.{suffix}")
    canonical = re.findall(r'<([^>]+)>; rel="canonical"', ", ".join(short.headers.getlist("Link")))

    assert len(canonical) == 1
    assert client.get(canonical[0]).data == short.data
