"""The folder of a published release: only what has changed is written, what is no more goes, and all has a checksum."""

import gzip
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.release import checksum_of
from hytegraph.server.catalogue.about import FileFacts

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHECKSUMS = "SHA256SUMS"
_PIECE = 1 << 20
# A fast server sends these instead of the file itself; formats that are compressed already have none.
_COMPRESSED = (".nq", ".trig", ".ttl", ".jsonld", ".rdf", ".csv", ".nt")
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9


class OutFolder:
    """A folder into which a release is written; the files of the run before that are not written again are removed.

    Whatever else lies in the folder stays. Raises ReleaseError for a folder that holds files and none of ours.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, str] = {}
        self._before = read_checksums(path / CHECKSUMS)
        if self._before is None and path.is_dir() and any(path.iterdir()):
            raise ReleaseError(path, f"files are in it, and no {CHECKSUMS} of ours; name an empty folder")
        if self._before is None:
            # Of a run that is interrupted the next one must know the folder again.
            path.mkdir(parents=True, exist_ok=True)
            (path / CHECKSUMS).touch()

    def write(self, name: str, data: bytes) -> None:
        """Write a file, and its compressed forms where its format has some."""
        self.write_with(name, lambda stream: stream.write(data))

    def write_with(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        """Write a file by what writes to a stream, so that it need not fit into memory whole."""
        with self._replaced(name) as stream:
            write(stream)
        if Path(name).suffix in _COMPRESSED:
            self._compress(name)

    def copy(self, name: str, source: Path) -> None:
        """Write a copy of a file."""
        with source.open("rb") as stream:
            self.write_with(name, lambda out: copyfileobj(stream, out, _PIECE))

    def facts(self) -> Mapping[str, FileFacts]:
        """Sizes and checksums of the files that have been written so far."""
        return {
            name: FileFacts((self.path / name).stat().st_size, sha256) for name, sha256 in self.files.items()
        }

    def finish(self) -> None:
        """Write the checksums, and remove what the run before has written and this one has not."""
        for name in set(self._before or ()) - set(self.files):
            with suppress(FileNotFoundError):
                (self.path / name).unlink()
            with suppress(OSError):
                os.removedirs((self.path / name).parent)
        write_checksums(self.path / CHECKSUMS, self.files)

    def _compress(self, name: str) -> None:
        # Neither a name nor a time stands in them, so the same data are the same bytes.
        with (
            self._replaced(f"{name}.gz") as stream,
            gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0) as gzipped,
        ):
            self._pour(name, gzipped.write)
        with (
            self._replaced(f"{name}.zst") as stream,
            zstd.ZstdFile(stream, "w", level=_ZSTD_LEVEL) as zstandard,
        ):
            self._pour(name, zstandard.write)

    def _pour(self, name: str, write: Callable[[bytes], object]) -> None:
        with (self.path / name).open("rb") as source:
            while piece := source.read(_PIECE):
                write(piece)

    @contextmanager
    def _replaced(self, name: str) -> Iterator[BinaryIO]:
        """A stream to the new content of a file, which takes the place of the old one where it differs."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        try:
            with part.open("wb") as stream:
                yield stream
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        self.files[name] = checksum_of(part)
        if checksum_of(file) == self.files[name]:
            part.unlink()
        else:
            part.replace(file)


def read_checksums(file: Path) -> dict[str, str] | None:
    """What a list of `sha256sum` says of files; None where there is no list. No name leads out of its folder."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        return None
    listed = (line.partition("  ") for line in lines)
    return {name: checksum for checksum, _, name in listed if _is_within(name)}


def write_checksums(file: Path, files: Mapping[str, str]) -> None:
    """Write the list of the checksums of files, as `sha256sum --check` reads it."""
    lines = (f"{checksum}  {name}\n" for name, checksum in sorted(files.items()))
    file.write_text("".join(lines), "utf-8")


def _is_within(name: str) -> bool:
    return bool(name) and ".." not in name.split("/") and not name.startswith("/")
