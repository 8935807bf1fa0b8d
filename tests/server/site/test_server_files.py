"""The rules that are written for web servers, in the web servers themselves (Debian's nginx and Apache httpd)."""

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.engines import free_port, wait_for
from tests.server.site.conftest import ROOT, Made
from tests.services import Reply
from tests.web_servers import apache_program, nginx_program, running_apache

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
NGINX = "daemon off;\nuser root;\npid nginx.pid;\nerror_log errors;\nevents {{}}\nhttp {{\naccess_log off;\n{own}\n}}\n"
MODULES = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "filter", "deflate", "autoindex")


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def port(request: pytest.FixtureRequest, made: Made) -> Iterator[int]:
    """A web server for the site, with the rules that lie in it and nothing else of its own."""
    program = apache_program() if request.param == "apache2" else nginx_program()
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(made.out, folder / "web" / "hyte")
        if request.param == "apache2":
            types = folder / "mime.types"
            types.write_text("text/html html\ntext/css css\n", "utf-8")
            with running_apache(program, folder, MODULES, "FileInfo", types) as own:
                yield own
        else:
            yield from _nginx(program, folder, made)


def _nginx(program: str, folder: Path, made: Made) -> Iterator[int]:
    own = free_port()
    text = (made.out / "nginx.conf.example").read_text("utf-8")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{own}").replace(
        "/srv/hytegraph-site", f"{folder}/web/hyte"
    )
    (folder / "conf").write_text(NGINX.format(own=text), "utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "conf"), "-e", str(folder / "errors")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        wait_for(own, server)
        yield own
        server.terminate()


def get(port: int, path: str, accept: str = BROWSER, coding: str = "identity") -> Reply:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", ROOT + path, headers={"Accept": accept, "Accept-Encoding": coding})
    response = connection.getresponse()
    reply = Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    connection.close()
    return reply


def leads_to(reply: Reply) -> str:
    return re.sub(r"^http://127.0.0.1(:\d+)?", "", reply.headers["location"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("sv/gaps/", "text/html"),
        ("gaps.csv", "text/csv"),
        ("ns.ttl", "text/turtle"),
        ("ns.jsonld", "application/ld+json"),
        ("ns.rdf", "application/rdf+xml"),
        ("static/site.js", "text/javascript"),
        ("sitemap.xml", "application/xml"),
        ("gaps.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_files_have_their_media_types_and_the_headers_of_the_service(port: int, path: str, kind: str) -> None:
    reply = get(port, path)

    assert reply.status == 200
    assert reply.headers["content-type"].split(";")[0].replace("text/xml", "application/xml") == kind
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["access-control-allow-origin"] == "*"
    if kind.startswith("text/"):
        assert "charset=utf-8" in reply.headers["content-type"].lower()


def test_only_the_worker_of_the_editor_may_compile_an_engine(port: int, made: Made) -> None:
    workers = [file.relative_to(made.out).as_posix() for file in made.out.glob("editor/worker-*.js")]
    if not workers:
        pytest.skip("the query editor was not built (make editor)")

    assert "'wasm-unsafe-eval'" in get(port, workers[0]).headers["content-security-policy"]
    for path in ("sparql/", "static/site.js"):
        assert "wasm" not in get(port, path).headers["content-security-policy"]


def test_a_folder_without_a_page_is_not_listed(port: int) -> None:
    assert (get(port, "search-data/").status, get(port, "plans/").status) in {(404, 200), (403, 200)}


def test_the_address_of_a_page_leads_to_its_folder(port: int) -> None:
    reply = get(port, "plans")

    assert (reply.status, leads_to(reply)) == (301, f"{ROOT}plans/")


@pytest.mark.parametrize(
    ("accept", "there"),
    [
        (BROWSER, "page/id/mallila/"),
        ("text/turtle", "data/id/mallila.ttl"),
        ("application/ld+json", "data/id/mallila.jsonld"),
        ("*/*", "page/id/mallila/"),
    ],
)
def test_the_iri_of_a_thing_leads_to_what_is_asked_for(port: int, accept: str, there: str) -> None:
    reply = get(port, "id/mallila", accept)

    assert (reply.status, leads_to(reply)) == (303, ROOT + there)
    assert get(port, there).status == 200
    assert leads_to(get(port, "id/mallila.ttl")) == f"{ROOT}data/id/mallila.ttl"


def test_data_without_a_suffix_are_found(port: int) -> None:
    reply = get(port, "catalog", "text/turtle")

    assert (reply.status, leads_to(reply)) == (303, f"{ROOT}catalog.ttl")
    assert get(port, "catalog.ttl").status == 200


def test_what_is_not_there_is_a_404_with_a_page_whose_links_work_anywhere(port: int) -> None:
    reply = get(port, "there/is/no/such/page")

    assert reply.status == 404
    assert f'href="{ROOT}plans/"'.encode() in reply.body


def test_text_is_compressed(port: int) -> None:
    reply = get(port, "gaps/", coding="gzip")

    assert reply.headers["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body) == get(port, "gaps/").body
