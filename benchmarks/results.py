"""How well results are read: statuses of statements and of measures, and targets, against two readers of this project.

`python -m benchmarks.results even` compares the rows with even numbers, by which the rules were tuned; `odd` those that
were held out. Each reader labelled alone and did not see what the program says. `done` draws DRAWN of what Kemi's tables
call done and counts how many a reader, a language model, found unsupported by the words (labels/done.csv).
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.resources import example_folder
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.links.link import LinkAssertion
from hytegraph.loaders.links.results.amounts import read_written
from hytegraph.loaders.links.results.measures import STEP, suggest_results
from hytegraph.loaders.links.results.met import NOT_TOLD
from hytegraph.loaders.links.results.targets import (
    REPORTED_VALUE,
    REPORTS_ON_TARGET,
    TARGET_VALUE,
    suggest_targets,
)
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.loaders.links.status import DONE, read_clauses
from hytegraph.loaders.links.town_graph import RowItems, read_material

LABELS = Path(__file__).parents[1] / "tests" / "data" / "labels"
READERS = ("a", "b")
DRAWN, SEED = 50, 14
_CALLED = ("status", "results")
# The readers had fewer words for how far a thing has come.
_AS_READ = {"planned": "inProgress", "partial": "inProgress", "notStarted": "notDone", "mixed": "inProgress"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many of what was counted are right, and the places of those that are not."""

    right: int
    all: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.right}/{self.all}" + (f" = {self.right / self.all:.2f}" if self.all else "")


def score(judged: Iterable[tuple[bool, str]]) -> Score:
    """The score of a list of judgements, each with its place."""
    listed = tuple(judged)
    return Score(
        sum(right for right, _ in listed), len(listed), tuple(place for right, place in listed if not right)
    )


