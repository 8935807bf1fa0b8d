"""Words of a text as they are looked up, and their stems in the languages whose forms need no dictionary."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from snowballstemmer import stemmer

STEMMED = {"sv": "swedish", "en": "english"}
FILLERS = frozenset(
    tomllib.loads(files("hytegraph.graph.search").joinpath("fillers.toml").read_text("utf-8"))["fillers"]
)
_WORD = re.compile(r"\d+(?:[-–.:/]\d+)+|[^\W_]+(?:[-–'’:][^\W_]+)*")
_ENDING = re.compile(r"(?<=[^\W\d_])[:'’][^\W\d_]+$")


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: where each begins and ends, and its form as it is looked up.

    >>> list(tokens("TA:n 1-6/2022"))
    [(0, 4, 'ta'), (5, 13, '1-6/2022')]
    """
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _ENDING.sub("", match[0].lower().replace("–", "-"))


@lru_cache(maxsize=100_000)
def stem(form: str, language: str) -> str:
    """The term of a Swedish or English form, told apart from the words of other languages by its language."""
    return f"{language}:{_stemmer(language).stemWord(form)}"


@cache
def _stemmer(language: str) -> Any:
    return stemmer(STEMMED[language])
