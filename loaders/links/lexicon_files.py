"""The word lists that suggestions rest on: CSV files beside this module."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicon"


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a word list by column name; raises FileNotFoundError for a list that does not exist."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
