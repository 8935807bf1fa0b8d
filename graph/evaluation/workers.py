"""The front's hold of a worker process: asking the keeper for it, making it give way, killing it."""

import contextlib
import os
import signal
import socket
from dataclasses import dataclass

from hytegraph.graph.evaluation import channels
from hytegraph.graph.evaluation.fork_server import REPLY, REQUEST

NICENESS = 15


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and the channel to it; `is_spent` when it must not get another query, `used` when it last had one."""

    pid: int
    channel: socket.socket
    is_spent: bool = False
    used: float = 0.0


def fork_worker(control: socket.socket, old: int) -> tuple[Worker, int]:
    """A new worker, and the exit status of the old one (process id, 0 for none), which the keeper kills.

    Only one thread at a time may talk to the keeper. Raises OSError when it has died.
    """
    control.sendall(REQUEST.pack(old))
    reply, descriptors, _, _ = socket.recv_fds(control, REPLY.size, 1)
    if len(reply) != REPLY.size or not descriptors:
        raise ConnectionResetError("the keeper of the workers has died")
    pid, status = REPLY.unpack(reply)
    channel = socket.socket(fileno=descriptors[0])
    channels.prepare(channel)
    return Worker(pid, channel), status


def kill(worker: Worker) -> None:
    """End the worker at once."""
    worker.is_spent = True
    # The keeper has not waited for it yet, so the process id is still the worker's.
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)


def make_nice(worker: Worker) -> None:
    """Let the worker give way to the others; only a privileged process could take that back, so it is spent."""
    worker.is_spent = True
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpriority(os.PRIO_PROCESS, worker.pid, NICENESS)
