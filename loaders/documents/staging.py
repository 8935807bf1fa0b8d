"""Changes of a document folder, made on a copy and put in place when all of them are right."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hytegraph.graph.errors import DocumentError, ManifestError, Reason
from hytegraph.graph.locking import alone_in

_PREFIX = ".staging-"


@contextmanager
def candidate(folder: Path) -> Iterator[Path]:
    """A copy of the folder to change; at the end its files take the place of the folder's.

    An error inside leaves the folder as it was, or missing as it was. Raises DocumentError when the folder cannot be
    written to, or the disk is full.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        with _writable(folder), alone_in(folder):
            for left in folder.glob(f"{_PREFIX}*"):
                shutil.rmtree(left)
            staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
            try:
                work = staging / "new"
                shutil.copytree(folder, work, ignore=shutil.ignore_patterns(".*"))
                with _named(work, folder):
                    yield work
                _put(work, folder, staging / "old")
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    finally:
        for path in missing:
            # A folder that has got something stays.
            with suppress(OSError):
                path.rmdir()


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except shutil.Error as error:
        reason = Reason("the folder cannot be copied: {error}", error=error.args[0][0][2])
        raise DocumentError(folder, reason) from error
    except OSError as error:
        reason = Reason("{error}; nothing was changed", error=error.strerror or error)
        raise DocumentError(folder, reason) from error


@contextmanager
def _named(work: Path, folder: Path) -> Iterator[None]:
    """Errors name the file in the folder, not its copy."""
    try:
        yield
    except (DocumentError, ManifestError) as error:
        if not Path(error.path).is_relative_to(work):
            raise
        raise type(error)(folder / Path(error.path).relative_to(work), error.reason) from error


def _put(work: Path, folder: Path, old: Path) -> None:
    """Move what has changed into the folder; undo it when one of the moves fails."""
    moved: list[Path] = []
    try:
        for name in _changed(work, folder):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            moved.append(name)
            if target.exists():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                target.replace(old / name)
            if (work / name).exists():
                (work / name).replace(target)
    except OSError:
        for name in moved:
            if (old / name).exists():
                (old / name).replace(folder / name)
            elif not (work / name).exists():
                (folder / name).unlink()
        raise


def _changed(work: Path, folder: Path) -> Sequence[Path]:
    """The files that differ, by their path in the folder; the manifest comes last."""
    new = _files(work)
    names = sorted(new | _files(folder), key=lambda name: (name.name == "manifest.toml", name))
    return [
        name
        for name in names
        if name not in new
        or not (folder / name).exists()
        or (work / name).read_bytes() != (folder / name).read_bytes()
    ]


def _files(folder: Path) -> set[Path]:
    files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {name for name in files if not any(part.startswith(".") for part in name.parts)}
