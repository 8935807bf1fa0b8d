"""Names of governing bodies, Finnish and Swedish, and the abbreviations that minutes write for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_KINDS = (
    "lautakunta|hallitus|valtuusto|jaosto|neuvosto|johtokunta|toimikunta|valiokunta|"
    "fullmäktige|styrelsen?|nämnden?|sektionen?|rådet"
)
# "Kasvatus- ja opetuslautakunta", "Tekninen lautakunta", "Nämnden för fostran och utbildning".
BODY = (
    rf"(?=[A-ZÄÖÅ])(?:(?:[\w-]+,?[ \u00a0]+){{0,6}}?[\w-]*(?i:{_KINDS})(?!\w)"
    r"(?:[ \u00a0]för[ \u00a0](?:[a-zåäö-]+,?[ \u00a0]?){1,6}(?<!\s))?)"
)
# How an abbreviation ends, by what it ends for: Hyvla, Sivltk, Khall, KV, Stst, BN.
_ENDINGS = {
    "lautakunta": ("ltk", "lk", "la"),
    "hallitus": ("hall", "h"),
    "valtuusto": ("valt", "v"),
    "jaosto": ("jaos", "js"),
    "fullmäktige": ("fge", "fm", "f"),
    "styrelse": ("styr", "st", "s"),
    "nämnd": ("nämnd", "nd", "n"),
}
_ANY_ENDING = "|".join(sorted({end for ends in _ENDINGS.values() for end in ends}, key=len, reverse=True))
ABBREVIATION = rf"[A-ZÄÖÅ](?:[a-zäöå]{{0,5}}|[A-ZÄÖÅ]{{0,4}})(?i:{_ANY_ENDING})(?!\w)"
_SHORT = re.compile(rf"\b{ABBREVIATION}")
_TOWN = re.compile(r".*\b(?:kaupunki|kunta|stad|kommun)\s+(?=\w)", re.IGNORECASE)
_HIGHEST = re.compile(r"(?:kaupungin|kunnan|stads|kommun)\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body as a document names it.

    `is_printed`: the document has the full name in this form; else it is that of the general list, or of nothing but
    the abbreviation itself.
    """

    name: str
    is_printed: bool = True


@cache
def abbreviations() -> dict[str, str]:
    """The usual full name by abbreviation in small letters."""
    text = files("hytegraph.loaders.documents").joinpath("bodies.csv").read_text("utf-8")
    rows = (line.split(",") for line in text.splitlines()[1:])
    return {abbreviation: name for abbreviation, name in rows if name}


def abbreviates(abbreviation: str, name: str) -> bool:
    """Whether the abbreviation may stand for the name.

    >>> abbreviates("Hyvla", "Hyvinvointilautakunta"), abbreviates("Kh", "Kaupunginvaltuusto")
    (True, False)
    """
    short, full = abbreviation.casefold(), name.casefold()
    return any(
        kind in full and short.endswith(end) and full.startswith(short.removesuffix(end) or short)
        for kind, ends in _ENDINGS.items()
        for end in ends
    )


def plain_name(printed: str) -> str:
    """A body's name without the town before it, with a capital: `Mallilan kaupunginhallitus`, `KAUPUNGINHALLITUS`."""
    words = _TOWN.sub("", " ".join(printed.split()))
    last = words.rpartition(" ")[2]
    words = last if _HIGHEST.fullmatch(last) else words
    return words[:1].upper() + (words[1:].lower() if words.isupper() else words[1:])


def full_name(abbreviation: str, printed: Iterable[str]) -> BodyName:
    """The body of an abbreviation: of the names that the document prints, else of the general list, else itself.

    A document that names only bodies of a `kunta` has none of a `kaupunki`.
    """
    printed = set(printed)
    names = sorted({name for name in printed if abbreviates(abbreviation, name)})
    if len(names) == 1:
        return BodyName(names[0])
    usual = abbreviations().get(abbreviation.casefold(), "")
    for own, other in (("Kaupungin", "Kunnan"), ("Kunnan", "Kaupungin")):
        starts = {name[: len(start)] for name in printed for start in (own, other) if name.startswith(start)}
        if starts == {other} and usual.startswith(own):
            usual = other + usual.removeprefix(own)
    if usual in names:
        return BodyName(usual)
    return BodyName(usual, is_printed=False) if usual else BodyName(abbreviation)


def has_abbreviation(name: str, line: str) -> bool:
    """Whether a line has an abbreviation that may stand for the body."""
    return any(abbreviates(match[0], name) for match in _SHORT.finditer(line))
