"""Foldings: the forms in which two texts count as the same, one for each purpose."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

HYPHENS = "-\u2010\u2011\u2012\u2013"
_ASIDE = re.compile(r"[\s\-\u2010-\u2015\u00ad]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SLIPS = str.maketrans("äåöéèüšž–’", "aaoeeusz-'")


def squash(text: str) -> str:
    """The text without white space and hyphens, so that a cell is found in the lines it was unwrapped from.

    >>> squash("Hyvinvointi-  suunnitelma")
    'Hyvinvointisuunnitelma'
    """
    return _ASIDE.sub("", text)


# The same cells are compared again and again while a folder is read.
@lru_cache(maxsize=1 << 15)
def wording_key(text: str) -> str:
    """Letters and digits only, without case: two texts with one key are copies of one wording.

    >>> wording_key("Viisas Kemi – 2022–2025.") == wording_key("viisas kemi 2022-2025")
    True
    """
    return "".join(filter(str.isalnum, text.casefold()))


def ascii_words(text: str) -> list[str]:
    """The words of a text in lower-case ASCII letters and digits, for addresses; any dash or mark divides words.

    >>> ascii_words("Hyvinvointityö 2022–2025 (päivitetty)")
    ['hyvinvointityo', '2022', '2025', 'paivitetty']
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = (
        " " if not character.isascii() and unicodedata.category(character)[0] in "PSZ" else character
        for character in decomposed
    )
    return _ASCII_WORD.findall("".join(plain).encode("ascii", "ignore").decode())


def slip_key(form: str) -> str:
    """A lower-case form without the marks that are easily left out and without doubled letters, to find misspelt words.

    >>> slip_key("päämäärä")
    'pamara'
    """
    return "".join(letter for letter, _ in groupby(form.translate(_SLIPS)))
