"""How near an answer is to the gold rows: field F1 by role, rows found, decisions found."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Self

from benchmarks.reading.samples import DECISION_FIELDS, ROLES, Gold

Answer = Mapping[str, str]
_ITEMS = re.compile(r"\s*[|;\n]\s*")
_PARTIES = re.compile(r"\s*[|;,\n]\s*")
_LISTS = ("responsible", "partner", "indicator", "realisation")
# Two rows this much alike, by their measure or their goal and indicator, are the same row.
_ALIKE = 0.6


@dataclass(slots=True)
class Tally:
    """Fields that are right, wrong or too many, and missing; rows and decisions seen and found."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    rows_seen: int = 0
    rows_read: int = 0
    rows_too_many: int = 0
    decisions_seen: int = 0
    decisions_found: int = 0
    decisions_too_many: int = 0

    def __iadd__(self, other: "Tally") -> Self:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def f1(self, *roles: str) -> float | None:
        """Of the roles, or of all; None where neither gold nor answer has a field."""
        chosen = roles or tuple({*self.right, *self.extra, *self.missing})
        right = sum(self.right[role] for role in chosen)
        wrong = sum(self.extra[role] + self.missing[role] for role in chosen)
        return 2 * right / (2 * right + wrong) if right or wrong else None


def folded(text: str) -> str:
    return " ".join(text.split())


def items(role: str, text: str) -> frozenset[str]:
    """The items of a list's cell; a role that is no list has one."""
    if role not in _LISTS:
        return frozenset({folded(text)})
    pattern = _PARTIES if role in ("responsible", "partner") else _ITEMS
    return frozenset(folded(item) for item in pattern.split(text) if folded(item))


def is_right(role: str, readings: Sequence[str], answer: str) -> bool:
    return any(items(role, reading) == items(role, answer) for reading in readings)


def _key(row: Mapping[str, str]) -> str:
    return folded(row.get("measure") or f"{row.get('goal', '')} {row.get('indicator', '')}")


def _keys(gold: Gold) -> list[str]:
    if "measure" in gold:
        return [folded(reading) for reading in gold["measure"]]
    return [_key({role: readings[0] for role, readings in gold.items()})]


def _likeness(keys: Sequence[str], other: str) -> float:
    best = 0.0
    for key in keys:
        matcher = SequenceMatcher(None, key, other, autojunk=False)
        if matcher.quick_ratio() > max(best, _ALIKE):
            best = max(best, matcher.ratio())
    return best


def aligned(gold: Sequence[Gold], answers: Sequence[Answer]) -> list[tuple[int, int]]:
    """Pairs of places in gold and answer, the most alike first; equal ones need no comparing."""
    pairs: list[tuple[int, int]] = []
    free = dict(enumerate(answers))
    left = []
    for place, row in enumerate(gold):
        keys = _keys(row)
        same = [other for other, answer in free.items() if _key(answer) in keys]
        if same:
            best = max(same, key=lambda other: (_fields_right(row, answers[other]), -other))
            pairs.append((place, best))
            del free[best]
        else:
            left.append(place)
    scored = sorted(
        ((score, -place, -other) for place in left for other, answer in free.items()
         if (score := _likeness(_keys(gold[place]), _key(answer))) >= _ALIKE),
        reverse=True,
    )  # fmt: skip
    taken: set[int] = set()
    for _, place, other in scored:
        if -place not in taken and -other in free:
            pairs.append((-place, -other))
            taken.add(-place)
            del free[-other]
    return sorted(pairs)


def _fields_right(gold: Gold, answer: Answer) -> int:
    return sum(is_right(role, readings, answer.get(role, "")) for role, readings in gold.items())


def score_rows(gold: Sequence[Gold], answers: Sequence[Answer]) -> Tally:
    """A wrong field is one too many and one missing; so are all fields of rows without a partner."""
    tally = Tally(rows_seen=len(gold))
    pairs = dict(aligned(gold, answers))
    for place, row in enumerate(gold):
        answer = answers[pairs[place]] if place in pairs else {}
        for role in ROLES:
            value = folded(answer.get(role, ""))
            if role in row and value and is_right(role, row[role], answer[role]):
                tally.right[role] += 1
                continue
            tally.missing[role] += role in row
            tally.extra[role] += bool(value)
    for other in set(range(len(answers))) - set(pairs.values()):
        tally.extra.update(role for role in ROLES if folded(answers[other].get(role, "")))
    tally.rows_read = len(pairs)
    tally.rows_too_many = len(answers) - len(pairs)
    return tally


def score_decisions(gold: Sequence[Gold], answers: Sequence[Answer]) -> Tally:
    """A decision is found where body, date and section are right; its title counts as a field."""
    tally = Tally(decisions_seen=len(gold))
    free = list(answers)
    for decision in gold:
        for answer in free:
            if all(is_right(name, decision[name], answer.get(name, "")) for name in DECISION_FIELDS[:3]):
                tally.decisions_found += 1
                is_title = is_right("title", decision["title"], answer.get("title", ""))
                (tally.right if is_title else tally.missing)["title"] += 1
                free.remove(answer)
                break
        else:
            tally.missing["title"] += 1
    tally.decisions_too_many = len(free)
    return tally
