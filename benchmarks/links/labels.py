"""The labels of two readers, each thing they name found in the graph of the town that they read."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hytegraph.loaders.links.link import LinkEnd

LABELS = Path(__file__).parents[2] / "tests" / "data" / "labels"
READERS = ("a", "b")
_LINE = re.compile(r"L(\d+)")
_NONE = ("dropped", "transferred", "new")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reader says of a pair."""

    kind: str
    is_clear: bool


@dataclass(slots=True)
class Labels:
    """The pairs that readers see, and what they see no counterpart of, by the ids of the things.

    `line` is the line of each subject: those on odd lines are held out, nothing is tuned on them.
    """

    pairs: dict[tuple[str, str], dict[str, Verdict]] = field(default_factory=lambda: defaultdict(dict))
    alone: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    line: dict[str, int] = field(default_factory=dict)

    def subjects(self, *, held_out: bool) -> frozenset[str]:
        """The subjects of one half."""
        return frozenset(subject for subject, line in self.line.items() if (line % 2 == 1) == held_out)


class Resolver:
    """From a reader's name of a thing, `004:L1247/2`, to the thing."""

    def __init__(self, elements: Iterable[LinkEnd]) -> None:
        self._found: dict[str, LinkEnd] = {}
        for element in elements:
            self._found |= dict.fromkeys(_names(element), element)

    def __call__(self, name: str) -> LinkEnd | None:
        """The thing; None for a row without a measure."""
        return self._found.get(name)


def _names(element: LinkEnd) -> Iterator[str]:
    document, tail = element.evidence[:3], element.id.rpartition("/")[2]
    if element.kind == "measure":
        row, _, number = tail.rpartition("-")
        yield from (f"{document}:{row}/{number}", f"{document}:M{row}/{number}")
    elif element.kind in ("realisation", "project"):
        yield f"{document}:{'R' if element.kind == 'realisation' else ''}{tail}"
    else:
        for place in element.evidence.split():
            name, _, lines = place.partition(":")
            begins = lines.partition("-")[0]
            yield f"{name[:3]}:{begins}"
            if element.kind == "aim":
                yield f"{name[:3]}:A{begins}"


def line_of(name: str) -> int:
    """The line of a thing as a reader names it."""
    return int(_LINE.findall(name.partition("/")[0])[-1])


def rows(reader: str, table: str) -> list[dict[str, str]]:
    """A table of a reader."""
    with (LABELS / reader / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_labels(
    elements: Iterable[LinkEnd], *tables: str, ends: tuple[str, str] = ("subject", "object")
) -> Labels:
    """The labels of some tables; raises LookupError for a thing that the graph does not have."""
    resolve, labels = Resolver(elements), Labels()
    for reader in READERS:
        for row in (row for table in tables for row in rows(reader, table)):
            _add(labels, reader, row, ends, resolve)
    return labels


def _add(
    labels: Labels, reader: str, row: Mapping[str, str], ends: tuple[str, str], resolve: Resolver
) -> None:
    first, second = (row[end] for end in ends)
    subject, target = resolve(first), resolve(second)
    if second and target is None:
        raise LookupError(f"reader {reader} names '{second}', which is not in the graph")
    # Two rows of the report have no measure, and the readers say so.
    name = subject or target
    if name is None or (first and subject is None):
        return
    labels.line.setdefault(name.id, line_of(first or second))
    if subject and target:
        labels.pairs[subject.id, target.id][reader] = Verdict(row.get("kind", ""), row["strength"] == "clear")
    else:
        labels.alone[name.id][reader] = row.get("kind", "")
