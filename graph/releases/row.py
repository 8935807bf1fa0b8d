"""The row of published releases: a folder holds them side by side, each with its version, its date and what came
before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import ReleaseError, UnknownNameError
from hytegraph.graph.languages import Text
from hytegraph.graph.store.release import DATA, Release, read_release, release_folders

NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Published:
    """A published release: what its publisher states, its place in the row (1 for the first), and where it lies.

    `previous` is the version of the release before it, '' for the first; `keep` how many releases of the row are kept,
    0 for all.
    """

    version: str
    date: date
    notes: Text
    number: int
    previous: str
    keep: int
    checksum: str
    quads: int
    size: int
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of its data in addresses: the beginning of their checksum."""
        return self.checksum[:NAME_LENGTH]

    @property
    def data(self) -> Path:
        """The file of its data."""
        return self.folder / DATA


def published(release: Release) -> Published | None:
    """The release as one of the row; None for a draft, which has no version.

    Raises ReleaseError for a manifest that says something else there.
    """
    told = release.manifest.get("release")
    if told is None:
        return None
    try:
        return Published(
            str(told["version"]),
            date.fromisoformat(told["date"]),
            Text.of(told["notes"]),
            int(told["number"]),
            str(told["previous"]),
            int(told["keep"]),
            release.checksum,
            release.quads,
            int(release.manifest["data"]["bytes"]),
            release.path,
            release.manifest,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReleaseError(release.path, "its manifest does not tell what release it is") from error


def row_of(release: Path) -> tuple[Published, ...]:
    """The published releases beside a release, the newest first; what cannot be read is none of them."""
    found = []
    for folder in release_folders(release):
        try:
            one = published(read_release(folder))
        except ReleaseError:
            continue
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.number, one.date, one.version), reverse=True))


def of_version(row: Iterable[Published], version: str) -> Published:
    """The release of that version; raises UnknownNameError."""
    known = {one.version: one for one in row}
    if version not in known:
        raise UnknownNameError("release", version, known)
    return known[version]
