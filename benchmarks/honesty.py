"""What a server does with what it cannot or must not do: overlong queries, failures, requests to elsewhere."""

import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.clients import Connection, Measured
from benchmarks.questions import Question
from benchmarks.servers import TIME_LIMIT, Server

WAIT = 12.0
HEAVY = {
    "COUNT": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY": "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
    "GROUP BY": "SELECT ?a (COUNT(?d) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a",
}


@dataclass(frozen=True, slots=True)
class Honesty:
    """Seconds over the limit by query (None where no answer came), failures sent as 200, outbound connections."""

    overshoot: tuple[tuple[str, float | None], ...]
    failures_as_200: int
    outbound: int
    p95_beside_heavy: float
    answered_beside_heavy: int
    failed_beside_heavy: int


def judge(server: Server, light: Question, seconds: float) -> Honesty:
    """Ask the server what it should refuse; it is of no use afterwards."""
    outbound = _outbound(server)
    neighbours = _beside_heavy(server, light, seconds)
    overshoot, lies = [], 0
    for name, text in HEAVY.items():
        reply = Connection(server.port, server.path, WAIT).ask(_heavy(server, text))
        overshoot.append((name, max(reply.seconds - TIME_LIMIT, 0.0) if reply.status else None))
        # None of these has an answer that could be had in the time.
        lies += reply.status == 200
    return Honesty(
        tuple(overshoot), lies, outbound, neighbours.p95, len(neighbours.latencies), neighbours.failed
    )


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
