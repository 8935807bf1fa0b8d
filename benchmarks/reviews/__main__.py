"""Writes what two readers judged into a folder's link tables: `python -m benchmarks.reviews documents/kemi`.

The readings lie in `links/readings` of the folder, a folder for each reader and the items that both read. What the readers
thought before is taken back first and the links are suggested anew, so that the same readings give the same tables whatever
was in them. `--dry-run` prints the counts and writes nothing.
"""

import argparse
from collections import Counter
from pathlib import Path

from benchmarks.reviews.judging import METHOD, TABLES, Judging
from benchmarks.reviews.readings import FOLDER, read_items, read_reading
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.locking import alone_in
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.judging.reviewers import read_reviewers
from hytegraph.loaders.links.sssom import LinkTable, read_link_tables, write_table
from hytegraph.loaders.links.suggest import suggest_folder, write_folder
from hytegraph.loaders.links.town_graph import TownGraph, read_material

DAY = "2026-11-29"
_MOST_ROUNDS = 6


def main() -> None:
    """Judge the tables of the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="benchmarks.reviews", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    with alone_in(options.folder):
        for table in judge_folder(options.folder, write=not options.dry_run):
            print(_counts(table))


def judge_folder(folder: Path, *, write: bool) -> tuple[LinkTable, ...]:
    """The tables with the readers' opinions; raises KeyError or ValueError for readings of another folder."""
    graph = read_material(read_folder(folder), DEFAULT_BASE).graph
    items, reviewers = read_items(folder, graph), read_reviewers(folder)
    names = sorted(each.name for each in (folder / FOLDER).iterdir() if each.is_dir())
    readings = [read_reading(folder, name, f"{graph.town}:reviewer/{name}", items) for name in names]
    judging = Judging(readings, items, reviewers, DAY)
    before = read_link_tables(folder)
    try:
        tables = _judged_again(folder, judging, graph, tuple(map(judging.without, before)))
    finally:
        _write(folder, before)
    if write:
        _write(folder, tables)
    return tables


def _judged_again(
    folder: Path, judging: Judging, graph: TownGraph, tables: tuple[LinkTable, ...]
) -> tuple[LinkTable, ...]:
    """The tables when nothing changes any more: once readers have rejected all of its successors, an item has none."""
    for _ in range(_MOST_ROUNDS):
        _write(folder, tables)
        write_folder(folder, suggest_folder(folder))
        suggested = read_link_tables(folder)
        judged = tuple(judging.judged(each, graph) if each.name in TABLES else each for each in suggested)
        if {each.name: set(each.links) for each in judged} == {each.name: set(each.links) for each in tables}:
            return judged
        tables = judged
    raise ValueError(f"the tables change still after {_MOST_ROUNDS} rounds")


def _write(folder: Path, tables: tuple[LinkTable, ...]) -> None:
    for table in tables:
        write_table(folder, table)


def _counts(table: LinkTable) -> str:
    states = Counter(link.outcome for link in table.links)
    open_ = sum(link.outcome == "suggested" and bool(link.opinions) for link in table.links)
    own = sum(link.method == METHOD for link in table.links)
    held = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return f"{table.name}: {held}; {open_} open with opinions, {own} of the readers' own"


if __name__ == "__main__":
    main()
