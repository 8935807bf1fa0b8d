"""The figures of a run as a table for people and as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.reading.run import Outcome
from benchmarks.reading.samples import ROLES
from benchmarks.reading.score import Tally

_HEADER = (
    "structure",
    "half",
    "files",
    "F1",
    "measure",
    "rows",
    "too many",
    "decisions",
    "names left",
    "refused",
    "tracebacks",
)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Of one structure or of all: counts and F1, with those of each role that occurs.

    Rows of documents that are no plans are counted apart and left out of F1.
    """
    tally = Tally()
    for outcome in outcomes:
        if outcome.sample.is_plan:
            tally += outcome.tally
    for outcome in outcomes:
        if not outcome.sample.is_plan:
            for name in ("decisions_seen", "decisions_found", "decisions_too_many"):
                setattr(tally, name, getattr(tally, name) + getattr(outcome.tally, name))
    by_role = {role: round(value, 3) for role in ROLES if (value := tally.f1(role)) is not None}
    overall = tally.f1(*ROLES)
    titles = [outcome.tally for outcome in outcomes if outcome.sample.decisions]
    return {
        "files": len(outcomes),
        "f1": None if overall is None else round(overall, 3),
        "roles": by_role,
        "rows_seen": tally.rows_seen,
        "rows_read": tally.rows_read,
        "rows_too_many": tally.rows_too_many,
        "rows_from_no_plans": sum(len(outcome.rows) for outcome in outcomes if not outcome.sample.is_plan),
        "decisions_seen": tally.decisions_seen,
        "decisions_found": tally.decisions_found,
        "decisions_too_many": tally.decisions_too_many,
        "titles_right": sum(title.right["title"] for title in titles),
        "names_left": sum(len(outcome.names_left) for outcome in outcomes),
        "refused": sum(
            bool(outcome.refusals) for outcome in outcomes if outcome.sample.rows or outcome.sample.decisions
        ),
        "tracebacks": sum(len(outcome.tracebacks) for outcome in outcomes),
    }


def by_structure(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Each structure in each half, then the halves, then all."""
    keys = list(dict.fromkeys((outcome.sample.structure, outcome.sample.half) for outcome in outcomes))
    lines = [
        {
            "structure": structure,
            "half": half,
            **figures([o for o in outcomes if (o.sample.structure, o.sample.half) == (structure, half)]),
        }
        for structure, half in keys
    ]
    for half in dict.fromkeys(half for _, half in keys):
        lines.append(
            {"structure": "all", "half": half, **figures([o for o in outcomes if o.sample.half == half])}
        )
    return [*lines, {"structure": "all", "half": "both", **figures(outcomes)}]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _cells(line: dict[str, Any]) -> list[str]:
    too_many = line["rows_too_many"] + line["rows_from_no_plans"]
    return [
        line["structure"], line["half"], str(line["files"]), _shown(line["f1"]), _shown(line["roles"].get("measure")),
        f"{line['rows_read']}/{line['rows_seen']}", str(too_many), f"{line['decisions_found']}/{line['decisions_seen']}",
        str(line["names_left"]), str(line["refused"]), str(line["tracebacks"]),
    ]  # fmt: skip


def as_table(lines: Iterable[dict[str, Any]]) -> str:
    """A table in Markdown, and F1 by role of the last line."""
    rows = list(lines)
    printed = [_HEADER, ("---",) * len(_HEADER), *map(_cells, rows)]
    roles = ", ".join(f"{role} {value:.3f}" for role, value in rows[-1]["roles"].items())
    return "\n".join("| " + " | ".join(cells) + " |" for cells in printed) + f"\n\nF1 by role: {roles}\n"
