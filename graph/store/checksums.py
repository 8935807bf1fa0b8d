"""Checksums of files that are not read again while their size, times and inode are as they were."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from hytegraph.graph.store.release import checksum_of

# A file that was written so shortly before may be written once more within the same tick of the file system's clock.
_SETTLED = 2_000_000_000


class Checksums:
    """The SHA-256 checksums of files by path, kept in a file between runs; damaged or old ones are taken anew.

    The change time is compared too: no program can set it, so a file whose times were set back is read again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._now = time.time_ns()
        self._found: dict[str, list[object]] = {}
        self._kept = self._read()

    def of(self, file: Path) -> str:
        """The checksum of a file; '' where there is none."""
        try:
            state = file.stat()
        except OSError:
            return ""
        name, marks = str(file.absolute()), _marks(state)
        known = self._kept.get(name)
        checksum = str(known[-1]) if known and known[:-1] == marks else checksum_of(file)
        if max(state.st_mtime_ns, state.st_ctime_ns) < self._now - _SETTLED:
            self._found[name] = [*marks, checksum]
        return checksum

    def keep(self, file: Path, checksum: str) -> None:
        """Take over the checksum of a file that the caller has just finished writing."""
        self._found[str(file.absolute())] = [*_marks(file.stat()), checksum]

    def save(self) -> None:
        """Keep the checksums of the files that were asked for."""
        if self._found != self._kept:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_name(f"{self._file.name}-{os.getpid()}")
            part.write_text(json.dumps(self._found), "utf-8")
            part.replace(self._file)

    def _read(self) -> dict[str, list[object]]:
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}


def remembered_checksum(file: Path, record: Path | None) -> str:
    """The checksum of a file, kept in the file `record` if it can be written; '' where there is no such file."""
    if record is None:
        return checksum_of(file)
    checksums = Checksums(record)
    checksum = checksums.of(file)
    with suppress(OSError):
        checksums.save()
    return checksum


def _marks(state: os.stat_result) -> list[object]:
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
