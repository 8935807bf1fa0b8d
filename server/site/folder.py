"""The folder of a site: what is new is put in its place, what is the same stays untouched, what is gone is removed."""

import filecmp
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.store.release import checksum_of
from hytegraph.server.publishing.folder import CHECKSUMS as PUBLISHED
from hytegraph.server.publishing.folder import read_checksums, write_checksums

# Lists every file with its checksum, for `sha256sum --check`, and says which files are ours to replace.
CHECKSUMS = "SITE-SHA256SUMS"


class SiteError(HytegraphError):
    """A site cannot be made, or not in that folder."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files a site has, their bytes, and how many of them were written and removed."""

    files: int
    bytes: int
    written: int
    removed: int


def check_folder(out: Path) -> None:
    """Raise SiteError for a folder that holds what is neither a site nor a published release."""
    if out.exists() and not out.is_dir():
        raise SiteError(f"{out} is a file; name a folder for the site")
    ours = any((out / name).is_file() for name in (CHECKSUMS, PUBLISHED))
    if out.is_dir() and any(out.iterdir()) and not ours:
        raise SiteError(f"{out} holds files that are no site of hytegraph; name an empty or a new folder")


def write_file(file: Path, content: bytes) -> None:
    """Write a file whose folder may not be there yet."""
    try:
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def replace_files(made: Path, out: Path) -> Changes:
    """Bring the files that were made into the folder of the site, the list of them last.

    What the publication of the release has written there stays as it is.
    """
    published = (read_checksums(out / PUBLISHED) or {}).keys()
    found = {file.relative_to(made).as_posix() for file in made.rglob("*") if file.is_file()}
    files = sorted(found - published)
    write_checksums(made / CHECKSUMS, {name: checksum_of(made / name) for name in files})
    earlier = (read_checksums(out / CHECKSUMS) or {}).keys()
    written = sum(_put(made / name, out / name) for name in (*files, CHECKSUMS))
    removed = 0
    for name in sorted(earlier - set(files) - published):
        removed += _remove(out, name)
    sizes = sum((out / name).stat().st_size for name in files)
    return Changes(len(files), sizes, written, removed)


def _put(made: Path, file: Path) -> bool:
    if file.exists():
        if file.is_dir():
            raise SiteError(f"{file} is a folder where the site has a file; name a new folder")
        if filecmp.cmp(made, file, shallow=False):
            return False
    try:
        made.replace(file)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        made.replace(file)
    return True


def _remove(out: Path, name: str) -> bool:
    file = out / name
    if not file.is_file():
        return False
    file.unlink()
    for parent in file.parents:
        if parent == out or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
