"""What counts as a word while the broken lines of a document are mended."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from hytegraph.graph.finnish.compounds import may_be_compound
from hytegraph.graph.finnish.dictionary import is_form

# Short forms are listed, because simplemma also knows many two-letter abbreviations that are pieces of words here.
_SHORT = frozenset(
    [
        "ja",
        "on",
        "ei",
        "jo",
        "me",
        "te",
        "he",
        "se",
        "ne",
        "en",
        "et",
        "no",
        "yö",
        "ry",
        "oy",
        "mm",
        "ym",
        "ns",
    ]
)
_ENDING = re.compile(
    r"(?:i|j)?(?:n|t|a|ä|ta|tä|tta|ttä|en|in|an|än|on|ön|un|yn|den|tten|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|"
    r"ksi|hin|han|hön|seen|iin|mme|nsa|nsä|aan|ään|een|oon|uun|yyn|öön)?"
)
_SHORTEST_STEM = 5


class DocumentWords:
    """The words of the dictionary, their compounds, and the words that one document itself uses."""

    def __init__(self, seen: Iterable[str]) -> None:
        self._seen = frozenset(word for word in seen if len(word) >= _SHORTEST_STEM)
        self._sorted = sorted(self._seen)

    def knows(self, word: str) -> bool:
        """Whether the word can stand by itself: a known form, a compound, or a form of a word seen."""
        lower = word.lower()
        if len(lower) <= 2:
            return lower in _SHORT or word.isupper()
        return is_form(lower) or self.inflects_seen(lower) or may_be_compound(lower)

    def inflects_seen(self, word: str) -> bool:
        """Whether a word seen in the document and this one differ in their ending only."""
        for length in range(len(word), _SHORTEST_STEM - 1, -1):
            stem = word[:length]
            if not _ENDING.fullmatch(word[length:]):
                continue
            at = bisect_left(self._sorted, stem)
            while at < len(self._sorted) and self._sorted[at].startswith(stem):
                if _ENDING.fullmatch(self._sorted[at][length:]):
                    return True
                at += 1
        return False
