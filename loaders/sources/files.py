"""Which files are read where a folder of them is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.folder import MANIFEST
from hytegraph.loaders.sources.read import SUFFIXES


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, and those of the folders whose form is not read."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()


def find_files(paths: Iterable[Path]) -> Found:
    """The files themselves, and the visible files below the folders whose names end as those of a form that is read.

    A document folder that lies below is no source of documents. Raises DocumentError for a folder that has no file to
    read.
    """
    files: dict[Path, None] = {}
    left_out: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        below = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_source(file, path)]
        fitting = [file for file in below if file.suffix.lower() in SUFFIXES]
        if not fitting:
            forms = ", ".join(SUFFIXES)
            raise DocumentError(path, Reason("the folder has no file that is read ({forms})", forms=forms))
        files |= dict.fromkeys(fitting)
        left_out += [file for file in below if file.suffix.lower() not in SUFFIXES]
    return Found(tuple(files), tuple(left_out))


def _is_source(file: Path, top: Path) -> bool:
    """Whether the file is visible and in no document folder; Word's `~$` files are its locks."""
    inner = file.relative_to(top)
    if any(part.startswith((".", "~$")) for part in inner.parts):
        return False
    return not any((top / folder / MANIFEST).exists() for folder in inner.parents)
