"""How long each query of the package takes over a whole release, the slowest first: `python -m benchmarks.queries`.

A query is asked with the examples of its parameters, in a process of its own that shares the loaded data, and is ended
when it takes too long; the exit code is then 1.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import QueryBoolean

from hytegraph.graph.query.gaps import load_gaps
from hytegraph.graph.query.named import NamedQuery, load_competency_questions, load_queries, written_out
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.validation.checks import load_checks

# Where a check's IRIs begin has no example.
BASE = "base"


def queries() -> Iterator[tuple[str, NamedQuery]]:
    """The queries that are asked of whole data, with the folder that each stands in."""
    yield from (("service", query) for query in load_queries().values())
    yield from (("competency", question.query) for question in load_competency_questions().values())
    yield from (("gaps", gap.query) for gap in load_gaps().values())
    yield from (("checks", check.query) for check in load_checks())


def seconds_of(dataset: Dataset, query: NamedQuery, limit: float) -> tuple[float, int] | None:
    """Seconds of CPU and rows, or triples of a CONSTRUCT; None when it takes longer than the limit, seconds by the clock."""
    values = {
        parameter.name: dataset.base if parameter.name == BASE else parameter.example
        for parameter in query.parameters
    }
    ours, its = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_ask, args=(dataset, query, values, its))
    process.start()
    its.close()
    try:
        return ours.recv() if ours.poll(limit) else None
    finally:
        process.kill()
        process.join()
        ours.close()


def _ask(dataset: Dataset, query: NamedQuery, values: dict[str, str], answer: Connection) -> None:
    began = time.process_time()
    result = dataset.query(written_out(query, values))
    rows = 1 if isinstance(result, QueryBoolean) else sum(1 for _ in result)
    answer.send((time.process_time() - began, rows))


def main() -> int:
    """A line a query; 1 when one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long a query may take (30)")
    options = parser.parse_args()
    dataset = Dataset.open(options.release)
    taken = {f"{kind}/{query.name}": seconds_of(dataset, query, options.seconds) for kind, query in queries()}
    for name in sorted(taken, key=lambda name: -(taken[name] or (options.seconds, 0))[0]):
        found = taken[name]
        print(
            f"{found[0]:8.2f} s {found[1]:8} rows  {name}"
            if found
            else f"  longer than {options.seconds} s  {name}"
        )
    return int(None in taken.values())


if __name__ == "__main__":
    sys.exit(main())
