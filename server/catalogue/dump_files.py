"""Dumps of large releases, which are sent from files and never held in memory.

N-Quads are a file of the release. Another format is written when it is asked for the first time, by a nice process of
its own, and lies in the storage folder from then on.
"""

import os
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from subprocess import Popen
from threading import Lock

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import GraphFormat
from hytegraph.graph.store.checksums import remembered_checksum
from hytegraph.graph.store.data_file import data_file
from hytegraph.graph.store.helper_process import start_helper

_MAKER = "hytegraph.graph.store.dumps.writing"
_CHECKSUM = "checksum.json"
# The dumps of so many releases stay, those that were asked for last.
_KEPT = 3


class DumpFiles:
    """The files of dumps in a folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._making: dict[Path, Popen[bytes]] = {}

    def n_quads(self, release: Path, checksum: str) -> Path | None:
        """The N-Quads of a release, which are read once to be sure of them; None where they have another checksum."""
        file = data_file(release)
        return file if remembered_checksum(file, self._place(checksum) / _CHECKSUM) == checksum else None

    def written(self, release: Path, checksum: str, syntax: GraphFormat) -> Path | None:
        """The dump of a release in another format; None while one is being written.

        Raises ReleaseError where it cannot be written, such as where the data are not those of the release; who asks
        again has it tried again.
        """
        place = self._place(checksum)
        file = place / f"hytegraph.{syntax.extension}"
        with self._lock:
            self._refuse_failed(release, file)
            if file.is_file():
                with suppress(OSError):
                    os.utime(place)
                return file
            # One at a time: each reads all data twice.
            if not any(making.poll() is None for making in self._making.values()):
                self._prune(place)
                self._making[file] = start_helper(_MAKER, release, syntax.extension, file, is_nice=True)
            return None

    def _place(self, checksum: str) -> Path:
        return self._folder / f"dumps-{checksum[:16]}"

    def _refuse_failed(self, release: Path, file: Path) -> None:
        """Forget a process that has ended, and say what it said where it has failed."""
        making = self._making.get(file)
        if making is None or making.poll() is None:
            return
        del self._making[file]
        _, said = making.communicate()
        if making.returncode:
            raise ReleaseError(
                release, f"the dump cannot be written: {said.decode(errors='replace').strip()}"
            )

    def _prune(self, place: Path) -> None:
        with suppress(OSError):
            others = [each for each in self._folder.glob("dumps-*") if each != place]
            for old in sorted(others, key=lambda each: -each.stat().st_mtime)[_KEPT - 1 :]:
                shutil.rmtree(old, ignore_errors=True)


@cache
def dump_files(folder: Path) -> DumpFiles:
    """Those in a storage folder."""
    return DumpFiles(folder)
