"""Nothing leaves: no query makes a worker open a file or a connection, as the system itself tells."""

import json
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import pytest

# The classes are those of conftest.py, which tests cannot import.
Service: TypeAlias = Any
StartService: TypeAlias = Any
TRACED = "trace=open,openat,openat2,creat,socket,connect,execve,unlink,unlinkat,mkdir,rename"


@pytest.fixture(scope="module")
def service(crowd: Path, start_service: StartService) -> Service:
    return start_service(crowd, workers=2, cache_bytes=0, access_log="off")


class Listener:
    """Counts who comes to a port of its own."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.visitors = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self.server.accept()
            except OSError:
                return
            self.visitors += 1
            visitor.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.server.close()


def escapes(port: int, secret: Path) -> dict[str, str]:
    """Ways to make an engine ask elsewhere or read a file."""
    there, file = f"http://127.0.0.1:{port}/sparql", secret.as_uri()
    return {
        "service": f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        "service, silent": f"SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
        "service, variable": f"SELECT * {{ VALUES ?w {{ <{there}> }} SERVICE ?w {{ ?s ?p ?o }} }}",
        "service in exists": f"ASK {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{there}> {{ ?a ?b ?c }} }} }}",
        "service in a sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE <{there}> {{ ?a ?b ?c }} }} }} }}",
        "service in optional": f"SELECT * {{ ?s ?p ?o OPTIONAL {{ SERVICE <{there}> {{ ?o ?b ?c }} }} }}",
        "service in minus": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }}",
        "service by escapes": f"SELECT * {{ \\u0053ERVICE <{there}> {{ ?s ?p ?o }} }}",
        "service in lower case": f"select * {{ service <{there}> {{ ?s ?p ?o }} }}",
        "service after a comment": f"SELECT * {{ # '\n SERVICE <{there}> {{ ?s ?p ?o }} # '\n }}",
        "service by a prefix": f"PREFIX x: <{there}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "from": f"SELECT * FROM <{there}> {{ ?s ?p ?o }}",
        "from a file": f"SELECT * FROM <{file}> {{ ?s ?p ?o }}",
        "from named": f"SELECT * FROM NAMED <{there}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "from by the base": f"BASE <{there}> SELECT * FROM <data> {{ ?s ?p ?o }}",
        "graph": f"SELECT * {{ GRAPH <{file}> {{ ?s ?p ?o }} }}",
        "describe": f"DESCRIBE <{there}> <{file}>",
        "load": f"LOAD <{there}>",
        "load a file": f"LOAD <{file}> INTO GRAPH <a:g>",
        "clear": "CLEAR ALL",
    }


HARMLESS = (
    "SELECT * { ?s ?p ?o } LIMIT 50",
    "ASK { ?s ?p 'x'@fi }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 100",
    "DESCRIBE <http://example.org/1>",
    "SELECT (COUNT(*) AS ?n) (SAMPLE(?o) AS ?x) (GROUP_CONCAT(?p) AS ?y) { ?s ?p ?o }",
    "SELECT (NOW() AS ?n) (UUID() AS ?u) (STRUUID() AS ?v) (RAND() AS ?r) (SHA512('a') AS ?h) (MD5('a') AS ?m) {}",
    "SELECT ?s { ?s <http://example.org/knows>{1,2} ?o }",
    "SELECT ?o { <http://example.org/1> <http://example.org/knows>+ ?o } ORDER BY DESC(?o) LIMIT 10",
    "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), 'thing 1+', 'i')) } LIMIT 10",
    "SELECT (STRDT('2026-01-01', <http://www.w3.org/2001/XMLSchema#date>) AS ?d) (TZ(NOW()) AS ?t) {}",
    "SELECT nonsense",
    "SELECT * FROM <http://example.org/graph/a> { ?s ?p ?o } LIMIT 1",
)


def ask(service: Service, query: str, more: str = "") -> Any:
    return service.get(f"/sparql?query={quote(query)}{more}")


def ask_all(service: Service, port: int, secret: Path) -> None:
    for query in escapes(port, secret).values():
        reply = ask(service, query)
        assert b"very secret" not in reply.body
        assert reply.status in (200, 400, 403), reply
    for query in HARMLESS:
        for media_type in ("json", "xml", "csv", "tsv", "ttl", "jsonld", "rdf", "trig"):
            assert ask(service, query, f"&format={media_type}").status in (200, 400, 406)
    update = f"LOAD <http://127.0.0.1:{port}/x>"
    connection = service.connect()
    connection.request("POST", "/sparql", update, {"Content-Type": "application/sparql-update"})
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["status"]) == (403, 403)
    connection.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.ttl"
    file.write_text('<a:a> <a:b> "very secret" .\n', "utf-8")
    return file


def test_nobody_is_visited(service: Service, listener: Listener, secret: Path) -> None:
    ask_all(service, listener.port, secret)
    time.sleep(0.3)

    assert listener.visitors == 0
    with socket.create_connection(("127.0.0.1", listener.port)):
        deadline = time.monotonic() + 10
        while not listener.visitors and time.monotonic() < deadline:
            time.sleep(0.05)
    assert listener.visitors == 1


@pytest.mark.parametrize("name", list(escapes(1, Path("/x"))))
def test_each_way_out_is_refused_or_finds_nothing(
    service: Service, listener: Listener, secret: Path, name: str
) -> None:
    reply = ask(service, escapes(listener.port, secret)[name])

    if name in ("graph", "describe") or name.startswith("from"):
        # A graph that is not in the data is empty: it is looked up, never fetched.
        assert reply.status == 200
        assert b"very secret" not in reply.body
        assert not name.startswith("from") or json.loads(reply.body)["results"]["bindings"] == []
    else:
        # A path of repetitions is refused as malformed, all the rest with its reason.
        assert (reply.status, json.loads(reply.body)["status"]) == (403, 403)
    assert listener.visitors == 0


def test_the_system_sees_no_file_opened_and_no_connection_made(
    service: Service, listener: Listener, secret: Path, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed (Debian: strace)")
    log = tmp_path / "trace"
    pids = [argument for pid in (*service.workers(), service.front()) for argument in ("-p", str(pid))]
    # The files and connections that were made before do not count, so everything is used once.
    ask_all(service, listener.port, secret)
    command = [strace, "-f", "-qq", "-e", TRACED, "-o", str(log), *pids]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        time.sleep(1.5)
        if tracer.poll() is not None:
            assert tracer.stderr
            pytest.skip(f"strace may not look here: {tracer.stderr.read()[:200]}")
        traced = set(service.workers())
        ask_all(service, listener.port, secret)
        assert set(service.workers()) == traced
        tracer.send_signal(signal.SIGINT)
        tracer.wait(timeout=30)

    lines = log.read_text("utf-8", "replace").splitlines()
    # glibc counts the processors when a thread of the front first takes memory.
    calls = [
        line for line in lines if re.search(r"\w\(", line) and "/sys/devices/system/cpu/online" not in line
    ]
    assert not calls, calls[:10]
    assert listener.visitors == 0


def test_the_system_refuses_a_worker_any_new_file_or_connection(service: Service) -> None:
    for pid in service.workers():
        limits = Path(f"/proc/{pid}/limits").read_text("utf-8")
        assert re.search(r"Max open files\s+0\s+0\s", limits)
        assert re.search(r"Max core file size\s+0\s+0\s", limits)
        kinds = sorted(str(each.readlink()).partition(":")[0] for each in Path(f"/proc/{pid}/fd").iterdir())
        assert kinds == ["/dev/null"] * 3 + ["socket"]


def test_a_worker_has_no_way_to_the_listening_socket(service: Service) -> None:
    held = Path(f"/proc/{service.front()}/fd")
    listening = {str(each.readlink()) for each in held.iterdir() if "socket" in str(each.readlink())}
    for pid in (*service.workers(), service.fork_server()):
        own = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()}
        assert not own & listening


@pytest.mark.parametrize("more", ["", "&format=csv", "&format=ttl"])
def test_a_malformed_query_is_told_with_its_place_whatever_format_was_wanted(
    service: Service, more: str
) -> None:
    reply = ask(service, "SELECT * WHERE {\n ?s ?p }", more)

    problem = json.loads(reply.body)
    assert (reply.status, problem["line"], problem["column"]) == (400, 2, 9)


def test_an_update_sent_as_a_query_is_refused_by_the_worker(service: Service) -> None:
    assert ask(service, "PREFIX a: <a:> DELETE WHERE { ?s a:b ?o }").status == 403


def test_what_is_newer_than_sparql_1_1_is_answered(service: Service) -> None:
    query = "SELECT ?o { VALUES ?s { <http://example.org/1> } LATERAL { SELECT ?o { ?s ?p ?o } LIMIT 1 } }"

    reply = ask(service, query, "&format=json")

    assert reply.status == 200
    assert len(json.loads(reply.body)["results"]["bindings"]) == 1
