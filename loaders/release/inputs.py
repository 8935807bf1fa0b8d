"""The checksums of everything that a release is made from."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hytegraph.graph.resources import data_folder
from hytegraph.graph.store.release import checksum_of
from hytegraph.loaders.catalogue import Rights
from hytegraph.loaders.privacy.decisions import FILE as PRIVACY_FILE
from hytegraph.loaders.release.units import Unit

Checksum = Callable[[Path], str]
_OWN_FILES = (
    ("graph", "**/*"),
    ("loaders", "**/*"),
    ("ontology", "*.ttl"),
    ("queries", "checks/*"),
    ("queries", "gaps/*.rq"),
    ("queries", "rules/*.rq"),
    ("shapes", "*.ttl"),
)
# Another version of these may write the same documents in other bytes.
_LIBRARIES = ("pyoxigraph", "shacl", "pyshacl", "simplemma", "snowballstemmer")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made from.

    `told` are the checksums by a name that is the same on every machine, as the manifest has them. `common` is that of
    what every part is made with; `units` are the keys of the units' parts, in the order of the units.
    """

    told: Mapping[str, str]
    common: str
    units: tuple[str, ...]


def read_inputs(
    units: Iterable[Unit], base: str, rights: Rights | None = None, checksum: Checksum = checksum_of
) -> Inputs:
    """The checksums of what a release of the units is made from."""
    rights = rights or Rights()
    own = {"base": base, "version": version("hytegraph"), "libraries": _libraries()}
    for name, pattern in _OWN_FILES:
        files = sorted(file for file in data_folder(name).glob(pattern) if _is_own(file))
        own[f"{name}/{pattern}"] = _digest(map(checksum, files))
    told = own | {"licence": rights.licence, "publisher": rights.publisher}
    if rights.modelling is not None:
        told["modellingLicence"] = rights.modelling
    common, keys = _digest(f"{name} {value}" for name, value in sorted(own.items())), []
    for unit in units:
        named = dict(_unit_files(unit))
        checksums = {name: checksum(file) for name, file in sorted(named.items())}
        keys.append(_digest([common, *(f"{name} {value}" for name, value in checksums.items())]))
        # What may be personal data leaves no trace in a release, not even its checksum.
        told |= {name: value for name, value in checksums.items() if named[name].name != PRIVACY_FILE}
    return Inputs(told, common, tuple(keys))


def _is_own(file: Path) -> bool:
    """Whether a file is one of ours, and not what Python has made of it."""
    return file.is_file() and file.parent.name != "__pycache__" and not file.name.startswith(".")


def _unit_files(unit: Unit) -> Iterator[tuple[str, Path]]:
    """The files of a unit by names without the folders' own, which differ from machine to machine."""
    for number, folder in enumerate(unit.folders, 1):
        name = unit.name + (f"#{number}" if len(unit.folders) > 1 else "")
        for path, folders, files in os.walk(folder):
            folders[:] = [each for each in folders if not each.startswith(".")]
            inside = Path(path).relative_to(folder)
            for file in files:
                if not file.startswith("."):
                    yield f"{name}/{(inside / file).as_posix()}", Path(path, file)


def _libraries() -> str:
    versions = [f"sqlite {sqlite3.sqlite_version}"]
    for library in _LIBRARIES:
        try:
            versions.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            continue
    return ", ".join(versions)


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
