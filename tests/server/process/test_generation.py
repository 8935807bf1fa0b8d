"""A service that goes on: a new release under load, the death of each of its processes, and a friendly end."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import pytest

# The classes are those of conftest.py, which tests cannot import.
Service: TypeAlias = Any
StartService: TypeAlias = Any
Reply: TypeAlias = Any


NUMBER = "SELECT ?n { <http://example.org/release> <http://example.org/number> ?n }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"


def write_release(folder: Path, number: int) -> None:
    """Make the link `folder` lead to a new release with that number in it, in one step."""
    release = folder.with_name(f"{folder.name}-{number:012x}")
    release.mkdir(parents=True)
    lines = [
        f'<http://example.org/release> <http://example.org/number> "{number}" <http://example.org/graph/a> .'
    ]
    lines += [
        f"<http://example.org/{n}> <http://example.org/p> <http://example.org/{n + 1}> <http://example.org/graph/a> ."
        for n in range(500)
    ]
    data = ("\n".join(lines) + "\n").encode()
    (release / "data.nq").write_bytes(data)
    manifest = {"base": "http://example.org/", "data": {"sha256": sha256(data).hexdigest()}}
    (release / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    link = folder.with_name(f".{folder.name}.link")
    link.symlink_to(release.name)
    link.replace(folder)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    write_release(folder, 1)
    return folder


def number(service: Service) -> str:
    reply = service.get(f"/sparql?query={quote(NUMBER)}", headers={"Accept": "text/csv"})
    assert reply.status == 200
    return str(reply.body.decode().split()[1])


def wait_until(what: Callable[[], bool], seconds: float = 180.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.05)


@contextmanager
def load(service: Service, clients: int = 4) -> Iterator[list[object]]:
    """Clients that ask again and again, half of them on connections that they keep; gives the answers and failures."""
    stop, seen = threading.Event(), []

    def read(client: int) -> None:
        connection = service.connect()
        count = 0
        # Hundreds of requests a second, and time left for the tests beside this one.
        while not stop.wait(0.01):
            count += 1
            try:
                connection.request(
                    "GET", f"/sparql?query={quote(NUMBER)}&_={client}.{count}", headers={"Accept": "text/csv"}
                )
                response = connection.getresponse()
                body = response.read()
                seen.append(body.decode().split()[1] if response.status == 200 else response.status)
            except OSError as error:
                seen.append(repr(error))
                connection.close()
            if client % 2:
                connection.close()
        connection.close()

    threads = [threading.Thread(target=read, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=20)


def test_a_new_release_is_served_without_a_failed_request(release: Path, start_service: StartService) -> None:
    service = start_service(release, cache_bytes=0)

    with load(service) as seen:
        wait_until(lambda: len(seen) > 50)
        write_release(release, 2)
        wait_until(lambda: "2" in seen[-5:])
        front = service.front()
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: service.front() != front)
        time.sleep(0.3)
        write_release(release, 3)
        wait_until(lambda: "3" in seen[-5:])
        time.sleep(0.3)

    assert set(seen) == {"1", "2", "3"}, set(seen)
    assert number(service) == "3"


def test_a_release_that_cannot_be_read_changes_nothing(release: Path, start_service: StartService) -> None:
    service = start_service(release)
    front = service.front()

    (release / "data.nq").write_text("this is no data\n", "utf-8")

    wait_until(lambda: "stays as it was" in service.log.read_text("utf-8"))
    assert service.front() == front
    assert number(service) == "1"
    write_release(release, 2)
    wait_until(lambda: number(service) == "2")


@pytest.mark.slow
def test_a_query_that_runs_while_the_release_changes_gets_its_answer(
    release: Path, start_service: StartService
) -> None:
    service = start_service(release)
    replies: list[int] = []
    thread = threading.Thread(
        target=lambda: replies.append(service.get(f"/sparql?timeout=2&query={quote(HEAVY)}").status)
    )
    thread.start()
    time.sleep(0.2)

    write_release(release, 2)
    wait_until(lambda: number(service) == "2")
    thread.join(timeout=10)

    assert replies == [503]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["worker", "fork_server", "front"])
def test_the_service_survives_the_death_of_a_process(
    release: Path, start_service: StartService, which: str
) -> None:
    service = start_service(release, workers=2)
    victim = {
        "worker": lambda: service.workers()[0],
        "fork_server": service.fork_server,
        "front": service.front,
    }[which]()
    wait_until(lambda: len(service.workers()) == 2)
    workers = service.workers()

    os.kill(victim, signal.SIGKILL)
    if which == "fork_server":
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
    _ask_until_answered(service)

    # Others may have been counted that only live for a moment, so the workers alone tell that all is as before.
    wait_until(lambda: victim not in service.descendants() and len(service.workers()) == len(workers))
    assert number(service) == "1"


def _ask_until_answered(service: Service) -> None:
    """Answers may be 503 for a moment, but there is never a hang."""

    def answered() -> bool:
        began = time.monotonic()
        try:
            status = service.get(f"/sparql?timeout=1&query={quote(NUMBER)}", timeout=15).status
        except OSError:
            return False
        finally:
            assert time.monotonic() - began < 15
        assert status in (200, 503)
        return bool(status == 200)

    wait_until(answered)


def test_the_end_waits_for_running_queries_and_leaves_no_process(
    release: Path, start_service: StartService
) -> None:
    service = start_service(release)
    idle = service.connect()
    idle.request("GET", "/healthz")
    idle.getresponse().read()
    replies: list[int] = []
    thread = threading.Thread(
        target=lambda: replies.append(service.get(f"/sparql?timeout=2&query={quote(HEAVY)}").status)
    )
    thread.start()
    time.sleep(1)
    processes = service.descendants()

    service.process.send_signal(signal.SIGTERM)

    assert service.process.wait(timeout=30) == 0
    thread.join(timeout=20)
    assert replies == [503]
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes))
    idle.close()


def test_nothing_is_left_when_the_first_process_is_killed(release: Path, start_service: StartService) -> None:
    service = start_service(release)
    processes = service.descendants()

    service.process.kill()

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes))


@pytest.mark.whole
def test_a_release_that_cannot_be_read_at_the_start_is_one_sentence(tmp_path: Path) -> None:
    command = ["-m", "hytegraph.server.cli", "serve", str(tmp_path / "nothing"), "--port", "0"]

    run = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True, timeout=60)

    assert run.returncode == 2
    assert run.stderr.startswith("hytegraph serve: ")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.whole
def test_a_port_that_is_taken_is_one_sentence(release: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "hytegraph.server.cli", "serve", str(release), "--port", port]
        run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert run.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in run.stderr


@pytest.mark.slow
def test_data_on_disk_are_served_and_found_again(
    release: Path, tmp_path: Path, start_service: StartService
) -> None:
    folder = tmp_path / "stores"
    service = start_service(release, storage="disk", storage_folder=folder)
    assert number(service) == "1"
    assert service.get(f"/sparql?timeout=0.3&query={quote(HEAVY)}").status == 503
    assert number(service) == "1"
    [facts] = folder.glob("*/facts.json")
    made = facts.stat().st_mtime_ns

    again = start_service(release, storage="disk", storage_folder=folder)

    assert number(again) == "1"
    assert facts.stat().st_mtime_ns == made
    write_release(release, 2)
    wait_until(lambda: number(again) == "2")
    assert len(list(folder.glob("*/facts.json"))) == 2
