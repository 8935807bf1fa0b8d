"""One generation of the service: a process that serves one release, with its fork server and its workers.

The order matters: the fork server is started while the process has one thread, after the store is opened. While that is
loaded, which needs no Python, the application is imported.
"""

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum, auto
from importlib import import_module
from pathlib import Path

from flask import Flask

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.evaluation.fork_server import start_fork_server
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.workers import PoolLimits
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_for_disk, make_store
from hytegraph.graph.summaries.open_tables import open_summaries
from hytegraph.server.context import EXTENSION, Context, folder_of_stores, open_dataset
from hytegraph.server.settings import Settings

READY = b"ready"
STOP, TAKEN_OVER = signal.SIGTERM, signal.SIGUSR1
# What a request may need beside its query.
GRACE_SECONDS = 2.0
TAKE_OVER_SECONDS = 60.0
# A third of the share of one who answers: however busy the service is, the new data come.
LOADING_NICENESS = 5
# After so many new objects the youngest are looked through, after so many times that the older, and then all.
_COLLECTED_AFTER = (10_000, 20, 100)
_log = logging.getLogger(__name__)


class Role(Enum):
    """What a generation is to others.

    One that is passing serves only until another has loaded the data, and reads nothing ahead. A successor leaves the
    cores to the one that still serves while it loads.
    """

    ALONE = auto()
    PASSING = auto()
    SUCCESSOR = auto()


def run_generation(settings: Settings, listening: socket.socket, ready: int, role: Role) -> None:
    """Serve until told to end; writes READY, or why it cannot serve, to the descriptor `ready`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        dataset, pool = _open(settings, role)
        from hytegraph.server.http.wsgi_server import QUIET_SECONDS, Front
        from hytegraph.server.process.warming import start_warming
        from hytegraph.server.sparql.direct import Direct

        search = IndexSource.of(
            dataset, None if settings.store else Path(settings.release), folder_of_stores(settings)
        )
        app = _application(settings, dataset, pool, search)
        front = Front(app, Direct(app).begin, listening, settings)
    except (HytegraphError, OSError) as error:
        os.write(ready, str(error).encode())
        return
    spare_readers_the_collector()
    signal.signal(STOP, lambda *_: front.finish(settings.timeout + GRACE_SECONDS, 0.0))
    signal.signal(TAKEN_OVER, lambda *_: front.finish(TAKE_OVER_SECONDS, QUIET_SECONDS))
    os.write(ready, READY)
    os.close(ready)
    if dataset.is_immutable and role is not Role.PASSING and settings.read_ahead == "on":
        start_warming(app, front.seconds_quiet)
    front.serve()
    search.close()
    context: Context = app.extensions[EXTENSION]
    if context.earlier is not None:
        context.earlier.close()
    if pool is not None:
        pool.close()


def spare_readers_the_collector() -> None:
    """Keep the search for garbage out of readers' requests.

    What was read at the start stays as long as the process does: to look through it again and again took 75 to 140 ms
    of one request in some thirty.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


def _application(settings: Settings, dataset: Dataset, pool: Pool | None, search: IndexSource) -> Flask:
    """The application, which has read what every page needs."""
    from hytegraph.server.app import create_app
    from hytegraph.server.pages.shared.files import kept_templates
    from hytegraph.server.process.warming import NEEDED, warm

    summaries = open_summaries(dataset, settings.base, folder_of_stores(settings))
    app = create_app(settings, dataset, pool, search, summaries)
    app.jinja_env.bytecode_cache = kept_templates(folder_of_stores(settings))
    if dataset.is_immutable:
        warm(app, NEEDED, ("fi",))
    return app


def worker_count(settings: Settings) -> int:
    """How many queries are evaluated at the same time."""
    return settings.workers or max(4, (os.cpu_count() or 1) + 2)


def step_back() -> None:
    """Let others come first on the cores: for the thread that calls it, and for those that it starts."""
    thread = threading.get_native_id()
    with suppress(OSError):
        # Where a thread has no priority of its own, as on macOS, there is no such number of a process.
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + LOADING_NICENESS)


def _open(settings: Settings, role: Role) -> tuple[Dataset, Pool | None]:
    """The dataset and the workers for it; another store evaluates queries itself."""
    if settings.store:
        return open_dataset(settings), None
    if not is_for_disk(settings.release, settings.storage):
        with ThreadPoolExecutor(1, initializer=step_back if role is Role.SUCCESSOR else None) as opening:
            opened = opening.submit(open_dataset, settings)
            import_module("hytegraph.server.app")
            import_module("hytegraph.server.http.wsgi_server")
            dataset = opened.result()
        return dataset, _start_pool(settings, lambda: dataset, on_disk=False)
    store = make_store(settings.release, folder_of_stores(settings))
    pool = _start_pool(settings, store.open, on_disk=True)
    return store.open(), pool


def _start_pool(settings: Settings, opened: Callable[[], Dataset], *, on_disk: bool) -> Pool:
    def with_services() -> Dataset:
        dataset = opened()
        dataset.services = settings.services
        return dataset

    # A worker that may call an endpoint needs sockets; the guard alone decides which.
    may_open = on_disk or bool(settings.services)
    control = start_fork_server(with_services, settings.memory_limit, may_open_files=may_open)
    limits = PoolLimits(worker_count(settings), settings.queue, settings.timeout, settings.memory_limit)
    pool = Pool(control, limits)
    pool.workers.on_broken = _ask_for_successor
    return pool


def _ask_for_successor() -> None:
    """Without a fork server no worker can be replaced: another generation takes over."""
    _log.error("the fork server has died; asking for a new generation")
    os.kill(os.getppid(), signal.SIGHUP)
