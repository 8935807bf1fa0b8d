"""Parts kept between builds, each in a folder named by the checksum of what it was made from."""

import fcntl
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from hytegraph.graph.errors import BuildError
from hytegraph.graph.locking import alone_in
from hytegraph.loaders.release.part import Part, read_part

_LOCK = ".lock"
_NAME_LENGTH = 32
# Parts that no current release is made of are kept for who goes back and forth, at least so many.
_SPARE = 8


class KeptParts:
    """The folder of kept parts; several builds may use it at one time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """While a build uses parts, none are removed; raises BuildError where the folder cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise BuildError(f"{self.folder}: parts cannot be kept here ({error.strerror})") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield
        finally:
            os.close(lock)

    def find(self, key: str) -> Part | None:
        """The part with a key; None where there is none that is whole."""
        return read_part(self._place(key))

    def make(self, key: str, write: Callable[[Path], None]) -> Part:
        """The part with a key, written now; one that another build has put there in the meantime stays."""
        place = self._place(key)
        staging = self.folder / f".{place.name}-{os.getpid()}"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            write(staging)
            with alone_in(self.folder):
                if self.find(key) is None:
                    self._remove(place)
                    staging.rename(place)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        part = self.find(key)
        if part is None:
            raise BuildError(f"{place}: the part that was just made is not whole")
        return part

    def forget(self, key: str) -> None:
        """Remove a part."""
        with alone_in(self.folder):
            self._remove(self._place(key))

    def prune(self, keys: Collection[str]) -> None:
        """Remove old parts, unless another build is using some; the ones with these keys were used now."""
        used = {self._place(key) for key in keys}
        for place in used:
            os.utime(place)
        lock = os.open(self.folder / _LOCK, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._remove_old(used)
        except BlockingIOError:
            return
        finally:
            os.close(lock)

    def _remove_old(self, used: Collection[Path]) -> None:
        others = [each for each in self.folder.iterdir() if each.is_dir() and each not in used]
        others.sort(key=lambda place: (not place.name.startswith("."), place.stat().st_mtime), reverse=True)
        spare = max(_SPARE, len(used))
        for place in others:
            if place.name.startswith(".") or spare <= 0:
                shutil.rmtree(place, ignore_errors=True)
            spare -= 1

    def _place(self, key: str) -> Path:
        return self.folder / key[:_NAME_LENGTH]

    def _remove(self, place: Path) -> None:
        """Move a part out of its place first: who reads it keeps the files that it has open."""
        if place.exists():
            gone = self.folder / f".{place.name}-{os.getpid()}-gone"
            place.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
