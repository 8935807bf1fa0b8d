"""Which municipality a document says it is of: on its cover, in its title, beside the word for a town."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hytegraph.loaders.authorities.municipalities import own_municipalities

# Where a document says whose it is; further down it may tell of its neighbours.
_FRONT = 60
_COVER = 12
_LETTER = "A-ZÅÄÖ"
_FINNISH = re.compile(
    rf"\b([{_LETTER}][\w-]+)\s+(?:kaupunki|kunta|(?:kaupungin|kunnan)(?:valtuusto|hallitus)?n?)\b"
)
_SWEDISH = re.compile(rf"\b([{_LETTER}][\w-]+)\s+(?:stad|kommun)(?:s|en|ens)?\b")
_PAPER = (
    r"(?:suunnitelma|ohjelma|strategia|kertomus|talousarvio|pöytäkirja|raportti|plan|program|strategi|berättelse|"
    r"budget|protokoll|rapport)"
)
_COVERS = (
    re.compile(rf"([{_LETTER}][\w-]+)"),
    re.compile(rf".*\w\s*[,–-]\s+([{_LETTER}][\w-]+)[\s\d–-]*"),
    re.compile(rf"([{_LETTER}][\w-]+)\s+[a-zåäö].*{_PAPER}.*"),
    re.compile(rf".*{_PAPER}\w*\s+(?:för|i)\s+([{_LETTER}][\w-]+)[\s\d–-]*"),
)
_GRADES = (
    ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("kk", "k"), ("pp", "p"), ("tt", "t"),
    ("t", "d"), ("p", "v"), ("k", ""), ("k", "v"), ("k", "j"),
)  # fmt: skip


def other_town(lines: Sequence[str], names: Sequence[str]) -> tuple[str, int]:
    """The municipality that the first lines say the document is of, and the line (from 1), where it is another one.

    `names` are those of the town whose document it is taken for. ("", 0) where the lines name that town or none.
    """
    own = {form for name in names for form in _forms(name)}
    others: list[tuple[str, int]] = []
    for number, word in _named(lines):
        if word in own:
            return "", 0
        if word in _towns():
            others.append((_towns()[word], number))
    return others[0] if others else ("", 0)


def _named(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The words that stand where a document names its town."""
    written = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()][:_FRONT]
    for at, (number, line) in enumerate(written):
        for form in (_FINNISH, _SWEDISH):
            yield from ((number, match[1]) for match in form.finditer(line))
        for cover in _COVERS if at < _COVER else ():
            if match := cover.fullmatch(line):
                yield number, match[1]


@cache
def _towns() -> dict[str, str]:
    """The Finnish name of each municipality of today by the forms of its names."""
    return {
        form: town.name
        for town in own_municipalities()
        if not town.valid_to
        for name in town.names.values()
        for form in _forms(name)
    }


def _forms(name: str) -> Iterator[str]:
    """The nominative and what may be the genitive, Finnish and Swedish: more than there are, none of another name."""
    yield from (name, f"{name}n", f"{name}s")
    stem, vowel = name[:-1], name[-1:]
    if name.endswith("nen"):
        yield from (f"{name[:-3]}sen", f"{name[:-3]}sten")
    if name.endswith("s"):
        yield from (f"{stem}ksen", f"{stem}den")
    if vowel in ("i", "e"):
        yield from (f"{stem}en", f"{name}en")
    for strong, weak in _GRADES:
        if stem.endswith(strong):
            graded = stem.removesuffix(strong) + weak
            yield f"{graded}{vowel}n"
            if vowel == "i":
                yield f"{graded}en"
