"""Compares hytegraph with other servers over the same data in one interleaved run and writes docs/benchmarks.md.

`make bench` takes less than ten minutes on two cores; `--quick` asks fewer servers fewer questions of a town's data.
Everything is on loopback.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat

from benchmarks import generate
from benchmarks.clients import Connection, Measured, cpu_of, load
from benchmarks.honesty import HEAVY, Honesty, judge, protocol_cases
from benchmarks.questions import Question, questions_of, read_things
from benchmarks.servers import STARTERS, TIME_LIMIT, Data, Server, add_checkout, installed, running
from hytegraph.graph.store.loading import load as load_store

US = "hytegraph"
SLOW_SECONDS = 1.0
# CPU in a second of waiting that is nothing but the servers' clocks.
SETTLE_SECONDS, IDLE_CPU = 120.0, 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the data are, who is asked, and for how long."""

    towns: int
    years: int
    servers: tuple[str, ...]
    clients: tuple[int, ...]
    rounds: int
    seconds: float
    forms: int
    questions: tuple[str, ...] = ()


FULL = Plan(20, 5, tuple(STARTERS), (1, 4, 16), 2, 0.6, 2000)
QUICK = Plan(1, 3, (US, "hytegraph, no cache", "oxigraph, memory"), (1, 4), 1, 0.25, 100)


@dataclass(slots=True)
class Outcome:
    """All that was measured, by question, number of clients and server."""

    triples: int = 0
    cells: dict[tuple[str, int, str], Measured] = field(default_factory=dict)
    sizes: dict[tuple[str, str], int] = field(default_factory=dict)
    starts: dict[str, float] = field(default_factory=dict)
    honesty: dict[str, Honesty] = field(default_factory=dict)


def run(plan: Plan, folder: Path, release: Path) -> Outcome:
    """Make the data, start the servers, ask, and judge."""
    data, outcome = _data(plan, folder, release)
    questions = tuple(
        question
        for question in questions_of(read_things(data.quads), plan.forms)
        if not plan.questions or question.name in plan.questions
    )
    with ExitStack() as stack:
        servers = [
            stack.enter_context(running(name, data, folder)) for name in plan.servers if installed(name)
        ]
        outcome.starts = {server.name: server.started for server in servers}
        for question in questions:
            _warm(servers, question, outcome)
        _settle(servers)
        for turn in range(plan.rounds):
            for question in questions:
                for clients in plan.clients:
                    for server in servers:
                        _cell(outcome, plan, question, clients, server, turn)
        for server in servers:
            outcome.honesty[server.name] = judge(server, questions[0], 4 * plan.seconds)
            os.kill(server.pid, 9)
    return outcome


