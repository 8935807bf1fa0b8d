"""The sizes and checksums of a dataset's dumps, found once when a release is built and kept in its manifest."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from hytegraph.graph.formats import GRAPH_FORMATS
from hytegraph.graph.store.dataset import Dataset

# Another version may write the same data in other bytes.
WRITER = f"pyoxigraph {version('pyoxigraph')}"


def measure_dumps(dataset: Dataset) -> dict[str, Any]:
    """What the manifest says of the dumps: who wrote them, and by suffix their bytes and SHA-256 checksum."""
    files = {}
    for syntax in GRAPH_FORMATS:
        body = dataset.dump(syntax)
        files[syntax.extension] = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    return {"writer": WRITER, "files": files}


def measured_dumps(dataset: Dataset) -> Mapping[str, Mapping[str, Any]]:
    """By suffix, what is known of the dumps; empty for data without a manifest or measured with another writer."""
    known = dataset.release.manifest.get("dumps", {}) if dataset.release else {}
    files: Mapping[str, Mapping[str, Any]] = known["files"] if known.get("writer") == WRITER else {}
    return files
