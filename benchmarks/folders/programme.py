"""What a town plans in two periods: aims, goals and measures, of which some go on, some end and some are new."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.folders.towns import WORDS, InventedTown
from benchmarks.reading.author import WORDS as READING_WORDS
from benchmarks.reading.author import Author, Entry

OLD_PERIOD, NEW_PERIOD = "2022–2025", "2026–2029"
_GOES_ON, _SAME_WORDS, _SAME_AIM = 0.6, 0.7, 0.75


@dataclass(frozen=True, slots=True)
class Programme:
    """The entries of the old and the new period."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]


class TownAuthor(Author):
    """Writes one document of a town: the layouts of the reading benchmark take their words from an author."""

    def __init__(self, town: InventedTown, title: str, entries: Sequence[Entry]) -> None:
        self.draw = town.draw(title)
        self.half, self.language, self.town = self.draw.choice(("open", "held")), town.language, town.name
        self.words: dict[str, Any] = WORDS[town.language]
        suffix = "_sv" if town.language == "sv" else ""
        self.people = self.draw.sample(READING_WORDS["people"][self.half + suffix], 4)
        self._headings = {role: self.draw.choice(names) for role, names in self.words["headings"].items()}
        self._headings |= {"title": title, "report": title, "plan_budget": title}
        self._entries = list(entries)

    def entries(self, aims: int = 2, goals: int = 2, measures: int = 2) -> list[Entry]:
        """The entries of the town, however many a layout asks for."""
        return self._entries


def invent_programme(town: InventedTown) -> Programme:
    """What the town planned and plans; a larger town has more themes, goals and measures."""
    writer = _Writer(town)
    themes = writer.themes()
    old = writer.period(themes, {})
    kept = {theme["aims"][0]: goals for theme, goals in old}
    # One theme ends with the period and another begins, where there is another.
    later = [*themes[1:], *writer.other_themes(themes)[:1]]
    new = writer.period(later, kept)
    return Programme(writer.entries(old), writer.entries(new))


# A goal with the texts of its measures; a theme with its goals.
_Goals = dict[str, list[str]]
_Period = list[tuple[dict[str, Any], _Goals]]


class _Writer:
    def __init__(self, town: InventedTown) -> None:
        self._words = WORDS[town.language]
        self._draw: random.Random = town.draw("programme")
        self._size = town.size
        self._aims: dict[str, str] = {}

    def themes(self) -> list[dict[str, Any]]:
        count = max(2, min(len(self._words["themes"]) - 1, round(4 * self._size**0.5)))
        return self._draw.sample(self._words["themes"], count)

    def other_themes(self, themes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return [theme for theme in self._words["themes"] if theme not in themes]

    def period(self, themes: Sequence[dict[str, Any]], before: dict[str, _Goals]) -> _Period:
        """Goals and measures of a period; those of the period before go on more often than not."""
        return [(theme, self._goals(theme, before.get(theme["aims"][0], {}))) for theme in themes]

    def _goals(self, theme: dict[str, Any], before: _Goals) -> _Goals:
        count = min(len(theme["goals"]), self._draw.randint(2, 3) + (self._size > 1.2))
        kept = [goal for goal in before if self._draw.random() < _GOES_ON]
        fresh = [goal for goal in theme["goals"] if goal not in before]
        self._draw.shuffle(fresh)
        chosen = (kept + fresh)[:count] or list(before)[:1]
        taken: set[str] = set()
        return {goal: self._measures(theme, before.get(goal, []), taken) for goal in chosen}

    def _measures(self, theme: dict[str, Any], before: Sequence[str], taken: set[str]) -> list[str]:
        count = self._draw.randint(1, 2) + round(self._size * self._draw.randint(1, 4))
        texts = [text for text in before if text not in taken and self._draw.random() < _GOES_ON]
        while len(texts) < count:
            what = self._draw.choice(theme["measures"])
            text = f"{what} {self._draw.choice(self._words['places'])}"
            if text not in taken and text not in texts:
                texts.append(text)
        taken.update(texts)
        return texts

    def entries(self, period: _Period) -> tuple[Entry, ...]:
        entries = []
        for at, (theme, goals) in enumerate(period, 1):
            aim = self._aim(theme)
            for goal_at, (goal, measures) in enumerate(goals.items(), 1):
                sector = self._draw.choice(self._words["sectors"])
                for number, measure in enumerate(measures, 1):
                    place = f"{at}.{goal_at}.{number}"
                    entries.append(self._entry(theme, aim, goal, Placed(place, sector, measure)))
        return tuple(entries)

    def _aim(self, theme: dict[str, Any]) -> str:
        first = theme["aims"][0]
        if first not in self._aims or self._draw.random() > _SAME_AIM:
            self._aims[first] = self._draw.choice(theme["aims"])
        return self._aims[first]

    def _some(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(self._draw.sample(words, self._draw.randint(1, most)))

    def _entry(self, theme: dict[str, Any], aim: str, goal: str, placed: "Placed") -> Entry:
        words, draw = self._words, self._draw
        status = draw.choice(words["status"])
        baseline = draw.randint(10, 900)
        return Entry(
            aim, goal, placed.number, placed.sector, placed.measure,
            responsible=self._some(words["units"], 2), partner=self._some(words["partners"], 2),
            schedule=draw.choice(words["schedules"]), resource=draw.choice(words["resources"]),
            indicator=self._some(theme["indicators"], 2), baseline=str(baseline),
            target=str(round(baseline * draw.uniform(1.05, 1.6))), realisation=self._realisation(status), status=status,
        )  # fmt: skip

    def _realisation(self, status: str) -> str:
        words, number = self._words, self._draw.randint(12, 900)
        cues = {words["status"][0]: "done", words["status"][1]: "partial", words["status"][2]: "undone"}
        cue = self._draw.choice(words["going"] if self._draw.random() < 0.2 else words[cues[status]])
        if "done" not in cues[status] or cues[status] == "undone":
            return f"{words['work']} {cue}"
        return f"{words['work']} {cue}, {words['took_part']} {number}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A measure with its number in the plan and its sector."""

    number: str
    sector: str
    measure: str


def only_goals(entries: Sequence[Entry]) -> list[Entry]:
    """The first entry of each goal, whose measure a strategy states as an example."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first.setdefault((entry.aim, entry.goal), replace(entry))
    return list(first.values())
