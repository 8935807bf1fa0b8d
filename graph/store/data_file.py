"""The file in which the data of a release lie."""

from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.formats import graph_format


def data_file(source: Path) -> Path:
    """The file that holds the data of a release folder or is the RDF file; raises ReleaseError where there is none."""
    file = source / "data.nq" if source.is_dir() else source
    if not file.is_file():
        raise ReleaseError(
            source, "there is no data.nq in it" if source.is_dir() else "there is no such file"
        )
    if graph_format(file.suffix.removeprefix(".")) is None:
        raise ReleaseError(source, "its suffix is not that of a known RDF format")
    return file
