"""Whether a folder holds the site already, as a run before has left it: then nothing has to be made."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import requires, version
from pathlib import Path

from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import checksum_of
from hytegraph.server.catalogue.releases import published_row
from hytegraph.server.publishing.folder import CHECKSUMS as PUBLISHED
from hytegraph.server.publishing.folder import read_checksums
from hytegraph.server.settings import Settings
from hytegraph.server.site.folder import CHECKSUMS
from hytegraph.server.site.options import SiteOptions

# What the site was made of, and what is told of it: one of its files.
MADE = "SITE-MADE.json"
# They say where the release lies, which no page says.
_OF_THE_MACHINE = frozenset(("release", "storage_folder"))
_PROGRAM = Path(__file__).parents[2]
_LIBRARY = re.compile(r"[A-Za-z0-9._-]+")
_NOT_PROGRAM = frozenset((".pyc", ".map"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """The site that is there: its pages, files and bytes, and the addresses that answered with a failure."""

    pages: int
    files: int
    bytes: int
    failed: Mapping[str, int]


def made_of(settings: Settings, served: Dataset, options: SiteOptions, out: Path) -> str:
    """A checksum of all that a site is made of: release, program, libraries, settings, and what is published there."""
    told = hashlib.sha256()
    for part in _parts(settings, served, options, out):
        told.update(f"{part}\n".encode())
    return told.hexdigest()


def _parts(settings: Settings, served: Dataset, options: SiteOptions, out: Path) -> Iterator[str]:
    assert served.release is not None
    yield json.dumps(
        {name: str(value) for name, value in asdict(settings).items() if name not in _OF_THE_MACHINE}
    )
    yield f"{options.address} {options.service}"
    yield from (f"{one.version} {one.checksum}" for one in published_row(served))
    yield from sorted(read_checksums(out / PUBLISHED) or {})
    yield from (f"{name} {version(name)}" for name in _libraries())
    for folder in (
        served.release.path,
        *(_PROGRAM / name for name in ("graph", "server", "ontology", "queries")),
    ):
        files = sorted(
            each for each in folder.rglob("*") if each.is_file() and each.suffix not in _NOT_PROGRAM
        )
        yield from (f"{file.relative_to(folder).as_posix()} {checksum_of(file)}" for file in files)


def _libraries() -> Iterator[str]:
    """The libraries that the program needs, whatever else is installed beside them."""
    for requirement in sorted(requires("hytegraph") or ()):
        name = _LIBRARY.match(requirement)
        if name and ";" not in requirement:
            yield name[0]


def write_made(folder: Path, made: str, pages: int, failed: Mapping[str, int]) -> None:
    """Say in the folder of a site what it was made of."""
    text = json.dumps({"madeOf": made, "pages": pages, "failed": dict(sorted(failed.items()))}, indent=1)
    (folder / MADE).write_text(f"{text}\n", "utf-8")


def find_made(out: Path, made: str) -> Earlier | None:
    """The site of the folder, if it was made of just that and all its files are as they were written."""
    listed = read_checksums(out / CHECKSUMS)
    if not listed or MADE not in listed or not (out / MADE).is_file():
        return None
    if checksum_of(out / MADE) != listed[MADE]:
        return None
    told = json.loads((out / MADE).read_text("utf-8"))
    if told["madeOf"] != made:
        return None
    files = [out / name for name in listed]
    if not all(
        file.is_file() and checksum_of(file) == listed[name] for name, file in zip(listed, files, strict=True)
    ):
        return None
    return Earlier(told["pages"], len(files), sum(file.stat().st_size for file in files), told["failed"])
