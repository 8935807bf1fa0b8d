"""Data that take long to load: kept on disk too, from where the next start answers until they are in memory."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import pytest

from hytegraph.graph.store.disk import SLOW_TO_LOAD

# The classes are those of conftest.py, which tests cannot import.
StartService: TypeAlias = Any

LENGTHS = "SELECT ?s (STRLEN(?o) AS ?n) { ?s <http://example.org/text> ?o } ORDER BY ?s"


def write_data(file: Path) -> Path:
    """Few quads of long texts: data that count as large and are loaded soon."""
    texts = SLOW_TO_LOAD // 2**20 + 1
    with file.open("w", encoding="utf-8") as stream:
        for number in range(texts):
            text = f"{number:04}" * 2**18
            stream.write(
                f'<http://example.org/{number:03}> <http://example.org/text> "{text}" <http://example.org/g> .\n'
            )
    return file


def wait_until(what: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.05)


@pytest.mark.slow
def test_the_second_start_answers_from_disk_until_the_data_are_in_memory(
    tmp_path: Path, start_service: StartService
) -> None:
    data, folder = write_data(tmp_path / "data.nq"), tmp_path / "stores"
    address = f"/sparql?query={quote(LENGTHS)}"
    first = start_service(data, storage_folder=folder)
    expected = first.get(address, headers={"Accept": "text/csv"}).body
    # Its maker is nice: on a busy machine it gets little.
    wait_until(lambda: bool(list(folder.glob("*/facts.json"))), 240)

    second = start_service(data, storage_folder=folder, cache_bytes=0)
    answers, stop = set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            reply = second.get(address, headers={"Accept": "text/csv"})
            answers.add((reply.status, reply.body))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        wait_until(lambda: "in memory now" in second.log.read_text("utf-8"))
        time.sleep(0.2)
    finally:
        stop.set()
        reader.join(20)
    assert answers == {(200, expected)}
    assert expected.count(b"1048576") == SLOW_TO_LOAD // 2**20 + 1


@pytest.mark.slow
def test_what_shall_be_in_memory_is_not_kept_on_disk(tmp_path: Path, start_service: StartService) -> None:
    data, folder = write_data(tmp_path / "data.nq"), tmp_path / "stores"
    service = start_service(data, storage_folder=folder, storage="memory")
    front = service.front()
    time.sleep(2.0)
    assert service.front() == front
    assert not list(folder.glob("*/facts.json"))
