"""A push goes on where it stood when the store or the push itself was killed without warning."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.client import StoreClient
from hytegraph.graph.store.push import sending
from hytegraph.graph.store.push.pieces import PushSource
from hytegraph.graph.store.push.push import PushError, push
from hytegraph.graph.store.push.state import read_state
from tests.engines import free_port, oxigraph_address, start_oxigraph

pytestmark = pytest.mark.slow


def after(quads: int, act: Callable[[], None]) -> Callable[[str, int, int], None]:
    """A progress that does something once so many quads are written."""
    waiting = [act]

    def progress(what: str, done: int, total: int) -> None:
        if waiting and done >= quads:
            waiting.pop()()

    return progress


def test_a_push_goes_on_after_the_store_was_killed_and_started_again(
    kemi_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FIRST_PAUSE", 0.01)
    port, place = free_port(), ("--location", str(tmp_path / "data"))
    source = PushSource.of(kemi_release, DEFAULT_BASE)
    address = oxigraph_address(port)
    client = StoreClient(address.query, address.update)
    with (
        start_oxigraph(tmp_path, port, *place) as server,
        pytest.raises(PushError, match="cannot be reached"),
    ):
        push(client, source, DEFAULT_BASE, after(20_000, server.kill))

    with start_oxigraph(tmp_path, port, *place) as server:
        pushed = push(client, source, DEFAULT_BASE, after(0, lambda: None))
        server.terminate()

    assert pushed.verified
    assert 9 < pushed.skipped < pushed.pieces


def test_a_store_that_comes_back_while_it_is_asked_again_is_no_break(
    kemi_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ATTEMPTS", 40)
    port, place = free_port(), ("--location", str(tmp_path / "data"))
    source = PushSource.of(kemi_release, DEFAULT_BASE)
    address = oxigraph_address(port)
    servers = [start_oxigraph(tmp_path, port, *place)]

    def restart() -> None:
        servers[0].kill()
        servers[0].wait()
        servers.append(start_oxigraph(tmp_path, port, *place))

    pushed = push(StoreClient(address.query, address.update), source, DEFAULT_BASE, after(20_000, restart))
    servers[1].kill()
    servers[1].wait()

    assert (pushed.verified, pushed.skipped) == (True, 0)


def test_the_command_goes_on_after_it_was_killed(kemi_release: Path, tmp_path: Path) -> None:
    port = free_port()
    address = oxigraph_address(port)
    client = StoreClient(address.query, address.update)
    command = [
        sys.executable,
        "-m",
        "hytegraph.server.cli",
        "push",
        address.query,
        "--release",
        str(kemi_release),
    ]
    with start_oxigraph(tmp_path, port) as server:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                state = read_state(client, DEFAULT_BASE)
                if state and state.pieces > 2:
                    break
                time.sleep(0.01)
            killed.send_signal(signal.SIGKILL)
        state = read_state(client, DEFAULT_BASE)
        again = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        pushed = read_state(client, DEFAULT_BASE)
        server.terminate()

    assert state
    assert not state.release
    assert again.returncode == 0
    assert "verified" in again.stdout
    assert f"of {pushed.pieces if pushed else 0} pieces" in again.stdout
    assert not again.stdout.count(f" in {pushed.pieces if pushed else 0} of ")
    assert pushed
    assert pushed.release == PushSource.of(kemi_release, DEFAULT_BASE).digest
