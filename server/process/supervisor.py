"""Runs the service until it is told to stop: listens, starts the process that serves, and a new one for a new release.

The process here holds no data and no threads. On SIGHUP, or when the release changes, it starts the next generation on
the same socket and lets the former one finish when the next is ready; a release that cannot be read changes nothing.
Where a store on disk can answer until the data are in memory, the first generation is one that reads from disk.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.process.generation import (
    GRACE_SECONDS,
    READY,
    STOP,
    TAKEN_OVER,
    Role,
    run_generation,
)
from hytegraph.server.process.storage import answers_from_disk_at_first, keep_for_next_start
from hytegraph.server.settings import Settings

BACKLOG = 1024
CHECK_SECONDS = 1.0
# A generation that dies so soon, so many times in a row, will not do better the next time.
SOON, MAX_SOON = 5.0, 3
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)


class AddressError(HytegraphError):
    """The service cannot listen on the address it was given."""

    def __init__(self, settings: Settings, reason: str) -> None:
        super().__init__(f"cannot listen on {settings.host}:{settings.port}: {reason}; choose another --port")
        self.host = settings.host
        self.port = settings.port


class ServingError(HytegraphError):
    """The service cannot start, or its process dies again and again."""


def serve(settings: Settings) -> None:
    """Serve the release of the settings; raises AddressError when the port is taken, ServingError when it cannot."""
    with _listen(settings) as listening:
        Supervisor(settings, listening).run()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise AddressError(settings, reason) from error
    listening.setblocking(False)
    return listening


class Supervisor:
    """Starts, replaces and ends the processes that serve."""

    def __init__(self, settings: Settings, listening: socket.socket) -> None:
        self._settings = settings
        self._listening = listening
        self._current = 0
        self._former: set[int] = set()
        self._received: set[int] = set()
        self._wakeup, self._sender = socket.socketpair()
        self._served = ""
        self._started = 0.0
        self._deaths = 0
        self._maker: subprocess.Popen[bytes] | None = None
        self._kept = ""

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        with self._watching_signals():
            try:
                is_passing = answers_from_disk_at_first(self._settings)
                self._current = self._start(Role.PASSING if is_passing else Role.ALONE)
                address = f"http://{self._settings.host}:{self._listening.getsockname()[1]}"
                what = self._settings.store or self._settings.release
                print(f"hytegraph serves {what} on {address} (stop with Ctrl+C)", flush=True)
                if is_passing and self._take_over():
                    print("the data are in memory now", file=sys.stderr, flush=True)
                while not self._is_stopping():
                    self._wait(CHECK_SECONDS)
                    self._restart_dead()
                    self._follow_release()
                    self._keep_for_next_start()
            finally:
                self._end()
        print("stopped", file=sys.stderr)

    def _is_stopping(self) -> bool:
        return bool(self._received & {signal.SIGINT, signal.SIGTERM})

    def _start(self, role: Role) -> int:
        """The process id of a new generation that is ready; raises ServingError with its reason."""
        self._served = _fingerprint(self._settings)
        told, ready = os.pipe()
        sys.stdout.flush()
        pid = os.fork()
        if not pid:
            self._become_generation(ready, told, role)
        os.close(ready)
        self._started = time.monotonic()
        with os.fdopen(told, "rb", buffering=0) as stream:
            while not self._is_stopping():
                if stream.fileno() in select.select([stream.fileno(), self._wakeup.fileno()], [], [])[0]:
                    said = stream.read()
                    if said == READY:
                        return pid
                    raise ServingError(said.decode() or "the process that serves has died at its start")
                self._drain_wakeup()
        self._former.add(pid)
        return 0

    def _become_generation(self, ready: int, told: int, role: Role) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            os.close(told)
            self._wakeup.close()
            self._sender.close()
            settings = replace(self._settings, storage="disk") if role is Role.PASSING else self._settings
            run_generation(settings, self._listening, ready, role)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _follow_release(self) -> None:
        """Let a new generation take over when somebody asks for it or the release is another one."""
        asked = signal.SIGHUP in self._received
        if self._is_stopping() or not (asked or _fingerprint(self._settings) != self._served):
            return
        self._received.discard(signal.SIGHUP)
        if self._take_over():
            what = self._settings.store or self._settings.release
            print(f"now serving {what} anew", file=sys.stderr, flush=True)

    def _take_over(self) -> bool:
        """Let a new generation take over, if it can serve; whether it does."""
        try:
            successor = self._start(Role.SUCCESSOR if self._current else Role.ALONE)
        except ServingError as error:
            print(f"the service stays as it was: {error}", file=sys.stderr, flush=True)
            return False
        if not successor:
            return False
        if self._current:
            _signal(self._current, TAKEN_OVER)
            self._former.add(self._current)
        self._current = successor
        return True

    def _keep_for_next_start(self) -> None:
        """Once for each release, see that there is a store on disk, if one makes the next start quicker."""
        if self._maker is not None:
            if self._maker.poll() is None:
                return
            with self._maker as maker:
                reason = maker.stderr.read().decode(errors="replace").strip() if maker.stderr else ""
            if maker.returncode:
                print(f"the next start will not be quicker: {reason}", file=sys.stderr, flush=True)
            self._maker = None
        if self._kept != self._served:
            self._kept = self._served
            self._maker = keep_for_next_start(self._settings)

    def _restart_dead(self) -> None:
        for pid in (*self._former, self._current):
            if not pid or not _has_ended(pid):
                continue
            self._former.discard(pid)
            if pid == self._current:
                self._current = 0
        if self._current or self._is_stopping():
            return
        self._deaths = self._deaths + 1 if time.monotonic() - self._started < SOON else 0
        if self._deaths > MAX_SOON:
            raise ServingError("the process that serves dies again and again")
        print("the process that serves has died; starting another", file=sys.stderr, flush=True)
        self._current = self._start(Role.ALONE)

    def _end(self) -> None:
        """End all generations, at first in a friendly way, and what is made for the next start."""
        if self._maker is not None:
            with self._maker as maker:
                maker.kill()
        left = {pid for pid in (*self._former, self._current) if pid}
        for pid in left:
            _signal(pid, STOP)
        deadline = time.monotonic() + self._settings.timeout + 2 * GRACE_SECONDS
        while left and time.monotonic() < deadline:
            left = {pid for pid in left if not _has_ended(pid)}
            self._wait(0.1 if left else 0.0)
        for pid in left:
            _signal(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _wait(self, seconds: float) -> None:
        if select.select([self._wakeup], [], [], seconds)[0]:
            self._drain_wakeup()

    def _drain_wakeup(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._received.update(self._wakeup.recv(4096))

    @contextlib.contextmanager
    def _watching_signals(self) -> Iterator[None]:
        """Signals arrive as bytes on a socket, so that nothing happens between two of our steps."""
        for end in (self._wakeup, self._sender):
            end.setblocking(False)
        before = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}
        signal.set_wakeup_fd(self._sender.fileno())
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)


def _fingerprint(settings: Settings) -> str:
    """What tells one release from the next, at the cost of two system calls."""
    if settings.store:
        return ""
    path = Path(os.path.realpath(settings.release))
    file = path / "data.nq" if path.is_dir() else path
    try:
        found = file.stat()
    except OSError:
        return ""
    return f"{file} {found.st_ino} {found.st_size} {found.st_mtime_ns}"


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _has_ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
