"""The numbers and signs that Word writes before headings and items of lists; they stand in no text of the file."""

import re
from typing import Any

from hytegraph.loaders.sources.word.names import WORD, number, value

BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST_ROMAN = 4000


class Numbering:
    """The lists of a document, and how far each is counted."""

    def __init__(self, root: Any | None) -> None:
        lists = [] if root is None else root.findall(WORD + "num")
        forms = [] if root is None else root.findall(WORD + "abstractNum")
        self._forms = {form.get(WORD + "abstractNumId"): form for form in forms}
        self._lists = {entry.get(WORD + "numId"): entry for entry in lists}
        self._counts: dict[str | None, list[int]] = {}
        self._begun: set[str] = set()

    def sign(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a list at a level from 0: `•`, `2.`, `1.3`; '' for nothing."""
        entry = self._lists.get(list_id)
        if entry is None or not 0 <= level < 9:
            return BULLET
        form_id = value(entry, "abstractNumId")
        counts = self._counts.setdefault(form_id, [0] * 9)
        if list_id not in self._begun:
            self._begun.add(list_id)
            self._restart(entry, counts)
        counts[level] = counts[level] + 1 if counts[level] else self._start(entry, level)
        counts[level + 1 :] = [0] * (8 - level)
        form = value(self._level(entry, level), "numFmt") or "decimal"
        if form == "bullet":
            return BULLET
        if form == "none":
            return ""
        text = value(self._level(entry, level), "lvlText") or ""
        return _PLACE.sub(lambda place: self._count(entry, counts, int(place[1]) - 1), text).strip()

    def _restart(self, entry: Any, counts: list[int]) -> None:
        """A list that begins anew, not one that goes on with the numbers of another."""
        for override in entry.findall(WORD + "lvlOverride"):
            level = number(override.get(WORD + "ilvl"))
            if value(override, "startOverride") is not None and 0 <= level < 9:
                counts[level] = 0

    def _start(self, entry: Any, level: int) -> int:
        for override in entry.findall(WORD + "lvlOverride"):
            start = value(override, "startOverride")
            if start is not None and number(override.get(WORD + "ilvl")) == level:
                return number(start, 1)
        return number(value(self._level(entry, level), "start"), 1)

    def _level(self, entry: Any, level: int) -> Any:
        """The form of a level: that of the list where it has its own, else the one that lists share."""
        for override in entry.findall(WORD + "lvlOverride"):
            own = override.find(WORD + "lvl")
            if own is not None and number(override.get(WORD + "ilvl")) == level:
                return own
        form = self._forms.get(value(entry, "abstractNumId"))
        levels = [] if form is None else form.findall(WORD + "lvl")
        return next((found for found in levels if number(found.get(WORD + "ilvl")) == level), entry)

    def _count(self, entry: Any, counts: list[int], level: int) -> str:
        count = counts[level] or self._start(entry, level)
        form = value(self._level(entry, level), "numFmt") or "decimal"
        if form in ("lowerLetter", "upperLetter"):
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1 if count < 1000 else 1)
            return letters.upper() if form == "upperLetter" else letters
        if form in ("lowerRoman", "upperRoman") and 0 < count < _LARGEST_ROMAN:
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
        return str(count)


def _roman(count: int) -> str:
    written = ""
    for amount, sign in _ROMAN:
        times, count = divmod(count, amount)
        written += sign * times
    return written
