"""What the named graphs hold, one line for each sort: a country has a graph for each of its documents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import GraphSize
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH

# By the texts `graph.…`: facts first, then what was derived, suggested and judged, and last what describes the data;
# how their names go on after `graph/`.
_SORTS = {
    "document": r"[^/]+/document/.+",
    "organisation": r"[^/]+/organisation",
    "inferred": "inferred",
    "links/accepted": "links/accepted",
    "links/suggested": "links/suggested",
    "status": "status",
    "links/outside": "links/outside",
    "retired": r"[^/]+/retired",
    "catalogue": "catalogue",
    "ontology": "ontology",
    "vocabulary": "vocabulary(?:/.+)?",
    "alignments": "alignments",
    "shapes": "shapes",
    "validation": "validation",
}
_OTHER = "other"
_ALL = stored_query(__name__, "graphs-of-sort")
_ONE = stored_query(__name__, "triples-of-graph")


@dataclass(frozen=True, slots=True)
class GraphSort:
    """The graphs of one sort: its name, that of the graph where there is one, how many there are, and their triples.

    `query` lists what the graph holds, or the graphs where there are several.
    """

    sort: str
    name: str
    graphs: int
    triples: int
    is_in_default: bool
    query: str


def sorts_of(graphs: Iterable[GraphSize], base: str) -> tuple[GraphSort, ...]:
    """The sorts that the data have graphs of, in the order in which a reader wants to know of them."""
    found: dict[str, list[GraphSize]] = {}
    for graph in graphs:
        found.setdefault(_sort_of(graph.name, base), []).append(graph)
    return tuple(_line(sort, found[sort], base) for sort in (*_SORTS, _OTHER) if sort in found)


def _sort_of(name: str, base: str) -> str:
    local = name.removeprefix(f"{base}graph/")
    return next((sort for sort, pattern in _SORTS.items() if re.fullmatch(pattern, local)), _OTHER)


def _line(sort: str, graphs: list[GraphSize], base: str) -> GraphSort:
    name = graphs[0].name
    is_one = len(graphs) == 1
    pattern = f"^{re.escape(base)}graph/{_SORTS[sort]}$" if sort in _SORTS else ""
    return GraphSort(
        sort,
        name if is_one else "",
        len(graphs),
        sum(graph.triples for graph in graphs),
        not name.endswith(NOT_IN_DEFAULT_GRAPH),
        _ONE.replace("urn:name", name) if is_one else _ALL.replace("PATTERN", pattern.replace("\\", "\\\\")),
    )
