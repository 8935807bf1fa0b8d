"""What a server does with what it cannot or must not do: overlong queries, failures, requests to elsewhere."""

import socket
import threading
import time
import tomllib
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.clients import Connection, Measured
from benchmarks.questions import Question
from benchmarks.servers import TIME_LIMIT, Server

WAIT = 12.0
PROTOCOL = Path(__file__).parents[1] / "tests" / "data" / "server" / "w3c_protocol.toml"
HEAVY = {
    "COUNT": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY": "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
    "GROUP BY": "SELECT ?a (COUNT(?d) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a",
}


@dataclass(frozen=True, slots=True)
class Honesty:
    """Seconds over the limit by query (None where no answer came), failures sent as 200, outbound connections.

    `protocol` are the names of the W3C's protocol cases that the server fails.
    """

    overshoot: tuple[tuple[str, float | None], ...]
    failures_as_200: int
    outbound: int
    p95_beside_heavy: float
    answered_beside_heavy: int
    failed_beside_heavy: int
    protocol: tuple[str, ...]


def judge(server: Server, light: Question, seconds: float) -> Honesty:
    """Ask the server what it should refuse; it is of no use afterwards."""
    protocol = tuple(case["name"] for case in protocol_cases() if not _passes(server, case))
    outbound = _outbound(server)
    neighbours = _beside_heavy(server, light, seconds)
    overshoot, lies = [], 0
    for name, text in HEAVY.items():
        reply = Connection(server.port, server.path, WAIT).ask(_heavy(server, text))
        overshoot.append((name, max(reply.seconds - TIME_LIMIT, 0.0) if reply.status else None))
        # None of these has an answer that could be had in the time.
        lies += reply.status == 200
    return Honesty(
        tuple(overshoot),
        lies,
        outbound,
        neighbours.p95,
        len(neighbours.latencies),
        neighbours.failed,
        protocol,
    )


def protocol_cases() -> tuple[dict[str, Any], ...]:
    """The W3C's cases that need no graphs of their own and change no data."""
    cases = tomllib.loads(PROTOCOL.read_text("utf-8"))["case"]
    return tuple(
        case for case in cases if case["kind"] != "update" and "graph-uri" not in case.get("address", "")
    )


def _passes(server: Server, case: dict[str, Any]) -> bool:
    body = case.get("body", "").encode(case.get("charset", "utf-8")) if case["method"] != "GET" else None
    headers = {"Content-Type": case["type"]} if "type" in case else {}
    path = server.path + (f"?{case['address']}" if "address" in case else "")
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=WAIT)) as connection:
        try:
            connection.request(case["method"], path, body, headers)
            response = connection.getresponse()
            told = response.read()
        except (OSError, HTTPException):
            return False
    if case["kind"] == "malformed":
        return 400 <= response.status < 500
    is_typed = response.headers.get_content_type() in case.get("types", [response.headers.get_content_type()])
    return response.status == 200 and is_typed and ("boolean" not in case or b"true" in told)


def _heavy(server: Server, text: str) -> str:
    return urlencode({"query": text}) + (f"&{server.limit}" if server.limit else "")


def _outbound(server: Server) -> int:
    """How many connections the server opens to a listener that queries point at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        count, stop = [0], threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    listener.accept()[0].close()
                    count[0] += 1
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        for text in (
            f"SELECT * WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * WHERE {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{there}data.ttl> WHERE {{ ?s ?p ?o }} LIMIT 1",
        ):
            Connection(server.port, server.path, 5.0).ask(urlencode({"query": text}))
        time.sleep(0.3)
        stop.set()
        thread.join()
        return count[0]


def _beside_heavy(server: Server, light: Question, seconds: float) -> Measured:
    """The light mix of one client while two others ask something heavy."""
    ended = threading.Event()

    def disturb() -> None:
        while not ended.is_set():
            reply = Connection(server.port, server.path, seconds).ask(_heavy(server, HEAVY["COUNT"]))
            if reply.status != 200 and reply.seconds < 0.1:
                time.sleep(0.1)

    heavy = [threading.Thread(target=disturb, daemon=True) for _ in range(2)]
    for thread in heavy:
        thread.start()
    time.sleep(0.3)
    found, began, connection = Measured(), time.perf_counter(), Connection(server.port, server.path, seconds)
    for turn in range(100_000):
        left = seconds - (time.perf_counter() - began)
        if left <= 0:
            break
        reply = connection.ask(light.forms[turn % len(light.forms)])
        if reply.status == 200:
            found.latencies.append(reply.seconds)
        else:
            found.failed += 1
    ended.set()
    found.seconds = time.perf_counter() - began
    return found
