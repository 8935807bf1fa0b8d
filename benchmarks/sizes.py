"""The three sizes of data that are measured: whose documents, which servers take part, and how long each is asked."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.folders.__main__ import make_folders
from hytegraph.graph.resources import example_folder

US = "hytegraph"
WITHOUT_CACHE = "hytegraph, no cache"


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the data are, who is asked, and for how long.

    `towns` is 0 for the documents of Kemi, else the number of invented towns. `start_seconds` bounds the start of a
    server, loading included; `addresses` is how many addresses each type of page is asked at. Where the whole graph
    does not fit in memory, what reads all of it there is left out.
    """

    name: str
    towns: int
    servers: tuple[str, ...]
    clients: tuple[int, ...]
    rounds: int
    seconds: float
    forms: int
    addresses: int
    start_seconds: int = 240
    questions: tuple[str, ...] = ()
    compares_validation: bool = False


_SMALL = (US, WITHOUT_CACHE, "oxigraph, memory", "oxigraph, disk", "Virtuoso", "rdflib-endpoint")
# At this size the data of a server in memory leave no room for another.
_LARGE = (US, "oxigraph, disk", "Virtuoso")

SIZES = {
    "town": Plan("town", 0, _SMALL, (1, 4, 16), 2, 0.6, 2000, 20, compares_validation=True),
    "region": Plan("region", 20, _SMALL, (1, 4, 16), 2, 0.6, 2000, 40),
    "country": Plan("country", 309, _LARGE, (1, 4, 16), 2, 1.0, 2000, 40, start_seconds=3600),
}
QUICK = Plan(
    "quick", 0, (US, WITHOUT_CACHE, "oxigraph, memory"), (1, 4), 1, 0.25, 100, 3, compares_validation=True
)


def folders_of(plan: Plan, kept: Path, given: Path | None) -> list[Path]:
    """The document folders of the size: those in the folder `given`, or made once and kept."""
    if given is None and not plan.towns:
        return [example_folder()]
    folder = given or kept / f"towns-{plan.towns}"
    if not folder.exists():
        make_folders(folder, plan.towns)
    return sorted(file.parent for file in folder.glob("*/manifest.toml"))
