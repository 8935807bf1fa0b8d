"""Names of persons in running text: where a rule is sure that it is one, and where it may be one."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.graph.markers import NAME
from hytegraph.loaders.privacy.known_names import (
    CAPITAL,
    NAME_PART,
    NEN,
    is_common_surname,
    is_given,
    is_heading,
    is_only_surname,
    is_ordinary,
    is_surname,
    is_word,
    listed,
)
from hytegraph.loaders.privacy.labels import names_by_labels
from hytegraph.loaders.privacy.patterns import Hit
from hytegraph.loaders.privacy.posts import COMPANY, PLACE_FOLLOWS, ROLE, names_by_posts

_TITLED = re.compile(
    rf"\b(?:[Rr]ouva|[Hh]erra|[Nn]eiti|[Hh]err|[Ff]ru|[Ff]röken)\s+({NAME_PART}(?:\s+{NAME_PART})?)"
)
_BORN = re.compile(rf"\b({NAME_PART}\s+{NAME_PART}),?\s+\(?(?:s\.|synt\.|f\.)\s?(?:\d|18|19|20)")
_WORD = re.compile(rf"(?<![\w-])[{CAPITAL}][^\W\d_]*(?:-[^\W\d_]+)*(?![\w-])")
_INITIAL = re.compile(rf"(?<![\w.])[{CAPITAL}]\.(?=\s?[{CAPITAL}][^\W\d_]+)")
_GAP = re.compile(r",?[^\S\n]*\n?[^\S\n]*")
# Before one of these a capital says nothing: a sentence, a line or a bullet begins.
_BEGINS = re.compile(r"(?:^|[.:!?•·▪*\"”(–\n]|\n[^\S\n]*[-–•])[^\S\n]*$")
# What follows a name in a list.
_ENDS = re.compile(r"[^\S\n]*(?:[,:(–;]|\n|$)")
_DOES = re.compile(
    r"\s+(?:ehdotti|esitti|kannatti|poistui|saapui|totesi|äänesti|jätti|ilmoitti|toimi|valittiin|kertoi|"
    r"föreslog|understödde|avlägsnade|anmälde|konstaterade|röstade|valdes|anlände)\b"
)


def sure_names(text: str) -> list[tuple[Hit, str]]:
    """The names that a rule is sure of, each with the form under which the person is looked for elsewhere."""
    places = [
        *(match.span(1) for pattern in (_TITLED, _BORN) for match in pattern.finditer(text)),
        *((start, end) for start, end, sure in _found(text) if sure),
    ]
    return [(Hit(start, end, NAME), base_name(text[start:end])) for start, end in places]


def possible_names(text: str) -> list[Hit]:
    """The stretches that may be names: a given name before a word that is no known surname, and the like."""
    return [Hit(start, end, NAME) for start, end, sure in _found(text) if not sure]


def _found(text: str) -> Iterator[tuple[int, int, bool]]:
    yield from names_by_labels(text)
    yield from names_by_posts(text)
    yield from _pairs(text)


def names_again(text: str, names: Iterable[str], *, whole: bool = False) -> Iterator[Hit]:
    """Where the names occur in the text, in any case; `whole` leaves out a surname that stands alone."""
    for name in sorted(set(names)):
        for match in _occurrences(text, name, whole=whole):
            yield Hit(*match.span(), NAME)


def base_name(words: str) -> str:
    """A name without line breaks, given name first, its surname in the nominative where that is known: `Aino
    Nurmisen` is `Aino Nurminen`, and so is `Nurminen Aino`.
    """
    *given, surname = words.replace(",", " ").split()
    if given and is_given(surname) and not is_given(given[0]):
        given, surname = [surname, *given[1:]], given[0]
    match = NEN.fullmatch(surname)
    nominative = f"{match[1]}nen" if match else surname
    known = given or nominative.casefold() in listed("surnames.txt")
    return " ".join((*given, nominative if known else surname))


def _pairs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Two words that look like the name of a person: where, and whether that is sure."""
    words = [*_WORD.finditer(text)]
    for left, right in pairwise(words):
        gap = text[left.end() : right.start()]
        if not _GAP.fullmatch(gap) or not gap or PLACE_FOLLOWS.match(text, right.end()):
            continue
        begins = bool(_BEGINS.search(text[max(0, left.start() - 8) : left.start()])) or left.start() == 0
        stands_alone = begins and bool(_ENDS.match(text, right.end()))
        kind = _pair(left[0], right[0], begins=begins, comma="," in gap)
        if kind is None and stands_alone and _may_stand_alone(left[0], right[0]):
            kind = False
        if "\n" in gap and is_given(right[0]) and not is_given(left[0]) and not _are_cells(text, left, right):
            kind = kind or None
        if kind is not None:
            yield left.start(), right.end(), kind
    for initial in _INITIAL.finditer(text):
        surname = _WORD.search(text, initial.end())
        if surname and not text[initial.end() : surname.start()].strip() and is_surname(surname[0]):
            yield initial.start(), surname.end(), is_only_surname(surname[0])


