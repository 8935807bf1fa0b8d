"""Invented towns: names that no municipality has, free codes, sizes and layouts, drawn from a seed."""

import csv
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hytegraph.graph.iris import slug_of
from hytegraph.loaders.authorities.municipalities import OWN_LIST, read_municipalities

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
# Each eighth town is Swedish, beginning with the sixth.
_SWEDISH_EVERY, _SWEDISH_FIRST = 8, 5
# Of a lognormal distribution; most towns are small and a few are three times the usual.
_SPREAD, _LEAST, _MOST = 0.45, 0.35, 3.0


@dataclass(frozen=True, slots=True)
class InventedTown:
    """A town; `size` is 1 for a usual one, `draw_seed` decides all that its documents say."""

    name: str
    name_sv: str
    code: str
    language: str
    size: float
    draw_seed: str

    @property
    def slug(self) -> str:
        return slug_of(self.name)

    def draw(self, purpose: str) -> random.Random:
        """A source of chance of its own for each purpose, so that one more draw here changes nothing there."""
        return random.Random(f"{self.draw_seed} {purpose}")


def invent_towns(count: int, seed: int) -> list[InventedTown]:
    """So many towns; raises ValueError where there are not enough names or codes."""
    official = read_municipalities(OWN_LIST)
    taken = {name.casefold() for town in official for name in town.names.values()}
    codes = sorted({f"{number:03}" for number in range(1, 1000)} - {town.code for town in official})
    names = [name for name in _names("fi") if name.casefold() not in taken]
    swedish_names = [name for name in _names("sv") if name.casefold() not in taken]
    if count > min(len(names), len(codes)):
        raise ValueError(f"at most {min(len(names), len(codes))} towns can be invented")
    draw = random.Random(f"towns {seed}")
    draw.shuffle(names)
    draw.shuffle(swedish_names)
    draw.shuffle(codes)
    towns = []
    for at, (name, code) in enumerate(zip(names[:count], codes, strict=False)):
        language = "sv" if at % _SWEDISH_EVERY == _SWEDISH_FIRST else "fi"
        size = min(max(draw.lognormvariate(0, _SPREAD), _LEAST), _MOST)
        name_sv = swedish_names.pop() if language == "sv" else ""
        towns.append(InventedTown(name, name_sv, code, language, size, f"{seed} {name}"))
    return towns


def write_municipalities(towns: Sequence[InventedTown], path: Path) -> None:
    """An operator's own list of municipalities, as `extract --municipalities` takes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name_fi", "name_sv"))
        writer.writerows((town.code, town.name, town.name_sv) for town in towns)


def _names(language: str) -> list[str]:
    names = WORDS["names"]
    return [
        first + last
        for first in names[f"{language}_first"]
        for last in names[f"{language}_last"]
        if first[-1] != last[0]
    ]
