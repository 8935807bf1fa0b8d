"""The rules for web servers hold in real ones: identifiers lead to data or pages, retired ones to successors."""

import pytest

from hytegraph.graph.releases.row import row_of
from hytegraph.loaders.identity.retired import read_replaced
from hytegraph.server.publishing.redirects import Rules, htaccess, nginx_http, nginx_server
from tests.publishing import Row
from tests.server.publishing.conftest import WebServer

BASE = "https://data.mallila.example/hyte/"
MEASURE = "/hyte/id/mallila/goal/2027/lahiluonnon-arvostus-luontosuhde"


@pytest.fixture(params=["nginx", "apache"])
def web_server(request: pytest.FixtureRequest) -> WebServer:
    """Each of the web servers that the folder has rules for."""
    server: WebServer = request.getfixturevalue(request.param)
    return server


@pytest.mark.parametrize(
    "accept, suffix",
    [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("*/*", "ttl"),
        ("text/html,*/*;q=0.8", "ttl"),
    ],
)
def test_an_identifier_leads_to_the_data_of_its_town(
    web_server: WebServer, row: Row, accept: str, suffix: str
) -> None:
    status, target, headers, _ = web_server.get(MEASURE, Accept=accept)
    name = row_of(row.release)[0].name

    assert (status, target) == (303, f"{BASE}dumps/{name}/mallila.{suffix}")
    assert headers["Vary"] == "Accept"
    assert web_server.get(target.removeprefix("https://data.mallila.example"))[0] == 200


def test_what_is_no_towns_leads_to_the_whole(web_server: WebServer, row: Row) -> None:
    assert (
        web_server.get("/hyte/id/period/2027")[1]
        == f"{BASE}dumps/{row_of(row.release)[0].name}/hytegraph.trig"
    )


def test_a_retired_identifier_leads_on_or_is_gone(web_server: WebServer, row: Row) -> None:
    retired = read_replaced(row.documents)
    old, new = next((old, new) for old, new in retired.items() if new)
    gone = next(old for old, new in retired.items() if not new)

    assert web_server.get(f"/hyte/id/mallila/{old}")[:2] == (301, f"{BASE}id/mallila/{new}")
    assert web_server.get(f"/hyte/id/mallila/{gone}")[0] == 410


@pytest.mark.parametrize(
    "path, kind",
    [
        ("catalog.ttl", "text/turtle; charset=utf-8"),
        ("catalog.jsonld", "application/ld+json"),
        ("releases.atom", "application/atom+xml"),
        ("query/goals.csv", "text/csv; charset=utf-8"),
    ],
)
def test_files_have_their_kind_and_are_sent_compressed(
    nginx: WebServer, row: Row, path: str, kind: str
) -> None:
    status, _, headers, body = nginx.get(f"/hyte/{path}")
    packed = nginx.get(f"/hyte/{path}", Accept_Encoding="gzip")

    assert (status, headers["Content-Type"], headers["Access-Control-Allow-Origin"]) == (200, kind, "*")
    assert body == (row.out / path).read_bytes()
    if (row.out / f"{path}.gz").exists():
        assert packed[3] == (row.out / f"{path}.gz").read_bytes()
        assert packed[2]["Content-Encoding"] == "gzip"


def test_a_folder_with_pages_leads_browsers_to_them() -> None:
    rules = Rules(
        BASE,
        "https://mallila.example/",
        "abc",
        ("mallila",),
        {"id/mallila/a.b": "", "id/mallila/c": f"{BASE}id/d"},
        has_pages=True,
    )

    assert '"~*text/html" html;' in "".join(nginx_http(rules))
    assert "return 303 https://mallila.example/page/id/$hytegraph_town$hytegraph_rest;" in "".join(
        nginx_server(rules)
    )
    apache = "".join(htaccess(rules))
    assert 'RewriteRule "^id/mallila/a\\.b$" - [G]' in apache
    assert f'RewriteRule "^id/mallila/c$" "{BASE}id/d" [R=301,NE,L]' in apache
    assert apache.index("text/html") < apache.index("application/ld\\+json")