def _may_stand_alone(first: str, second: str) -> bool:
    """Whether two words that fill a line or a bullet may be a name: one is a given name, none is of a heading."""
    words = (first, second)
    no_name = any(ROLE.fullmatch(word) or is_heading(word) or len(word) < 3 for word in words)
    return any(map(is_given, words)) and not no_name


def _are_cells(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether each of two words fills a line, as surname and given name do in cells of their own."""
    before, after = text[: left.start()].rpartition("\n")[2], text[right.end() :].partition("\n")[0]
    return not before.strip() and not after.strip()


def _pair(first: str, second: str, *, begins: bool, comma: bool) -> bool | None:
    """Whether two words surely are a name (True), may be one (False), or are none (None).

    `begins`: a sentence begins with them; `comma`: a comma divides them, as in `Meikäläinen, Maija`.
    """
    if ROLE.fullmatch(first) or ROLE.fullmatch(second) or COMPANY.fullmatch(second):
        return None
    if first.isupper() != second.isupper():
        return None
    if is_given(first) and len(second) > 2 and not comma:
        return _given_first(first, second, begins=begins)
    if is_common_surname(second) and not is_form(first.casefold()) and not comma:
        return False
    return _surname_first(first, second, comma=comma)


def _given_first(first: str, second: str, *, begins: bool) -> bool | None:
    ordinary = is_ordinary(first)
    if is_surname(second):
        return not ordinary
    if first.isupper():
        return None
    return None if ordinary and begins and is_word(second) else False


def _surname_first(first: str, second: str, *, comma: bool) -> bool | None:
    if not is_given(second) or is_given(first) or len(first) < 3 or is_ordinary(second):
        return None
    if first.casefold().endswith("nen") and is_only_surname(first):
        return None if comma and not is_common_surname(first) else True
    named = is_surname(first) and not first.casefold().endswith(("lainen", "läinen"))
    return False if named or (not is_word(first) and not first.isupper()) else None


def _occurrences(text: str, name: str, *, whole: bool) -> Iterator[re.Match[str]]:
    """The name elsewhere: in any case, surname first, with an initial; the surname alone when it is no word, or
    where a capital within a sentence or a verb of meetings says that it is a person's.
    """
    *given, surname = name.split()
    family = _inflected(surname)
    if given:
        first = _inflected(given[0])
        initial = rf"{re.escape(given[0][0])}\."
        yield from re.finditer(rf"\b(?:{first}(?:\s+{NAME_PART})?|{initial})\s+{family}\b", text)
        yield from re.finditer(rf"\b{family},?\s+(?:{first}\b|{initial})", text)
    if whole or len(surname) < 4:
        return
    if is_only_surname(surname):
        yield from re.finditer(rf"\b{family}\b", text)
        return
    for match in re.finditer(rf"\b{family}\b", text) if given else ():
        begins = match.start() == 0 or _BEGINS.search(text[max(0, match.start() - 8) : match.start()])
        if not begins or _DOES.match(text, match.end()):
            yield match


def _inflected(name: str) -> str:
    """A pattern of the name in all cases: `Meikäläinen`, `Meikäläisen`; `Mallikas`, `Mallikkaan`."""
    if name.endswith("nen") and len(name) > 5:
        return rf"{re.escape(name[:-3])}(?:nen|s\w{{0,6}})"
    # Mallikas bends to Mallikkaan, Mattila to Mattilan.
    kept = name if len(name) < 5 else name[:-2] if name.endswith("s") else name[:-1]
    return rf"{re.escape(kept)}\w{{0,7}}"