def labels(reader: str, half: int) -> list[dict[str, str]]:
    """What a reader wrote of the rows whose line is even (half 0) or odd (half 1)."""
    with (LABELS / f"results-{reader}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if line_of(row["row"]) % 2 == half]


def line_of(row: str) -> int:
    """The line number in the name of a row."""
    return int(row.rpartition("L")[2])


def statements(half: int) -> dict[tuple[str, str], list[dict[str, str]]]:
    """What the readers labelled of the same words; one may have cut finer than the other."""
    one, other = (
        [row for row in labels(reader, half) if row["part"] == "realisation" and row["status"]]
        for reader in READERS
    )
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for label in one:
        text = label["text"].strip(" .")
        same = [
            row for row in other if row["row"] == label["row"] and _overlap(text, row["text"].strip(" ."))
        ]
        if same:
            found[label["row"], text] = [label, *same]
    return found


def _overlap(text: str, part: str) -> bool:
    return bool(part) and (part in text or text in part)


def status_score(half: int) -> Score:
    """Statements on whose status both readers agree and of which both say that any careful reader would."""
    return score(_statuses(half))


def _statuses(half: int) -> Iterator[tuple[bool, str]]:
    for (row, text), read in statements(half).items():
        if {label["clear"] for label in read} == {"yes"} and len({label["status"] for label in read}) == 1:
            ours = {_AS_READ.get(one.status, one.status) for one in read_clauses(text)} or {"unknown"}
            yield read[0]["status"] in ours, f"{row} {text[:60]}: {read[0]['status']}, not {sorted(ours)}"


def done_score(half: int) -> Score:
    """Statements that the rules read as done and nothing else, and whether a reader does."""
    return score(
        (
            "done" in {label["status"] for label in read},
            f"{row} {text[:60]}: {[each['status'] for each in read]}",
        )
        for (row, text), read in statements(half).items()
        if {one.status for one in read_clauses(text)} == {"done"}
    )


def measure_statuses(reader: str, half: int) -> dict[tuple[int, int], set[str]]:
    """By row and number of a measure, the statuses that a reader says are its own; STEP where only steps are told."""
    found: dict[tuple[int, int], set[str]] = {}
    for label in labels(reader, half):
        whole, _, step = label["of_measure"].partition(":")
        number = step or whole
        if label["part"] == "realisation" and number.isdigit():
            found.setdefault((line_of(label["row"]), int(number)), set()).add(
                STEP if step else label["status"]
            )
    return {key: told - {STEP} or told for key, told in found.items()}


def our_statuses(rows: Iterable[RowItems], half: int) -> dict[tuple[int, int], set[str]]:
    """The same by the rules."""
    found: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        if row.realisations and line_of(row.id) % 2 == half:
            numbers = {measure.id: number for number, measure in enumerate(row.measures, 1)}
            for link in suggest_results([row]):
                told = found.setdefault((line_of(row.id), numbers[link.subject]), set())
                told.add(_AS_READ.get(link.kind, link.kind))
    told_apart = {key: told - {STEP, "unknown"} or told - {"unknown"} for key, told in found.items()}
    return {key: told for key, told in told_apart.items() if told}


def measure_scores(rows: Iterable[RowItems], half: int) -> Mapping[str, Score]:
    """Precision of "done" (by one reader, by both), and both ways of every status that is a measure's own."""
    ours = our_statuses(rows, half)
    one, other = (measure_statuses(reader, half) for reader in READERS)
    done = [key for key, told in ours.items() if "done" in told]
    own = [key for key, told in ours.items() if told - {STEP}]
    agreed = [key for key in one if key in other and one[key] == other[key]]
    return {
        "done that a reader supports": score(
            ("done" in one.get(key, ()) or "done" in other.get(key, ()), f"L{key[0]}-{key[1]}")
            for key in done
        ),
        "done of both readers found": score(
            ("done" in ours.get(key, ()), f"L{key[0]}-{key[1]}") for key in agreed if "done" in one[key]
        ),
        "own status that a reader supports": score(
            (
                bool(ours[key] & (one.get(key, set()) | other.get(key, set()))),
                f"L{key[0]}-{key[1]} {ours[key]}",
            )
            for key in own
        ),
        "step of both readers given no status": score(
            (ours.get(key, {STEP}) == {STEP}, f"L{key[0]}-{key[1]} {ours.get(key)}")
            for key in agreed
            if one[key] == {STEP}
        ),
        "own status of both readers found": score(
            (bool(ours.get(key, set()) & one[key]), f"L{key[0]}-{key[1]} {one[key]} not {ours.get(key)}")
            for key in agreed
            if one[key] != {STEP}
        ),
    }


def target_scores(rows: Iterable[RowItems], half: int) -> Mapping[str, Score]:
    """The targets with a number, and the assessments, against those on which both readers agree."""
    links = [link for row in rows if line_of(row.id) % 2 == half for link in suggest_targets([row])]
    ours = {_cell(link.subject_label): read_written(link.value) for link in links if _has_number(link)}
    told = {
        _cell(link.object_label): link.kind for link in links if link.predicate.endswith(REPORTS_ON_TARGET)
    }
    values = {
        (_cell(link.subject_label), read_written(link.value).number) for link in links if _is_value(link)
    }
    one, other = ({(row["row"], _cell(row["text"])): row for row in labels(r, half)} for r in READERS)
    both = [(key[1], one[key], other[key]) for key in one if key in other]
    return {
        "numbers of targets of both readers": score(
            (text in ours and ours[text].number == Decimal(label["target"]), f"{text}: {label['target']}")
            for text, label, same in both
            if label["part"] == "indicator" and label["target"] and label["target"] == same["target"]
        ),
        "met, partly met, not met that a reader supports": score(
            (kind in {label["met"], same["met"]}, f"{text}: {kind}, not {label['met']} or {same['met']}")
            for text, label, same in both
            if label["part"] == "indicator" and (kind := told.get(text, "")) not in ("", NOT_TOLD)
        ),
        "met, partly met, not met of both readers found": score(
            (told.get(text) == label["met"], f"{text}: {label['met']}, not {told.get(text)}")
            for text, label, same in both
            if label["part"] == "indicator" and label["met"] == same["met"] != "unknown"
        ),
        "values of both readers found": score(
            ((text, Decimal(label["value"])) in values, f"{text}: {label['value']}")
            for text, label, same in both
            if label["part"] == "realisation" and label["value"] and label["value"] == same["value"]
        ),
    }


def _cell(text: str) -> str:
    return text.strip(" .")


def _has_number(link: LinkAssertion) -> bool:
    return link.predicate.endswith(TARGET_VALUE) and bool(re.search(r"\d", link.value.partition(";")[0]))


def _is_value(link: LinkAssertion) -> bool:
    return link.predicate.endswith(REPORTED_VALUE)


def report(half: int, *, with_faults: bool) -> Iterator[str]:
    """The lines of the report on one half."""
    rows = read_material(read_folder(example_folder()), DEFAULT_BASE).rows
    scores = {
        "status of clear statements": status_score(half),
        "statements read as done that a reader supports": done_score(half),
        **measure_scores(rows, half),
        **target_scores(rows, half),
    }
    for name, one in scores.items():
        yield f"{name}: {one}"
        if with_faults:
            yield from (f"    {place}" for place in one.wrong)


def drawn_done() -> Iterator[str]:
    """The lines of the report on what is called done: verdicts by number, and what nobody has looked at."""
    tables = {table.name: table.links for table in read_link_tables(example_folder())}
    called = sorted(
        (name, link.subject, link.object) for name in _CALLED for link in tables[name] if link.kind == DONE
    )
    with (LABELS / "done.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {
            (row["table"], row["subject"], row["object"]): row["verdict"] for row in csv.DictReader(file)
        }
    drawn = Random(SEED).sample(called, DRAWN)
    counted = Counter(verdicts.get(each, "not looked at") for each in drawn)
    yield f"{DRAWN} of {len(called)} drawn: {', '.join(f'{n} {verdict}' for verdict, n in sorted(counted.items()))}"
    yield from (f"    {' '.join(each)}" for each in drawn if verdicts.get(each) != "supported")


def main(arguments: list[str]) -> int:
    """Print the report of the halves that are named."""
    for name in arguments or ["even", "odd", "done"]:
        if name == "done":
            print("\n".join(drawn_done()))
            continue
        print(f"rows with {name} numbers")
        print("\n".join(report(("even", "odd").index(name), with_faults=name == "even")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
