"""The whole dataset as files, under an address that names the release, with size and checksum."""

from dataclasses import dataclass

from hytegraph.graph.formats import GRAPH_FORMATS, GraphFormat
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.dumps import measured_dumps

NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump: its syntax, its size in bytes and its SHA-256 checksum, None where they were not measured."""

    syntax: GraphFormat
    size: int | None = None
    checksum: str | None = None


def release_name(dataset: Dataset) -> str:
    """The name of the data in addresses: the beginning of their checksum."""
    return dataset.origin.checksum[:NAME_LENGTH] if dataset.origin else "current"


def dump_path(dataset: Dataset, syntax: GraphFormat) -> str:
    """The address of a dump, which never has another content."""
    return f"/dumps/{release_name(dataset)}/hytegraph.{syntax.extension}"


def dumps(dataset: Dataset) -> tuple[Dump, ...]:
    """All dumps, with size and checksum where the release says them."""
    known = measured_dumps(dataset)
    return tuple(
        Dump(syntax, known[syntax.extension]["bytes"], known[syntax.extension]["sha256"])
        if syntax.extension in known
        else Dump(syntax)
        for syntax in GRAPH_FORMATS
    )
