"""References to decisions as minutes and plans write them: `KV 3.10.2022 § 77`."""

import re
from dataclasses import dataclass
from datetime import date

from hytegraph.loaders.documents.tables import Row

# The usual abbreviations of Finnish municipal bodies.
ABBREVIATIONS = {
    "KV": "Kaupunginvaltuusto",
    "KH": "Kaupunginhallitus",
    "KVALT": "Kunnanvaltuusto",
    "KHALL": "Kunnanhallitus",
}
_BODY = r"(?P<body>[A-ZÄÖÅ]{2,5}|[A-ZÄÖÅ]?\w*(?:lautakun\w+|valtuusto\w*|hallitu\w+|jaosto\w*))"
_DATE = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2,4})"
_REFERENCE = re.compile(rf"{_BODY}\s+{_DATE}(?:\s*§\s*(?P<section>\d+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A decision referred to: body, date and, where given, the section."""

    body: str
    date: date
    section: str

    @property
    def label(self) -> str:
        """The reference in one common form."""
        day = f"{self.date.day}.{self.date.month}.{self.date.year}"
        return f"{self.body} {day}" + (f" § {self.section}" if self.section else "")


def reference_of(row: Row) -> Reference:
    """Body, date and section from the cells of a row."""
    return Reference(row["body"], date.fromisoformat(row["date"]), row["section"])


def find_references(text: str) -> tuple[Reference, ...]:
    """All references in a text; a date that no calendar has is not one.

    >>> find_references("KV 31.1.22 § 3")[0].label
    'Kaupunginvaltuusto 31.1.2022 § 3'
    """
    found = []
    for match in _REFERENCE.finditer(" ".join(text.split())):
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        found.append(Reference(ABBREVIATIONS.get(match["body"], match["body"]), day, match["section"] or ""))
    return tuple(found)
