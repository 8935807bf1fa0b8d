"""A process of its own that holds one earlier release and forks the workers which evaluate queries to it.

Called as a module: `python -m hytegraph.graph.evaluation.one_release DESCRIPTOR RELEASE MEMORY STORES`. The fork server
of the release that is served has to be forked before the front has threads; this one is started whenever somebody asks
for its release, so it is not forked from the front at all. It ends when the front closes the control channel.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.evaluation.fork_server import serve_workers
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.workers import PoolLimits
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_for_disk, make_store


def start_release(release: Path, limits: PoolLimits, stores: Path) -> Pool:
    """The workers for an earlier release; waits until its data are open, which takes seconds.

    Data that do not fit in memory are opened from a store on disk in the folder of stores. Raises ReleaseError where
    the release cannot be opened.
    """
    front, inner = socket.socketpair()
    order = [sys.executable, "-m", "hytegraph.graph.evaluation.one_release"]
    told = [str(inner.fileno()), str(release), str(limits.memory), str(stores)]
    subprocess.Popen([*order, *told], pass_fds=[inner.fileno()], stdin=subprocess.DEVNULL)
    inner.close()
    try:
        return Pool(front, limits)
    except OSError as error:
        front.close()
        raise ReleaseError(release, "the process that holds this release has died") from error


def main() -> None:
    """Open the release and serve its workers until the control channel is closed."""
    descriptor, release, memory, stores = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if is_for_disk(release, "auto"):
        serve_workers(control, make_store(release, Path(stores)).open, int(memory), may_open_files=True)
    else:
        dataset = Dataset.open(release)
        serve_workers(control, lambda: dataset, int(memory))
    os._exit(0)


if __name__ == "__main__":
    main()
