"""Where the data of the service are held, and the store on disk that lets the next start answer at once.

Data that fit in memory are answered from memory, two to ten times faster. What takes long to load is kept on disk too:
at the next start that answers until memory is loaded, with the same answers.
"""

import subprocess
from contextlib import suppress
from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.disk import find_store, is_for_disk, is_slow_to_load, start_making
from hytegraph.server.context import folder_of_stores
from hytegraph.server.settings import Settings


def answers_from_disk_at_first(settings: Settings) -> bool:
    """Whether a store on disk can answer until the data are loaded into memory."""
    # Data that cannot be read are named by the process that serves them.
    with suppress(ReleaseError):
        return (
            _is_kept_twice(settings) and find_store(settings.release, folder_of_stores(settings)) is not None
        )
    return False


def keep_for_next_start(settings: Settings) -> "subprocess.Popen[bytes] | None":
    """A process that makes the store on disk for the next start; None where there is one, or none is wanted."""
    with suppress(ReleaseError):
        if _is_kept_twice(settings) and not find_store(settings.release, folder_of_stores(settings)):
            return start_making(Path(settings.release).resolve(), folder_of_stores(settings), is_nice=True)
    return None


def _is_kept_twice(settings: Settings) -> bool:
    is_auto = settings.storage == "auto" and not settings.store
    return is_auto and is_slow_to_load(settings.release) and not is_for_disk(settings.release, "auto")
