"""The file docs/benchmarks.md: what to take from it, then a section for each size; a run replaces its own alone."""

import os
import platform
import re
from pathlib import Path

from benchmarks.bench import Outcome
from benchmarks.clients import Measured
from benchmarks.honesty import HEAVY, protocol_cases
from benchmarks.latency import PageTime
from benchmarks.servers import TIME_LIMIT
from benchmarks.sizes import SIZES, US, WITHOUT_CACHE, Plan

_HEAD = """# Measured beside the peers

{taken}

How to read it: each size is one run of `make bench` (`BENCH="--size region"`, `BENCH="--size country"`), in which the
servers run at the same time and are asked in turns. The client is a Python process on the same cores, so rates are lower
bounds and ratios too near to one; CPU is that of the servers' processes alone. «{us}» keeps answers, «{without}» evaluates
each. A page is read from a service that keeps none, the first byte at once after the start. The documents of a town are
Kemi's, of more towns invented (`python -m benchmarks.folders`). Sizes may have been measured on machines that differ by half:
figures compare within a section, not with those of another.
"""
_NONE_YET = "No size has been measured yet."
_TAKEN = re.compile(r"^> (.+)$", re.MULTILINE)


def write_section(file: Path, plan: Plan, outcome: Outcome) -> None:
    """Put the section of a size into the file, in the order of the sizes, and the first lines anew."""
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    sections = {name: _between(old, name) for name in (*SIZES, plan.name)}
    sections[plan.name] = _section(plan, outcome)
    kept = {name: text for name, text in sections.items() if text}
    taken = "\n".join(f"- {line}" for text in kept.values() for line in _TAKEN.findall(text)) or _NONE_YET
    head = _HEAD.format(taken=taken, us=US, without=WITHOUT_CACHE)
    body = "\n".join(f"{_mark(name)}\n\n{text}\n" for name, text in kept.items())
    file.write_text(f"{head}\n{body}{_mark('end')}\n", encoding="utf-8")


def _mark(name: str) -> str:
    return f"<!-- size: {name} -->"


def _between(text: str, name: str) -> str:
    """The section of a size in the file as it is; '' where it has none."""
    _, mark, rest = text.partition(_mark(name))
    return rest.partition("<!-- size: ")[0].strip() if mark else ""


def _section(plan: Plan, outcome: Outcome) -> str:
    names = [name for name in plan.servers if name in outcome.starts]
    towns = "Kemi" if not plan.towns else f"{outcome.towns} invented towns"
    lines = [
        f"## {plan.name.capitalize()}: {towns}, {outcome.quads:,} quads", "", f"> {_lesson(plan, outcome, names)}", "",
        _setting(outcome), "",
        "### What a publisher does", "", *_task_table(outcome), "",
        "### What a reader waits for", "", *_page_table(outcome), "",
    ]  # fmt: skip
    for clients in plan.clients:
        lines += [
            f"### {clients} client{'s' if clients > 1 else ''}",
            "",
            *_table(outcome, names, clients),
            "",
        ]
    lines += ["### CPU per request, 1 client (ms)", "", *_cpu_table(outcome, names), ""]
    lines += ["### Honesty, start and memory", "", *_honesty_table(outcome, names)]
    return "\n".join(lines)


def _setting(outcome: Outcome) -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, loopback; {outcome.triples:,} triples in the "
        f"default graph. Answers compared once per question: {_agreement(outcome)}."
    )


def _lesson(plan: Plan, outcome: Outcome, names: list[str]) -> str:
    """What a reader should take from the size, in one line."""
    build, reading = outcome.tasks[0].spent, outcome.reading
    assert reading
    slowest = max(reading.pages.items(), key=lambda page: page[1].p95 if page[1].seconds else 0.0)
    us = WITHOUT_CACHE if WITHOUT_CACHE in names else US
    peer = next((name for name in ("oxigraph, memory", "oxigraph, disk") if name in names), "")
    light = _ratio(outcome.cells.get(("light mix", 1, us)), outcome.cells.get(("light mix", 1, peer)))
    failed = sum(len(page.failed) for page in reading.pages.values())
    kept = ", kept answers among them" if us == US else ""
    return (
        f"**{plan.name.capitalize()}** ({outcome.quads:,} quads): built from nothing in {build.seconds:,.0f} s with "
        f"{build.megabytes:,.0f} MB, after one changed cell in {outcome.tasks[1].spent.seconds:,.1f} s; ready "
        f"{reading.restart:.1f} s after a restart with {reading.megabytes:,.0f} MB; slowest type of page {slowest[0]}, p95 "
        f"{slowest[1].p95:,.0f} ms; {failed} of the addresses failed; light questions at {light} of the rate of {peer}{kept}."
    )


def _agreement(outcome: Outcome) -> str:
    differing = sorted(
        {
            name
            for name, _ in outcome.sizes
            if len({n for (q, _), n in outcome.sizes.items() if q == name}) > 1
        }
    )
    return f"not the same rows: {', '.join(differing)}" if differing else "the same number of rows everywhere"


def _task_table(outcome: Outcome) -> list[str]:
    rows = ["| task | seconds | CPU, s | peak MB |", "|---|---:|---:|---:|"]
    for task in outcome.tasks:
        spent = task.spent
        failed = "" if spent.code in (0, 1) else f" (exit {spent.code})"
        rows.append(
            f"| {task.name}{failed} | {spent.seconds:,.1f} | {spent.cpu:,.1f} | {spent.megabytes:,.0f} |"
        )
    return rows


def _page_table(outcome: Outcome) -> list[str]:
    reading = outcome.reading
    assert reading
    start = (
        f"Ready {reading.first_start:.1f} s after the first start, {reading.restart:.1f} s after a restart"
    )
    rows = [f"{start}; {reading.megabytes:,.0f} MB after all pages were read.", ""]
    rows += [
        "| page | addresses | p50 ms | p95 ms | largest kB, as sent | failed |",
        "|---|---:|---:|---:|---:|---|",
    ]
    return rows + [_page_row(name, page) for name, page in reading.pages.items()]


def _page_row(name: str, page: PageTime) -> str:
    failed = "; ".join(page.failed[:2]) + (
        f" and {len(page.failed) - 2} more" if len(page.failed) > 2 else ""
    )
    times = (
        f"{page.median:,.1f} | {page.p95:,.1f} | {page.largest / 1000:,.0f}" if page.seconds else "– | – | –"
    )
    return f"| {name} | {len(page.seconds) + len(page.failed)} | {times} | {failed} |"


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
        "| megabytes after the questions | "
        + " | ".join(f"{outcome.megabytes[name]:,.0f}" for name in names)
        + " |",
        "| seconds until the first answer, loading included | "
        + " | ".join(f"{outcome.starts[name]:.1f}" for name in names)
        + " |",
    ]
    return rows
