"""Work on a file of another's making in a process of its own, which may cost only so much and do only so much.

The process is forked: a reader's libraries are imported there, and text, which needs none, never pays for them.
"""

import faulthandler
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, NoReturn

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.sources.limits import CPU_SECONDS, MEGABYTE, MEMORY, WALL_SECONDS
from hytegraph.loaders.sources.progress import Progress, listen, progressed

_ANSWER, _REFUSAL, _PROGRESS = b"A", b"R", b"P"
# What a reader has no use for, by the name of its audit event: the network, programs, processes, changes of files.
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.",
              "ftplib.", "smtplib.", "http.", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
              "os.truncate", "os.chmod", "os.chown", "shutil.", "webbrowser.")  # fmt: skip
_TOO_MUCH_MEMORY = Reason("reading the file needs more than {n} MB of memory", n=MEMORY // MEGABYTE)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def isolated(path: Path, work: Callable[[], bytes], progress: Progress | None = None) -> bytes:
    """What `work` returns, done in a process with limits; `progress` hears how far it is.

    Raises DocumentError when the work refuses the file, breaks on it, or costs more than the limits allow.
    """
    receiver, sender = Pipe(duplex=False)
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        receiver.close()
        _work(sender, work)
    sender.close()
    try:
        return _answer(path, receiver, child, progress)
    finally:
        receiver.close()


def _answer(path: Path, receiver: Connection, child: int, progress: Progress | None) -> bytes:
    ends = time.monotonic() + WALL_SECONDS
    ended = False
    try:
        while receiver.poll(max(0.0, ends - time.monotonic())):
            message = receiver.recv_bytes()
            kind, body = message[:1], message[1:]
            if kind == _ANSWER:
                return body
            if kind == _REFUSAL:
                raise DocumentError(path, Reason.of_data(json.loads(body)))
            if progress:
                progress(*map(int, body.split()))
    except EOFError:
        ended = True
    finally:
        if not ended:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if not ended:
        raise DocumentError(path, Reason("reading the file takes more than {n} s", n=WALL_SECONDS))
    raise DocumentError(path, _death(status))


def _death(status: int) -> Reason:
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by in (signal.SIGXCPU, signal.SIGKILL):
        return Reason("reading the file takes more than {n} s of the processor", n=CPU_SECONDS)
    if not ended_by:
        return _TOO_MUCH_MEMORY
    return Reason(
        "the file is broken: it ends the process that reads it ({signal})",
        signal=signal.Signals(ended_by).name,
    )


def _work(sender: Connection, work: Callable[[], bytes]) -> NoReturn:
    """The whole life of the forked process; it ends without the clean-up that belongs to its parent.

    It ends with 1 where there is not even the memory to say that there is none.
    """
    code = 1
    try:
        faulthandler.disable()
        _bound()
        listen(lambda done, of: sender.send_bytes(_PROGRESS + f"{done} {of}".encode()))
        sender.send_bytes(_result(work))
        code = 0
    finally:
        os._exit(code)


def _result(work: Callable[[], bytes]) -> bytes:
    try:
        return _ANSWER + work()
    except DocumentError as error:
        return _refusal(error.reason)
    except MemoryError:
        return _refusal(_TOO_MUCH_MEMORY)
    except RecursionError:
        return _refusal(Reason("the file is broken: its parts are nested too deep"))
    # The libraries raise whatever a broken file makes them stumble over; here it gets its name.
    except Exception as error:  # noqa: BLE001
        cause = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        done, of = progressed()
        if done:
            reason = Reason(
                "the file is broken behind page or sheet {done} of {of} ({error})",
                done=done,
                of=of,
                error=cause,
            )
            return _refusal(reason)
        return _refusal(Reason("the file is broken ({error})", error=cause))


def _refusal(reason: str) -> bytes:
    """A reason as it goes from one process to the other: its template and values, so that it can be translated."""
    return _REFUSAL + json.dumps(reason.as_data() if isinstance(reason, Reason) else reason).encode()


def _bound() -> None:
    """Give the process its limits, and take from it what a reader does not need."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    if space := _address_space():
        _limit(resource.RLIMIT_AS, space + MEMORY)
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)


def _limit(name: int, most: int) -> None:
    hard = resource.getrlimit(name)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(name, (most, hard))


def _address_space() -> int:
    """Bytes of address space that the process has now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _is_write(*arguments)):
        raise PermissionError(f"a reader may not do this: {event}")


def _is_write(path: object, mode: str | None, flags: int) -> bool:
    return path != os.devnull and bool(flags & _WRITES)
