"""The published releases beside the data that are served, and which of them is served."""

from functools import lru_cache
from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.releases.row import Published, published, row_of
from hytegraph.graph.store.dataset import Dataset


def published_row(dataset: Dataset) -> tuple[Published, ...]:
    """The published releases beside the one that is served, that one among them; the newest first."""
    if dataset.release is None:
        return ()
    try:
        changed = dataset.release.path.parent.stat().st_mtime_ns
    except OSError:
        return ()
    return _row(dataset.release.path, changed)


@lru_cache(maxsize=2)
def _row(release: Path, changed: int) -> tuple[Published, ...]:
    """The row, read again when a folder has come or gone beside the release."""
    return row_of(release)


def served_release(dataset: Dataset) -> Published | None:
    """The release that is served; None for a draft and for data that are no release."""
    if dataset.release is None:
        return None
    try:
        return published(dataset.release)
    except ReleaseError:
        return None


def is_served(dataset: Dataset, version: str) -> bool:
    """Whether the release of that version is the one that is served."""
    served = served_release(dataset)
    return served is not None and served.version == version


def standing(dataset: Dataset) -> tuple[str, Published | None]:
    """How what is served stands in the row: `current`, `old`, `draft`, or '' where nothing is published.

    With it the newest release, None where there is none.
    """
    row, served = published_row(dataset), served_release(dataset)
    if not row:
        return "", None
    if served is None:
        return "draft", row[0]
    return ("current" if served.version == row[0].version else "old"), row[0]