def _data(plan: Plan, folder: Path, release: Path) -> tuple[Data, Outcome]:
    data = Data(folder / "data.nq", folder / "data.nt")
    generate.write(release / "data.nq", plan.towns, plan.years, data.quads)
    with data.quads.open("rb") as stream:
        store = load_store(data.quads, stream, RdfFormat.N_QUADS).store
    store.dump(str(data.triples), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    with data.triples.open("rb") as lines:
        return data, Outcome(triples=sum(1 for _ in lines))


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


def report(outcome: Outcome, plan: Plan) -> str:
    """The tables in Markdown."""
    names = [name for name in plan.servers if name in outcome.starts]
    lines = [
        "# Measured beside the peers",
        "",
        _setting(outcome, plan),
        "",
        "Ratios are hytegraph's rate divided by the other's: above 1 hytegraph is faster.",
        "",
    ]
    for clients in plan.clients:
        lines += [
            f"## {clients} client{'s' if clients > 1 else ''}",
            "",
            *_table(outcome, names, clients),
            "",
        ]
    lines += ["## CPU per request, 1 client (ms)", "", *_cpu_table(outcome, names), ""]
    lines += ["## Honesty", "", *_honesty_table(outcome, names), ""]
    return "\n".join(lines)


def _setting(outcome: Outcome, plan: Plan) -> str:
    differing = sorted(
        {
            name
            for name, _ in outcome.sizes
            if len({n for (q, _), n in outcome.sizes.items() if q == name}) > 1
        }
    )
    agreed = (
        f"not the same rows: {', '.join(differing)}" if differing else "the same number of rows everywhere"
    )
    cached = (
        "Repeated queries, class counts, measures without indicator and text search have one or eight forms, so "
        "hytegraph answers them from its result cache; «hytegraph, no cache» evaluates them."
    )
    return (
        f"Made by `make bench` on {os.cpu_count()} cores, Python {platform.python_version()}, loopback, "
        f"{outcome.triples:,} triples in the default graph ({plan.towns} towns × {plan.years} years). The servers run "
        "at the same time and are asked in turns. The client is a Python process on the same cores, so the rates are "
        "lower bounds and the ratios too near to one; CPU is that of the server's processes alone. "
        f"Answers compared once per question: {agreed}. {cached}"
    )


def _table(outcome: Outcome, names: list[str], clients: int) -> list[str]:
    others = [name for name in names if name != US]
    rows = [
        "| question | "
        + " | ".join(f"{name}: /s · median ms" for name in names)
        + " | "
        + " | ".join(f"ratio to {name}" for name in others)
        + " |",
        "|---|" + "---|" * (len(names) + len(others)),
    ]
    for question in dict.fromkeys(key[0] for key in outcome.cells):
        cells = {name: outcome.cells.get((question, clients, name)) for name in names}
        us = cells[US]
        shown = [_shown(cells[name]) for name in names]
        ratios = [_ratio(us, cells[name]) for name in others]
        rows.append(f"| {question} | " + " | ".join((*shown, *ratios)) + " |")
    return rows


def _shown(cell: Measured | None) -> str:
    if cell is None or not cell.latencies:
        return "no answer" if cell is not None and cell.failed else "–"
    failed = f" ({cell.failed} failed)" if cell.failed else ""
    return (
        f"{cell.rate:,.0f} · {cell.median:.1f}{failed}"
        if cell.rate >= 10
        else f"{cell.rate:.1f} · {cell.median:.0f}{failed}"
    )


def _ratio(us: Measured | None, other: Measured | None) -> str:
    return f"{us.rate / other.rate:.2f}" if us is not None and other is not None and other.rate else "–"


def _cpu_table(outcome: Outcome, names: list[str]) -> list[str]:
    rows = ["| question | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for question in dict.fromkeys(key[0] for key in outcome.cells):
        cells = [outcome.cells.get((question, 1, name)) for name in names]
        shown = [f"{cell.cpu_each:.2f}" if cell is not None and cell.latencies else "–" for cell in cells]
        rows.append(f"| {question} | " + " | ".join(shown) + " |")
    return rows


def _honesty_table(outcome: Outcome, names: list[str]) -> list[str]:
    judged = [outcome.honesty[name] for name in names]
    rows = ["| | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for place, form in enumerate(HEAVY):
        found = [each.overshoot[place][1] for each in judged]
        cells = ["never in 12 s" if over is None else f"{over:.2f} s" for over in found]
        rows.append(f"| overshoot at a {TIME_LIMIT} s limit: {form} | " + " | ".join(cells) + " |")
    rows += [
        f"| of {len(HEAVY)} cut queries, sent as 200 | "
        + " | ".join(str(each.failures_as_200) for each in judged)
        + " |",
        f"| of {len(protocol_cases())} W3C protocol cases without graphs or updates, passed | "
        + " | ".join(str(len(protocol_cases()) - len(each.protocol)) for each in judged)
        + " |",
        "| connections caused by 3 queries | " + " | ".join(str(each.outbound) for each in judged) + " |",
        "| p95 of the light mix beside two heavy queries | "
        + " | ".join(
            f"{each.p95_beside_heavy:,.0f} ms ({each.answered_beside_heavy} answered, {each.failed_beside_heavy} failed)"
            for each in judged
        )
        + " |",
        "| seconds until the first answer, loading included | "
        + " | ".join(f"{outcome.starts[name]:.1f}" for name in names)
        + " |",
    ]
    return rows


def main() -> None:
    """Read the arguments, run, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="a town's data, two servers, less than a minute")
    parser.add_argument("--release", type=Path, default=Path("build/release"))
    parser.add_argument("--towns", type=int, help="how many towns (20)")
    parser.add_argument("--years", type=int, help="how many years (5)")
    parser.add_argument("--servers", nargs="+", metavar="NAME", help="only these servers take part")
    parser.add_argument("--questions", nargs="+", metavar="NAME", help="only these questions are asked")
    parser.add_argument(
        "--beside",
        type=Path,
        metavar="FOLDER",
        help="another checkout of hytegraph, with its .venv, takes part",
    )
    parser.add_argument("-o", "--out", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args()
    plan = QUICK if options.quick else FULL
    plan = replace(plan, towns=options.towns or plan.towns, years=options.years or plan.years)
    plan = replace(
        plan, servers=tuple(options.servers or plan.servers), questions=tuple(options.questions or ())
    )
    if options.beside:
        plan = replace(plan, servers=(*plan.servers, *add_checkout(options.beside)))
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(plan, Path(folder), options.release)
    options.out.write_text(report(outcome, plan), encoding="utf-8")
    print(f"{options.out} is written")


if __name__ == "__main__":
    main()
