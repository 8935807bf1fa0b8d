"""Invented contents of a plan: aims, goals and measures with all that belongs to them, other ones for every sample."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading.samples import Cell, Gold

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
SEED = "hytegraph reading 1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure and all that a plan may say of it; lists hold the items of their cells."""

    aim: str
    goal: str
    number: str
    sector: str
    measure: str
    responsible: tuple[str, ...]
    partner: tuple[str, ...]
    schedule: str
    resource: str
    indicator: tuple[str, ...]
    baseline: str
    target: str
    realisation: str
    status: str

    def words(self, role: str, between: str = ", ") -> str:
        value = getattr(self, role)
        return value if isinstance(value, str) else between.join(value)

    def gold(self, *roles: str) -> Gold:
        return {role: [self.words(role, " | ")] for role in roles if getattr(self, role)}


class Author:
    """Draws the words of one sample; the same sample has the same words every time."""

    def __init__(self, structure: str, half: str, number: int, language: str = "fi") -> None:
        self.half, self.language = half, language
        self.draw = random.Random(f"{SEED} {structure} {half} {number} {language}")
        self.words: dict[str, Any] = WORDS[half][language]
        suffix = "_sv" if language == "sv" else ""
        self.town: str = self.draw.choice(WORDS["towns"][half + suffix])
        self.people: list[str] = self.draw.sample(WORDS["people"][half + suffix], 4)
        self._headings = {role: self.draw.choice(names) for role, names in self.words["headings"].items()}

    def heading(self, role: str) -> str:
        return str(self._headings[role])

    def header(self, *roles: str) -> list[Cell]:
        return [Cell(self.heading(role)) for role in roles]

    def some(self, what: str, least: int, most: int) -> tuple[str, ...]:
        return tuple(self.draw.sample(self.words[what], self.draw.randint(least, most)))

    def one(self, what: str) -> str:
        return str(self.draw.choice(self.words[what]))

    def prose(self) -> str:
        return " ".join(self.words["prose"])

    def entries(self, aims: int = 2, goals: int = 2, measures: int = 2) -> list[Entry]:
        """As many aims, goals an aim and measures a goal; no measure is written twice."""
        texts = self._measures()
        some_goals = iter(self.draw.sample(self.words["goals"], min(aims * goals, len(self.words["goals"]))))
        entries = []
        for aim_number, aim in enumerate(self.draw.sample(self.words["aims"], aims), 1):
            for goal_number in range(1, goals + 1):
                goal = next(some_goals)
                sector = self.one("sectors")
                for number in range(1, measures + 1):
                    place = f"{aim_number}.{goal_number}.{number}"
                    entries.append(self._entry(aim, goal, place, sector, next(texts)))
        return entries

    def long_entries(self, goals: int, measures: int) -> list[Entry]:
        """As many measures as a document of many pages has; goals and measures are told apart by their counts."""
        texts = self._measures()
        aim = self.one("aims")
        return [
            self._entry(aim, f"{self.words['goals'][goal % len(self.words['goals'])]} ({goal + 1}. vaihe)",
                        f"{goal + 1}.{number + 1}", "", next(texts))
            for goal in range(goals)
            for number in range(measures)
        ]  # fmt: skip

    def _measures(self) -> Iterator[str]:
        pairs = [(what, where) for what in self.words["measures"] for where in self.words["places"]]
        self.draw.shuffle(pairs)
        count = 0
        while True:
            what, where = pairs[count % len(pairs)]
            yield f"{what} {where}" + (f", vaihe {count // len(pairs) + 1}" if count >= len(pairs) else "")
            count += 1

    def _entry(self, aim: str, goal: str, number: str, sector: str, measure: str) -> Entry:
        return Entry(
            aim, goal, number, sector, measure,
            responsible=self.some("parties", 1, 2), partner=self.some("partners", 1, 2),
            schedule=self.one("schedules"), resource=self.one("resources"), indicator=self.some("indicators", 1, 2),
            baseline=self.one("baselines"), target=self.one("targets"), realisation=self.one("realisations"),
            status=self.one("status"),
        )  # fmt: skip


def groups(entries: Sequence[Entry], role: str) -> list[list[Entry]]:
    """Neighbours with the same value of a role."""
    grouped: list[list[Entry]] = []
    for entry in entries:
        if grouped and getattr(grouped[-1][0], role) == getattr(entry, role):
            grouped[-1].append(entry)
        else:
            grouped.append([entry])
    return grouped
