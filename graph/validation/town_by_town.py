"""A release of several towns is validated town by town, as its build does: in the memory of the largest of them."""

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.iris import common_graph, town_beginnings
from hytegraph.graph.query.town_quads import town_lines
from hytegraph.graph.results import text_of
from hytegraph.graph.store.dumps.lines import lines_of_graphs
from hytegraph.graph.store.loading import load
from hytegraph.graph.store.release import DATA, Release, checksum_of
from hytegraph.graph.validation.checks import profile
from hytegraph.graph.validation.engines import RawResult
from hytegraph.graph.validation.merged import merge_reports
from hytegraph.graph.validation.places import Names
from hytegraph.graph.validation.report import Expected, Finding, Report
from hytegraph.graph.validation.validate import findings_of, own_rules, validate_loaded
from hytegraph.graph.vocab import VOID

# Processes cannot give back all memory of a town: they are followed by others when each has validated some. The way of
# an executor to do so, max_tasks_per_child, can wait for ever: https://github.com/python/cpython/issues/115634
_TOWNS_OF_A_PROCESS = 10
# The check that counts the quads of a graph.
SIZES = "graph-not-catalogued"


def is_of_towns(release: Release) -> bool:
    """Whether a release has several towns and the very data that its manifest tells of, whose lines are sorted."""
    towns = release.manifest.get("towns", {})
    return len(towns) > 1 and checksum_of(release.path / DATA) == release.checksum


def validate_towns(release: Release, expected: Iterable[Expected] = ()) -> Report:
    """The report of `validate` with the shapes and checks of the package, for a release that `is_of_towns`.

    Each town is validated with what belongs to none, in as many processes as there are cores.
    """
    file, towns, base = release.path / DATA, frozenset(release.manifest["towns"]), release.manifest["base"]
    one, waiting, jobs = partial(_report_of, file, towns, base), iter(sorted(towns)), os.cpu_count() or 1
    reports: list[Report] = []
    while some := list(islice(waiting, _TOWNS_OF_A_PROCESS * jobs)):
        # A process that is forked from one with threads may wait for ever.
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
            try:
                reports += pool.map(one, some)
            except BrokenProcessPool as error:
                raise ReleaseError(
                    release.path, "a process that validated its towns has died, perhaps for want of memory"
                ) from error
    of_none = list(parse(town_lines(file, "", towns, base), RdfFormat.N_QUADS, lenient=True))
    first, *others = reports
    sizes = _sizes_told_wrong(file, of_none, base, town_beginnings(base, towns))
    first = replace(first, findings=(*first.findings, *sizes))
    return merge_reports([first, *others], of_none, expected, base)


def _sizes_told_wrong(
    file: Path, of_none: Sequence[Quad], base: str, of_towns: tuple[str, ...]
) -> list[Finding]:
    """What the check SIZES finds of the graphs that no town owns: every town has lines in them."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        counted = lines_of_graphs(lines)
    told = {quad.subject: quad.object for quad in of_none if quad.predicate == VOID.triples}
    judged = {
        NamedNode(graph): size for graph, size in counted.items() if not f"<{graph}".startswith(of_towns)
    }
    del judged[common_graph(base, "catalogue")]
    wrong = (
        RawResult(
            profile()[SIZES],
            SIZES,
            graph,
            str(VOID.triples),
            Literal(text_of(told[graph])) if graph in told else None,
        )
        for graph, size in judged.items()
        if told.get(graph) != Literal(size)
    )
    store = Store()
    store.bulk_extend(of_none)
    return findings_of(wrong, own_rules(), Names(store))


def _report_of(file: Path, towns: frozenset[str], base: str, town: str) -> Report:
    """The report of one town alone, without the rules, which are the same for all."""
    data = town_lines(file, town, towns, base)
    store = load(Path(DATA), BytesIO(data), RdfFormat.N_QUADS, trusted=True).store
    report = validate_loaded(store, StringIO(data.decode()), base)
    # What belongs to no town may name a thing or stand in a graph of another one, which is whole only with that one.
    others, mine = town_beginnings(base, towns - {town}), town_beginnings(base, [town])
    findings = tuple(
        each
        for each in report.findings
        if not each.focus.startswith(others)
        and not each.term.startswith(others)
        and (each.shape != SIZES or each.focus.startswith(mine))
    )
    return replace(report, rules=(), findings=findings)
