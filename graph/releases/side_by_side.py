"""Several releases as one set of data, the facts of each in a graph that is named by its version."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.releases.row import NAME_LENGTH
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import Release, read_release

_FACTS = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def side_by_side(folders: Sequence[Path]) -> Iterator[Quad]:
    """The default graph of each release, as the graph `graph_of` names; memory holds one release at a time.

    Suggestions, statuses and shapes are in none of them. Raises ReleaseError for what is no release, and for two
    releases of one name.
    """
    seen: dict[NamedNode, Path] = {}
    for folder in folders:
        graph = graph_of(read_release(folder))
        if graph in seen:
            raise ReleaseError(folder, f"it has the same name as {seen[graph]}: {graph.value}")
        seen[graph] = folder
        for triple in Dataset.open(folder).construct(_FACTS):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def graph_of(release: Release) -> NamedNode:
    """The name of a release's graph: its version, or the beginning of its checksum where it is a draft."""
    version = (release.manifest.get("release") or {}).get("version") or release.checksum[:NAME_LENGTH]
    return NamedNode(f"{release.manifest['base']}release/{version}")
