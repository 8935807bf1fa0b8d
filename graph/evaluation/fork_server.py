"""The process that holds the store and forks the workers which evaluate queries; it has one thread, so forking is safe.

It is forked from the front before the front starts its threads, shares the front's store by copy-on-write, and ends,
with all its workers, when the front's end of the control channel closes. It alone waits for the workers, and only when
the front says so: until then a worker's process id is not given to another process, and may be killed at any time.
"""

import gc
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from hytegraph.graph.evaluation import ipc
from hytegraph.graph.evaluation.question import evaluate
from hytegraph.graph.sparql.guard import check_query
from hytegraph.graph.sparql.parser import warm_up
from hytegraph.graph.store.dataset import Dataset

REQUEST, REPLY = struct.Struct("!i"), struct.Struct("!ii")
_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MEGABYTE = 2**20


def start_keeper(
    open_dataset: Callable[[], Dataset], memory: int, *, may_open_files: bool = False
) -> socket.socket:
    """Fork the keeper and give the control channel to it; `memory` in megabytes is what a query may take.

    `open_dataset` is called in each worker: it gives the shared dataset, or opens one on disk. To be called while the
    process has one thread.
    """
    front, keeper = socket.socketpair()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        keeper.close()
        return front
    try:
        _begin(keeper)
        _keep(keeper, lambda channel: _work(channel, open_dataset(), memory, may_open_files=may_open_files))
    finally:
        os._exit(0)


def _begin(control: socket.socket) -> None:
    signal.set_wakeup_fd(-1)
    for number in (*_IGNORED, signal.SIGCHLD, signal.SIGUSR1):
        signal.signal(number, signal.SIG_IGN if number in _IGNORED else signal.SIG_DFL)
    # The listening socket and whatever else the front has open are not the keeper's.
    kept = control.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    warm_up()
    gc.collect()
    gc.freeze()


def _keep(control: socket.socket, work: Callable[[socket.socket], None]) -> None:
    """Fork a worker for each request, after the end of the worker whose process id it gives (0 for none)."""
    workers: set[int] = set()
    try:
        while request := control.recv(REQUEST.size, socket.MSG_WAITALL):
            [old] = REQUEST.unpack(request)
            status = _reap(old) if old in workers else 0
            workers.discard(old)
            front, mine = socket.socketpair()
            pid = os.fork()
            if not pid:
                control.close()
                front.close()
                _run(work, mine)
            mine.close()
            workers.add(pid)
            socket.send_fds(control, [REPLY.pack(pid, status)], [front.fileno()])
            front.close()
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGKILL)


def _reap(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _run(work: Callable[[socket.socket], None], channel: socket.socket) -> None:
    code = 1
    try:
        work(channel)
        code = 0
    finally:
        os._exit(code)


def _work(channel: socket.socket, dataset: Dataset, memory: int, *, may_open_files: bool) -> None:
    """Answer questions until the front closes the channel."""
    _confine(memory, may_open_files=may_open_files)
    started = _peak()
    while message := ipc.receive(channel):
        try:
            question = ipc.question_of(message)
            answer = evaluate(dataset, question)
            is_tired = _peak() - started > memory * MEGABYTE // 4
            reply = ipc.answer_message(question, answer, is_tired=is_tired)
        except Exception as error:  # noqa: BLE001 # whatever happens in a query is told as its failure
            reply = ipc.error_message(error)
        ipc.send(channel, reply)


def _peak() -> int:
    """The most memory that the process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _confine(memory: int, *, may_open_files: bool) -> None:
    """Take away what a query does not need: more memory, core dumps, standard error, new files and sockets."""
    check_query("ASK {}", is_strict=True)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        # Address space beyond what is there: the shared store is not the query's.
        present = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (present + memory * MEGABYTE,) * 2)
    if not may_open_files:
        # With no number left for a new descriptor the system itself refuses every open() and socket().
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
