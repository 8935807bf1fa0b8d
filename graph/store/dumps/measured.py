"""The sizes and checksums of a dataset's dumps, found once when a release is built and kept in its manifest."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from hytegraph.graph.formats import GRAPH_FORMATS, N_QUADS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.dumps.writing import write_dump

# Another version may write the same data in other bytes.
WRITER = f"pyoxigraph {version('pyoxigraph')}"


# Writing more than this in every format costs minutes: then only the N-Quads, which a release holds, are measured.
MOST_QUADS = 200_000


def measure_dumps(data: Path, checksum: str, quads: int) -> dict[str, Any]:
    """What the manifest says of the dumps of a release's data: who wrote them, and by suffix their bytes and SHA-256.

    The checksum and the number of the quads are those of the file.
    """
    files: dict[str, dict[str, Any]] = {N_QUADS.extension: {"bytes": data.stat().st_size, "sha256": checksum}}
    if quads <= MOST_QUADS:
        for syntax in GRAPH_FORMATS:
            if syntax != N_QUADS:
                body = BytesIO()
                write_dump(data, syntax, body)
                found = body.getbuffer()
                files[syntax.extension] = {"bytes": len(found), "sha256": hashlib.sha256(found).hexdigest()}
    return {"writer": WRITER, "files": files}


def measured_dumps(dataset: Dataset) -> Mapping[str, Mapping[str, Any]]:
    """By suffix, what is known of the dumps; empty for data without a manifest or measured with another writer."""
    known = dataset.release.manifest.get("dumps", {}) if dataset.release else {}
    files: Mapping[str, Mapping[str, Any]] = known["files"] if known.get("writer") == WRITER else {}
    return files
