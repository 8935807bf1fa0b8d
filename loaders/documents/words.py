"""What is a Finnish word: the forms simplemma knows, their compounds, and the words a document itself uses."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

# Short forms are listed, because simplemma also knows many two-letter abbreviations that are pieces of words here.
_SHORT = frozenset(
    (
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
    )
)
_ENDING = re.compile(
    r"(?:i|j)?(?:n|t|a|ä|ta|tä|tta|ttä|en|in|an|än|on|ön|un|yn|den|tten|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|"
    r"ksi|hin|han|hön|seen|iin|mme|nsa|nsä|aan|ään|een|oon|uun|yyn|öön)?"
)
_SHORTEST_STEM = 5
_SHORTEST_PART = 4


class Words:
    """The words known while reading one document."""

    def __init__(self, seen: Iterable[str]) -> None:
        self._seen = frozenset(word for word in seen if len(word) >= _SHORTEST_STEM)
        self._sorted = sorted(self._seen)

    def knows(self, word: str) -> bool:
        """Whether the word can stand by itself: a known form, a compound, or a form of a word seen."""
        lower = word.lower()
        if len(lower) <= 2:
            return lower in _SHORT or word.isupper()
        return is_form(lower) or self.inflects_seen(lower) or is_compound(lower)

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


@cache
def is_form(word: str) -> bool:
    """Whether the lower-case word is an inflected form in the dictionary."""
    # Loading the dictionary takes seconds, and clean pages never ask.
    import simplemma

    if simplemma.is_known(word, lang="fi"):
        return True
    # The dictionary has päivitetty, not its plural päivitetyt.
    participle = re.fullmatch(r"(.+t)([uy])t", word)
    return bool(participle and simplemma.is_known(f"{participle[1]}t{participle[2]}", lang="fi"))


@cache
def is_compound(word: str) -> bool:
    """Whether the lower-case word is made of known words, the last one in any form."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if is_form(word[at:]) and is_first_part(word[:at]):
            return True
    return False


@cache
def is_first_part(word: str) -> bool:
    """Whether the lower-case word can begin a compound: `koulu`, `vertais` of `vertainen`, `kouluverkko`."""
    if len(word) < _SHORTEST_PART:
        return False
    if is_form(word) or (word.endswith("s") and is_form(f"{word[:-1]}nen")):
        return True
    return is_compound(word)


def is_base_form(word: str) -> bool:
    """Whether the word is the dictionary form of itself, as the first part of a Finnish compound mostly is."""
    import simplemma

    lower = word.lower()
    return bool(simplemma.lemmatize(lower, lang="fi", greedy=True).lower() == lower)


def is_finite_verb(word: str) -> bool:
    """Whether the word makes a clause: `on`, `kehittää`, `kokoaa`, `tarjotaan`, `pidetään`."""
    import simplemma

    lower = word.strip(".,;:()").lower()
    if lower in ("on", "ovat"):
        return True
    if not re.search(r"(?:aan|ään|vat|vät|[aeiouyäö]{2})$", lower):
        return False
    lemma = simplemma.lemmatize(lower, lang="fi", greedy=True).lower()
    infinitive = re.search(r"(?:aa|ää|[eiouyö][aä]|[dt][aä]|[lnrs][lnrst][aä])$", lemma)
    # A noun's partitive only adds its vowel: taloa, kalaa.
    return bool(infinitive) and lemma != lower[:-1]
