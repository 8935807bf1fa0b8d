"""What a client reads of a service: a page's words, a table's rows, the answer to a query."""

import csv
import html
import io
import re
from urllib.parse import quote

from flask.testing import FlaskClient

from tests.services import Reply, Service

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def text_of(client: FlaskClient, address: str) -> str:
    """What a reader sees, in one line and with plain spaces."""
    response = client.get(address, headers=BROWSER)
    assert response.status_code == 200, address
    shown = re.sub(r"<[^>]+>", " ", response.text.split("<main", 1)[1])
    return " ".join(html.unescape(shown).split())


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a table that is asked for as CSV."""
    response = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.text)))


def ask(service: Service, query: str, more: str = "") -> Reply:
    """The answer of a running service to a query."""
    return service.get(f"/sparql?query={quote(query)}{more}")
