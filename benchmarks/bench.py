"""Compares hytegraph with other servers over the same data, does what people do, and writes docs/benchmarks.md.

`make bench` measures a town; `BENCH="--size region"` twenty invented towns, `BENCH="--size country"` 309. The file has a
section for each size, and a run replaces its own alone. `--quick` is a small run. Everything is on loopback.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.clients import Connection, Measured, cpu_of, load
from benchmarks.honesty import Honesty, judge
from benchmarks.latency import Reading, read_as_people
from benchmarks.processes import megabytes_of
from benchmarks.questions import Question, questions_of, read_things
from benchmarks.servers import Data, Server, add_checkout, installed, running
from benchmarks.sizes import QUICK, SIZES, Plan, folders_of
from benchmarks.tasks import Task, build_tasks, data_tasks
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH

SLOW_SECONDS = 1.0
# CPU in a second of waiting that is nothing but the servers' clocks.
SETTLE_SECONDS, IDLE_CPU = 120.0, 0.05


@dataclass(slots=True)
class Outcome:
    """All that was measured: the tasks, the pages, and by question, number of clients and server the rates."""

    triples: int = 0
    quads: int = 0
    towns: int = 0
    tasks: list[Task] = field(default_factory=list)
    reading: Reading | None = None
    cells: dict[tuple[str, int, str], Measured] = field(default_factory=dict)
    sizes: dict[tuple[str, str], int] = field(default_factory=dict)
    starts: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, float] = field(default_factory=dict)
    honesty: dict[str, Honesty] = field(default_factory=dict)


def run(plan: Plan, folder: Path, folders: Sequence[Path]) -> Outcome:
    """Build the release, do what people do with it, then start the servers, ask them in turns, and judge them."""
    outcome = Outcome(towns=len(folders))
    release = folder / "built" / "release"
    outcome.tasks = build_tasks(folders, release)
    data = _data(release, folder, outcome)
    outcome.tasks += data_tasks(release, data.triples, compares_validation=plan.compares_validation)
    outcome.reading = read_as_people(release, folder / "storage", plan.addresses)
    for name, page in outcome.reading.pages.items():
        print(f"{name}: median {page.median:.1f} ms, p95 {page.p95:.1f} ms", flush=True)
    _beside_peers(plan, data, folder, outcome)
    return outcome


def _beside_peers(plan: Plan, data: Data, folder: Path, outcome: Outcome) -> None:
    questions = tuple(
        question
        for question in questions_of(read_things(data.quads), plan.forms)
        if not plan.questions or question.name in plan.questions
    )
    with ExitStack() as stack:
        servers = [
            stack.enter_context(running(name, data, folder, plan.start_seconds))
            for name in plan.servers
            if installed(name)
        ]
        outcome.starts = {server.name: server.started for server in servers}
        print(f"seconds to the start: {outcome.starts}", flush=True)
        for question in questions:
            _warm(servers, question, outcome)
        _settle(servers)
        for turn in range(plan.rounds):
            for question in questions:
                for clients in plan.clients:
                    for server in servers:
                        _cell(outcome, plan, question, clients, server, turn)
        outcome.megabytes = {server.name: megabytes_of(server.pid) for server in servers}
        for server in servers:
            outcome.honesty[server.name] = judge(server, questions[0], 4 * plan.seconds)
            os.kill(server.pid, 9)


def _data(release: Path, folder: Path, outcome: Outcome) -> Data:
    """The data of the release, and the triples of its default graph for servers that make no such merge."""
    quads, triples = release / "data.nq", folder / "data.nt"
    before = ""
    # The lines are sorted, so a triple that several graphs hold stands in neighbouring lines.
    with quads.open(encoding="utf-8") as lines, triples.open("w", encoding="utf-8", newline="\n") as merged:
        for line in lines:
            outcome.quads += 1
            triple, graph, _ = line.rsplit(" ", 2)
            if triple != before and not graph.strip("<>").endswith(NOT_IN_DEFAULT_GRAPH):
                outcome.triples += 1
                before = triple
                merged.write(f"{triple} .\n")
    return Data(quads, triples, release)


def _warm(servers: Sequence[Server], question: Question, outcome: Outcome) -> None:
    """One question each, outside the times; the size of the answer shows whether the servers say the same."""
    for server in servers:
        reply = Connection(server.port, server.path, 20.0).ask(question.forms[-1])
        rows = reply.body.count(b'"label"') + reply.body.count(b'"measure"') + reply.body.count(b'"class"')
        outcome.sizes[question.name, server.name] = rows if reply.status == 200 else -reply.status


def _settle(servers: Sequence[Server]) -> None:
    """Wait until no server works any more: what one reads ahead after its start is no part of its answers."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        before = sum(cpu_of(server.pid) for server in servers)
        time.sleep(1)
        if sum(cpu_of(server.pid) for server in servers) - before < IDLE_CPU:
            return


def _cell(outcome: Outcome, plan: Plan, question: Question, clients: int, server: Server, turn: int) -> None:
    first = outcome.cells.get((question.name, 1, server.name))
    is_slow = first is not None and not first.median <= SLOW_SECONDS * 1000
    if is_slow and (turn or clients > 1):
        return
    cell = outcome.cells.setdefault((question.name, clients, server.name), Measured())
    # Other forms than in the cells before: what has been asked before may be kept by the server.
    begin = (turn * len(plan.clients) + plan.clients.index(clients)) * len(question.forms) // 6
    cell.add(load(server.port, server.path, server.pid, question.forms, clients, plan.seconds, begin))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", choices=tuple(SIZES), default="town", help="how large the data are (town)")
    parser.add_argument("--quick", action="store_true", help="a town, two servers, a minute or two")
    parser.add_argument(
        "--folders", type=Path, metavar="DIR", help="the document folders in DIR, not new ones"
    )
    parser.add_argument("--kept", type=Path, default=Path("build/bench"), help="where made folders are kept")
    parser.add_argument("--servers", nargs="+", metavar="NAME", help="only these servers take part")
    parser.add_argument("--questions", nargs="+", metavar="NAME", help="only these questions are asked")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where data and stores lie during the run")
    parser.add_argument(
        "--beside",
        type=Path,
        metavar="FOLDER",
        help="another checkout of hytegraph, with its .venv, takes part",
    )
    parser.add_argument("-o", "--out", type=Path, default=Path("docs/benchmarks.md"))
    return parser.parse_args()


def main() -> None:
    """Read the arguments, run, and write the section of the size."""
    from benchmarks.page import write_section

    options = _arguments()
    plan = QUICK if options.quick else SIZES[options.size]
    plan = replace(
        plan, servers=tuple(options.servers or plan.servers), questions=tuple(options.questions or ())
    )
    if options.beside:
        plan = replace(plan, servers=(*plan.servers, *add_checkout(options.beside)))
    folders = folders_of(plan, options.kept, options.folders)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        outcome = run(plan, Path(folder), folders)
    write_section(options.out, plan, outcome)
    print(f"{options.out} is written")


if __name__ == "__main__":
    main()
