"""The small vocabulary of general administrative words that the columns are told by."""

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = (
        files("hytegraph.loaders.kinds.interim_report.strategy_tables")
        .joinpath("words.csv")
        .read_text(encoding="utf-8")
    )
    return tuple((row["kind"], row["word"], row["sector"]) for row in csv.DictReader(text.splitlines()))


@cache
def ending(*kinds: str) -> re.Pattern[str]:
    """A pattern for words that end in a word of the kinds."""
    words = sorted((word for kind, word, _ in _rows() if kind in kinds), key=len, reverse=True)
    return re.compile(rf"[\w\-]*(?:{'|'.join(words)})\b(?!-)", re.IGNORECASE)


@cache
def whole(kind: str) -> re.Pattern[str]:
    """A pattern for the words of a kind as they stand."""
    return re.compile(
        rf"\b(?:{'|'.join(word for name, word, _ in _rows() if name == kind)})\b", re.IGNORECASE
    )


@cache
def sector_hints() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Stems of posts, each with the beginnings of the names of the sectors it is usual in."""
    return tuple((word, tuple(sector.split())) for kind, word, sector in _rows() if kind == "sector")
