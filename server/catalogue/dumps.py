"""The whole dataset as files, under an address that names the release, with size and checksum."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import GRAPH_FORMATS, N_QUADS, GraphFormat
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import is_slow_to_load
from hytegraph.graph.store.dumps.measured import measured_dumps
from hytegraph.graph.store.release import DATA, read_release
from hytegraph.server.catalogue.about import About

NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump: its syntax, its size in bytes and its SHA-256 checksum, None where they were not measured.

    It holds everything, or only the default graph where its syntax cannot name graphs.
    """

    syntax: GraphFormat
    is_whole: bool
    size: int | None = None
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A release that a build has left beside the one that is served: its name, its N-Quads and their checksum."""

    name: str
    file: Path
    size: int
    checksum: str

    @property
    def address(self) -> str:
        """Where its N-Quads are served."""
        return f"/dumps/{self.name}/hytegraph.{N_QUADS.extension}"

    def read(self) -> bytes | None:
        """The N-Quads; None where they are not those that were released."""
        try:
            data = self.file.read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == self.checksum else None


def earlier_releases(dataset: Dataset) -> tuple[EarlierRelease, ...]:
    """The releases that are kept beside the one that is served, in the order of their names."""
    if dataset.release is None:
        return ()
    current = dataset.release.path
    found = {}
    for folder in current.parent.glob(f"{current.name[: -NAME_LENGTH - 1]}-{'[0-9a-f]' * NAME_LENGTH}"):
        try:
            release = read_release(folder)
            checksum, size = release.checksum, int(release.manifest["data"]["bytes"])
        except (ReleaseError, KeyError, ValueError):
            continue
        if checksum != dataset.release.checksum:
            found[checksum] = EarlierRelease(checksum[:NAME_LENGTH], folder / DATA, size, checksum)
    return tuple(found[checksum] for checksum in sorted(found))


def has_large_data(dataset: Dataset) -> bool:
    """Whether the dumps of a dataset are sent from files: it is of a release with large data."""
    return dataset.release is not None and is_slow_to_load(dataset.release.path)


def release_name(dataset: Dataset) -> str:
    """The name of the data in addresses: the beginning of their checksum."""
    return dataset.origin.checksum[:NAME_LENGTH] if dataset.origin else "current"


def dump_path(dataset: Dataset, syntax: GraphFormat) -> str:
    """The address of a dump, which never has another content."""
    return f"/dumps/{release_name(dataset)}/hytegraph.{syntax.extension}"


def dumps(dataset: Dataset) -> tuple[Dump, ...]:
    """All dumps, with size and checksum where the release says them."""
    known = measured_dumps(dataset)
    return tuple(_dump(syntax, dataset, known.get(syntax.extension, {})) for syntax in GRAPH_FORMATS)


def offered_dumps(about: About) -> Iterator[Dump]:
    """The dumps that are at hand: of a folder of files those that lie in it, with the sizes and checksums of these."""
    for dump in dumps(about.data):
        if about.files is None:
            yield dump
        elif facts := about.files.get(dump_path(about.data, dump.syntax).lstrip("/")):
            yield replace(dump, size=facts.size, checksum=facts.checksum)


def _dump(syntax: GraphFormat, dataset: Dataset, measured: Mapping[str, Any]) -> Dump:
    is_whole = syntax.holds_graphs or not dataset.graphs()
    return Dump(syntax, is_whole, measured.get("bytes"), measured.get("sha256"))
