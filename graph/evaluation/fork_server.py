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
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import Triple

from hytegraph.graph.evaluation import ipc
from hytegraph.graph.evaluation.question import evaluate
from hytegraph.graph.formats import GRAPH_FORMATS
from hytegraph.graph.sparql.guard import check_query
from hytegraph.graph.sparql.parser import warm_up
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import RDF
from hytegraph.graph.writing.serialise import serialise_triples

REQUEST, REPLY = struct.Struct("!i"), struct.Struct("!ii")
_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MEGABYTE = 2**20


def start_fork_server(
    open_dataset: Callable[[], Dataset], memory: int, *, may_open_files: bool = False
) -> socket.socket:
    """Start the fork server and give the control channel to it; `memory` in megabytes is what a query may take.

    `open_dataset` is called in each worker: it gives the shared dataset, or opens one on disk. To be called while the
    process has one thread.
    """
    front, inner = socket.socketpair()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        inner.close()
        return front
    try:
        serve_workers(inner, open_dataset, memory, may_open_files=may_open_files)
    finally:
        os._exit(0)


def serve_workers(
    control: socket.socket, open_dataset: Callable[[], Dataset], memory: int, *, may_open_files: bool = False
) -> None:
    """Be the fork server of a control channel until its other end is closed; for a process with one thread."""
    _begin(control)
    _serve(control, lambda channel: _work(channel, open_dataset(), memory, may_open_files=may_open_files))


def _begin(control: socket.socket) -> None:
    signal.set_wakeup_fd(-1)
    for number in (*_IGNORED, signal.SIGCHLD, signal.SIGUSR1):
        signal.signal(number, signal.SIG_IGN if number in _IGNORED else signal.SIG_DFL)
    # The listening socket and whatever else the front has open are not the fork server's.
    kept = control.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    warm_up()
    # Each writer reads now what it needs of files: a worker may open none.
    for syntax in GRAPH_FORMATS:
        serialise_triples((Triple(RDF.type, RDF.type, RDF.Property),), syntax)
    gc.collect()
    gc.freeze()


def _serve(control: socket.socket, work: Callable[[socket.socket], None]) -> None:
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
    most = _usage(0, 0.0)["peak"] + memory * MEGABYTE // 4
    while message := ipc.receive(channel):
        began = time.process_time()
        try:
            question = ipc.question_of(message)
            answer = evaluate(dataset, question)
            reply = ipc.answer_message(question, answer, _usage(most, began))
        except Exception as error:  # noqa: BLE001 # whatever happens in a query is told as its failure
            reply = ipc.error_message(error, _usage(most, began))
        ipc.send(channel, reply)


def _usage(most: int, began: float) -> dict[str, Any]:
    """What the process has used: its peak of memory, the pages that it has touched, both in bytes, and seconds of CPU.

    It is tired when its peak is above `most`: the shared store does not count, as touching it changes no peak.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    touched = usage.ru_minflt * resource.getpagesize()
    return {
        "peak": peak,
        "tired": peak > most,
        "touched": touched,
        "cpu": round(time.process_time() - began, 4),
    }


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
