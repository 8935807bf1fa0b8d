"""Immutable releases: written beside the current one, swapped in one step, described by checksums."""

import filecmp
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, Quad, Store

from hytegraph.graph.errors import BuildError, ReleaseError
from hytegraph.graph.locking import alone_in
from hytegraph.graph.replacing import put_on_disk
from hytegraph.graph.vocab import RDF, XSD
from hytegraph.graph.writing.xml import IMPOSSIBLE

DATA = "data.nq"
SEARCH_INDEX = "search.sqlite"
SUMMARIES = "summaries.sqlite"
MANIFEST = "manifest.json"
# The files whose checksums the manifest has, by the key under which it has them.
DESCRIBED = {DATA: "data", SEARCH_INDEX: "search", SUMMARIES: "summaries"}
# What the folder of a release has after the name of its link.
_FOLDER = re.compile(r"-[0-9a-f]{12}$")
_TEXTS = (XSD.string, RDF.langString)
# What a file of a release is: its bytes, or a finished file that becomes the release's own.
Content = bytes | Path


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk: its folder and what its manifest says."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def checksum(self) -> str:
        """The checksum of the data: the name of the release."""
        return str(self.manifest["data"]["sha256"])

    @property
    def quads(self) -> int:
        """How many quads the release holds."""
        return int(self.manifest["data"]["quads"])


def in_canonical_forms(quads: Iterable[Quad]) -> set[Quad]:
    """The quads with each value in the form that the engine gives it, so that what is served is what is hashed.

    `1.0` of xsd:decimal becomes `1`. Raises BuildError for a text with a character that XML cannot hold: it could not
    be sent in every format.
    """
    typed, canonical = [], set[Quad]()
    for quad in quads:
        value = quad.object
        # Only values of a datatype other than text have several forms.
        if isinstance(value, Literal) and value.datatype not in _TEXTS:
            typed.append(quad)
        else:
            canonical.add(quad)
    store = Store()
    store.bulk_extend(typed)
    canonical |= set(store)
    for quad in canonical:
        if isinstance(quad.object, Literal) and (impossible := IMPOSSIBLE.search(quad.object.value)):
            raise BuildError(
                f"{quad.subject} {quad.predicate}: the text holds the character U+{ord(impossible[0]):04X}, which XML "
                "cannot hold; take it out of the document or the table"
            )
    return canonical


def read_release(path: Path) -> Release:
    """The release at a path; raises ReleaseError when it is none."""
    file = path / MANIFEST
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReleaseError(path, "no release here; `hytegraph build` makes one") from error
    except ValueError as error:
        raise ReleaseError(file, f"it is not JSON: {error}; build again") from error
    data = manifest.get("data") if isinstance(manifest, dict) else None
    if not isinstance(data, dict) or "sha256" not in data:
        raise ReleaseError(
            file, "it does not describe a release: the data's checksum is missing; build again"
        )
    return Release(path, manifest)


def read_release_at(folder: Path, checksum: str) -> Release:
    """The release in a folder whose data have that checksum; raises ReleaseError where its manifest says another.

    Its path is the folder's own: the link to the current release is swapped by the next build.
    """
    release = read_release(folder)
    if release.checksum != checksum:
        reason = (
            "data.nq is not the one that the release's manifest describes (checksum differs); build again"
        )
        raise ReleaseError(folder, reason)
    return Release(folder.resolve(), release.manifest)


def checksum_of(file: Path) -> str:
    """The SHA-256 checksum of a file, read in pieces; '' where there is none."""
    if not file.is_file():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_up_to_date(
    path: Path, inputs: Mapping[str, str], checksum: Callable[[Path], str] = checksum_of
) -> bool:
    """Whether a whole release at the path was made from exactly these inputs."""
    try:
        release = read_release(path)
    except ReleaseError:
        return False
    return release.manifest.get("inputs") == dict(inputs) and all(
        checksum(path / file) == release.manifest.get(key, {}).get("sha256", "")
        for file, key in DESCRIBED.items()
    )


def write_release(out: Path, files: Mapping[str, Content], manifest: Mapping[str, Any]) -> Release:
    """Write the files as the current release at `out`; until the last step the old one stays in place.

    A file given by its path is linked into the release, or copied from another file system: its bytes are on the disk,
    and it must not be written to afterwards.
    """
    if out.exists() and not out.is_symlink():
        raise ReleaseError(out, "something that is not a release is in the way; name another --out")
    contents: dict[str, Content] = dict(files)
    described = (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    contents[MANIFEST] = described
    digest = hashlib.sha256(described).hexdigest()[:12]
    out.parent.mkdir(parents=True, exist_ok=True)
    # Other builds wait: what this one is writing is not what a killed one has left behind.
    with alone_in(out.parent):
        _put(out, out.parent / f"{out.name}-{digest}", contents)
    return Release(out, manifest)


def _put(out: Path, folder: Path, contents: Mapping[str, Content]) -> None:
    staging = out.parent / f".{out.name}-staging"
    _clear_staging(out)
    if not _is_whole(folder, contents):
        _write_folder(staging, folder, contents)
    previous = out.resolve().name if out.is_symlink() else ""
    link = staging.with_suffix(".link")
    link.symlink_to(folder.name, target_is_directory=True)
    link.replace(out)
    # A rebuild of the same release has no new predecessor: nothing is pruned.
    if previous != folder.name:
        _prune(out, keep={folder.name, previous})


def _write_folder(staging: Path, folder: Path, contents: Mapping[str, Content]) -> None:
    for name, content in sorted(contents.items()):
        file = staging / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            _link(content, file)
        else:
            file.write_bytes(content)
            put_on_disk(file)
    if folder.exists():
        # A damaged release of the same contents; it is cleared away with the next build.
        folder.rename(staging.with_name(f"{staging.name}-damaged"))
    staging.rename(folder)


def _link(source: Path, file: Path) -> None:
    try:
        os.link(source, file)
    except OSError:
        shutil.copyfile(source, file)
        put_on_disk(file)


def _is_whole(folder: Path, contents: Mapping[str, Content]) -> bool:
    return all(
        (folder / name).is_file() and _holds(folder / name, content) for name, content in contents.items()
    )


def _holds(file: Path, content: Content) -> bool:
    if isinstance(content, Path):
        return filecmp.cmp(file, content, shallow=False)
    return file.read_bytes() == content


def _clear_staging(out: Path) -> None:
    """Remove what a killed build left behind."""
    for left in out.parent.glob(f".{out.name}-staging*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def release_folders(release: Path) -> tuple[Path, ...]:
    """The folders of the releases that lie beside a release, given by its link or by its own folder, in any order."""
    stem = _FOLDER.sub("", release.name)
    return tuple(
        folder
        for folder in sorted(release.parent.glob(f"{stem}-" + "[0-9a-f]" * 12))
        if (folder / MANIFEST).exists()
    )


def _prune(out: Path, keep: set[str]) -> None:
    """Keep the current and the previous release, and of the published ones as many as the current says."""
    published: dict[str, int] = {}
    for folder in release_folders(out):
        with suppress(ReleaseError):
            if told := read_release(folder).manifest.get("release"):
                published[folder.name] = int(told["number"])
    most = int((read_release(out).manifest.get("release") or {}).get("keep", 0))
    kept = sorted(published, key=lambda name: published[name], reverse=True)[: most or None]
    for folder in release_folders(out):
        if folder.name not in keep and folder.name not in kept:
            shutil.rmtree(folder)
