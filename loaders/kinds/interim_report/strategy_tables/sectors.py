"""Which sector a table belongs to: from the posts it makes responsible, and by elimination."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.kinds.interim_report.strategy_tables.cue_words import sector_hints

_HEAD_OF_SECTOR = re.compile(r"\s*Vastuuhenkilö", re.IGNORECASE)
_CAPITALS = re.compile(r"\s*[A-ZÅÄÖ][A-ZÅÄÖ \-]{4,}\s*")
_OF_ALL = re.compile(r"(?:toimiala|virasto|palvelut|keskus|osasto)$")
_SECTOR_NAME = re.compile(r".*(?:TOIMIALA|VIRASTO)\s*")
_NAMED = 2.0
_HINTED = 1.0


@dataclass(frozen=True, slots=True)
class SectorReading:
    """The sector of a table (empty where it cannot be told) and whether it was told by elimination."""

    sector: str
    eliminated: bool = False


def sectors_of(document: SourceText, before: int) -> tuple[str, ...]:
    """The sectors the document has chapters for: headings in capitals that say so or stand over a head."""
    lines = [document.line(number) for number in range(1, before) if document.line(number).strip()]
    found = [
        one.strip().capitalize()
        for one, two in pairwise(lines)
        if _CAPITALS.fullmatch(one) and (_HEAD_OF_SECTOR.match(two) or _SECTOR_NAME.fullmatch(one))
    ]
    return tuple(dict.fromkeys(found))


def assign_sectors(
    sectors: Sequence[str], printed: Mapping[int, str], parties: Mapping[int, Sequence[str]]
) -> dict[int, SectorReading]:
    """The sectors of the tables of one aim, each sector once; `printed` holds what headings say."""
    chosen = {table: SectorReading(sector) for table, sector in printed.items() if sector}
    scores = [
        (score_of(sector, names), -table, sector) for table, names in parties.items() for sector in sectors
    ]
    for score, place, sector in sorted(scores, key=lambda entry: entry[:2], reverse=True):
        taken = {reading.sector for reading in chosen.values()}
        if score > 0 and -place not in chosen and sector not in taken:
            chosen[-place] = SectorReading(sector)
    left = [table for table in parties if table not in chosen]
    taken = {reading.sector for reading in chosen.values()}
    free = [sector for sector in sectors if sector not in taken]
    only = len(left) == 1 and len(free) == 1
    for table in left:
        chosen[table] = SectorReading(free[0], eliminated=True) if only else SectorReading("")
    return chosen


def score_of(sector: str, parties: Sequence[str]) -> float:
    """How often the parties are named after the sector, or are posts usual in it."""
    name = sector.casefold()
    stem = _OF_ALL.sub("", name) or name
    score = 0.0
    for party in parties:
        words = party.casefold()
        if words.startswith(stem):
            score += _NAMED
        score += _HINTED * any(
            hint in words and name.startswith(beginnings) for hint, beginnings in sector_hints()
        )
    return score
