"""The whole dataset as files, under an address that names the release, with size and checksum."""

import hashlib
import threading
from dataclasses import dataclass

from hytegraph.graph.dataset import Dataset
from hytegraph.graph.formats import GRAPH_FORMATS, GraphFormat

# Above this, measuring every syntax at the first look at the catalogue would take minutes.
MOST_MEASURED = 200_000
NAME_LENGTH = 12
_measured: dict[tuple[str, str], "Dump"] = {}
_started: set[str] = set()
_lock = threading.Lock()


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
    """All dumps; the first call for a release writes each of them once to measure it."""
    measured = _is_measured(dataset)
    return tuple(_measure(dataset, syntax) if measured else Dump(syntax) for syntax in GRAPH_FORMATS)


def known_dumps(dataset: Dataset) -> tuple[Dump, ...]:
    """All dumps with what is known of them now; what is not yet measured is being measured from the first call on."""
    release = release_name(dataset)
    known = tuple(_measured.get((release, syntax.name), Dump(syntax)) for syntax in GRAPH_FORMATS)
    if any(is_being_measured(dataset, each) for each in known) and release not in _started:
        _started.add(release)
        threading.Thread(target=dumps, args=(dataset,), daemon=True).start()
    return known


def is_being_measured(dataset: Dataset, dump: Dump) -> bool:
    """Whether the size and checksum of the dump will be known in a while."""
    return dump.size is None and _is_measured(dataset)


def _is_measured(dataset: Dataset) -> bool:
    return dataset.origin is not None and dataset.default_size <= MOST_MEASURED


def _measure(dataset: Dataset, syntax: GraphFormat) -> Dump:
    key = (release_name(dataset), syntax.name)
    with _lock:
        found = _measured.get(key)
        if found is None:
            body = dataset.dump(syntax)
            found = _measured[key] = Dump(syntax, len(body), hashlib.sha256(body).hexdigest())
    return found
