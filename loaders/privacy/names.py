"""Names of persons in running text: where a rule is sure that it is one, and where it may be one."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.graph.markers import NAME
from hytegraph.loaders.privacy.patterns import Hit

_LABEL = re.compile(
    r"\b(?:Vastuuhenkilö|Vastuuhenkilöt|Valmistelu|Valmistelijat?|Esittelijät?|Lisätietoja(?:\s+anta(?:a|vat))?|"
    r"Lisätiedot|Yhteyshenkilöt?|Yhteystiedot|Pöytäkirjanpitäjä|Pöytäkirjantarkastajat?|Tarkastajat?|"
    r"(?:Vara)?[Pp]uheenjohtaja|Jäsen|Varajäsen|Läsnä|Poissa|Sihteeri|Laatijat?|Allekirjoittajat?)\b\s*:?",
    re.IGNORECASE,
)
_CAPITAL = "A-ZÀ-ÖØ-ÞŠŽ"
_NAME_PART = rf"[{_CAPITAL}](?:[\w'’]|-(?=\w))*\.?"
_NAMES = re.compile(rf"{_NAME_PART}(?:\s+(?:(?:von|af|de)\s+)?{_NAME_PART})*")
_ROLE = re.compile(
    r".*(?:johtaja|päällikkö|sihteeri|rehtori|tarkastaja|insinööri|lääkäri|koordinaattori|suunnittelija|geodeetti|"
    r"arkkitehti|asiantuntija|esittelijä|valmistelija|hoitaja|ohjaaja|opettaja|jäsen|lakimies|juristi|controller|"
    r"mestari|kamreeri|pitäjä|vastaava|esihenkilö|sihteeristö|assistentti|edustaja|valvoja|neuvoja|"
    r"toimiala|virasto|kanslia|osasto|palvelut?|lautakunta|hallitus|valtuusto|jaosto|yksikkö|tiimi|neuvosto|"
    r"kaupunki|kunta|organisaatio|toimikunta|keskus|alue)",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:Oyj?|Ky|Ry|ry|Ab|AMK|Osk)\b")
# Endings that are common in Finnish surnames and rare in names of places, projects and units.
_SURNAME = re.compile(
    r"\w{2,}(?:nen|niemi|mäki|järvi|lahti|koski|virta|ranta|harju|kangas|korpi|vaara|salmi|aho)"
)
_POST_AND_NAMES = re.compile(
    r"\b\w*(?:johtaja|päällikkö|sihteeri|rehtori|tarkastaja|insinööri|lääkäri|koordinaattori|suunnittelija)\s+"
    rf"({_NAME_PART}(?:\s+{_NAME_PART})+)"
)
_TITLED = re.compile(
    rf"\b(?:[Rr]ouva|[Hh]erra|[Nn]eiti|[Hh]err|[Ff]ru|[Ff]röken)\s+({_NAME_PART}(?:\s+{_NAME_PART})?)"
)
_BORN = re.compile(rf"\b({_NAME_PART}\s+{_NAME_PART}),?\s+\(?(?:s\.|synt\.|f\.)\s?(?:\d|18|19|20)")
_WORD = re.compile(rf"(?<![\w-])[{_CAPITAL}][^\W\d_]*(?:-[^\W\d_]+)*(?![\w-])")
_INITIAL = re.compile(rf"(?<![\w.])[{_CAPITAL}]\.(?=\s?[{_CAPITAL}][^\W\d_]+)")
_GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*")
# Case endings of a surname in -nen ("Nurmisen") and of any other ("Ahon", "Laineelle").
_NEN = re.compile(
    r"(\w{2,}?)(?:nen|s(?:en|ta|tä|ena|enä|eksi|essa|essä|esta|estä|een|ella|ellä|elta|eltä|elle|et))"
)
_CASES = (
    "",
    *["n", "a", "ä", "ta", "tä", "lla", "llä", "lta", "ltä", "lle", "ssa", "ssä", "sta", "stä", "ksi", "s"],
)


def sure_names(text: str) -> list[tuple[Hit, str]]:
    """The names that a rule is sure of, each with the form under which the person is looked for elsewhere."""
    places = [
        *_names_after_labels(text),
        *_names_after_posts(text),
        *(match.span(1) for pattern in (_TITLED, _BORN) for match in pattern.finditer(text)),
        *((start, end) for start, end, sure in _pairs(text) if sure),
    ]
    return [(Hit(start, end, NAME), base_name(text[start:end])) for start, end in places]


def possible_names(text: str) -> list[Hit]:
    """The stretches that may be names: a given name before a word that is no known surname, and the like."""
    return [Hit(start, end, NAME) for start, end, sure in _pairs(text) if not sure]


def names_again(text: str, names: Iterable[str], *, whole: bool = False) -> Iterator[Hit]:
    """Where the names occur in the text, in any case; `whole` leaves out a surname that stands alone."""
    for name in sorted(set(names)):
        for match in _occurrences(text, name, whole=whole):
            yield Hit(*match.span(), NAME)


def base_name(words: str) -> str:
    """A name without line breaks, its surname in the nominative where that is known: `Aino Nurmisen` is `Aino
    Nurminen`.
    """
    *given, surname = words.split()
    match = _NEN.fullmatch(surname)
    nominative = f"{match[1]}nen" if match else surname
    known = given or nominative.casefold() in _listed("surnames.txt")
    return " ".join((*given, nominative if known else surname))


@cache
def _listed(file: str) -> frozenset[str]:
    text = files("hytegraph.loaders.privacy").joinpath(file).read_text("utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))


def _is_given(word: str) -> bool:
    return word.casefold() in _listed("given-names.txt") or (
        "-" in word and all(part.casefold() in _listed("given-names.txt") for part in word.split("-"))
    )


def _is_surname(word: str) -> bool:
    """Whether a word is a listed surname or ends in -nen, in any case."""
    lower = word.casefold()
    return bool(_NEN.fullmatch(lower)) or any(
        lower.endswith(ending) and lower.removesuffix(ending) in _listed("surnames.txt") for ending in _CASES
    )


def _is_only_surname(word: str) -> bool:
    """Whether a word can hardly be anything but a surname: a common one in -nen, or no word of the language."""
    lower = word.casefold()
    match = _NEN.fullmatch(lower)
    if not match:
        return not is_form(lower)
    return _is_common_surname(word) or not is_form(f"{match[1]}nen")


def _is_common_surname(word: str) -> bool:
    """Whether a word is a form of a listed surname in -nen that is no inhabitant (`Lappalainen`)."""
    match = _NEN.fullmatch(word.casefold())
    base = f"{match[1]}nen" if match else ""
    return base in _listed("surnames.txt") and not base.endswith(("lainen", "läinen"))


def _pairs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Two words that look like the name of a person: where, and whether that is sure."""
    words = [*_WORD.finditer(text)]
    for left, right in pairwise(words):
        if not _GAP.fullmatch(text[left.end() : right.start()]) or left.end() == right.start():
            continue
        if (kind := _pair(left[0], right[0])) is not None:
            yield left.start(), right.end(), kind
    for initial in _INITIAL.finditer(text):
        surname = _WORD.search(text, initial.end())
        if surname and not text[initial.end() : surname.start()].strip() and _is_surname(surname[0]):
            yield initial.start(), surname.end(), _is_only_surname(surname[0])


def _pair(first: str, second: str) -> bool | None:
    """Whether two words surely are a name (True), may be one (False), or are none (None)."""
    if _ROLE.fullmatch(first) or _ROLE.fullmatch(second) or _COMPANY.fullmatch(second):
        return None
    if first.isupper() != second.isupper():
        return None
    if _is_given(first) and len(second) > 2:
        ordinary = first.casefold() in _listed("ordinary-words.txt")
        if _is_surname(second):
            return not ordinary
        return None if ordinary or first.isupper() else False
    if _is_common_surname(second) and not is_form(first.casefold()):
        return False
    if _is_given(second) and first.casefold().endswith("nen") and _is_only_surname(first):
        return second.casefold() not in _listed("ordinary-words.txt")
    return None


def _names_after_labels(text: str) -> Iterator[tuple[int, int]]:
    for label in _LABEL.finditer(text):
        begins = not text[text.rfind("\n", 0, label.start()) + 1 : label.start()].strip()
        start, end = _value(text, label.end(), begins)
        value = text[start:end]
        for match in _NAMES.finditer(value):
            for first, last in _persons(match[0]):
                alone = not re.sub(r"[\s:,;()\[\]\d+-]", "", value.replace(match[0], ""))
                several = len(match[0][first:last].split()) > 1
                if several or (begins and alone):
                    yield start + match.start() + first, start + match.start() + last


def _value(text: str, start: int, begins: bool) -> tuple[int, int]:
    """The rest of a label's line, and the next lines where the list of names goes on there."""
    end = _line_end(text, start)
    while (
        begins
        and end < len(text)
        and re.fullmatch(r"|.*(?:,|\sja|\bsekä)", text[start:end].strip(), re.DOTALL)
    ):
        following = re.compile(r"\s*").match(text, end)
        at = following.end() if following else end
        if text.count("\n", end, at) > 2:
            break
        end = _line_end(text, at)
    return start, end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _persons(words: str) -> Iterator[tuple[int, int]]:
    """Where in a run of capitalised words names stand: between posts and units, and not in a company's name."""
    if _COMPANY.search(words):
        return
    run: list[re.Match[str]] = []
    for word in [*re.finditer(r"\S+", words), None]:
        if word and not _ROLE.fullmatch(word[0]):
            run.append(word)
            continue
        if run:
            yield run[0].start(), run[-1].end()
        run = []


def _names_after_posts(text: str) -> Iterator[tuple[int, int]]:
    for match in _POST_AND_NAMES.finditer(text):
        words = match[1].split()
        if len(words) <= 3 and _SURNAME.fullmatch(words[-1]) and not any(map(_ROLE.fullmatch, words)):
            yield match.span(1)


def _occurrences(text: str, name: str, *, whole: bool) -> Iterator[re.Match[str]]:
    """The name elsewhere: in any case, surname first, with an initial; the surname alone when it is no word."""
    *given, surname = name.split()
    family = _inflected(surname)
    if given:
        first = _inflected(given[0])
        initial = rf"{re.escape(given[0][0])}\."
        yield from re.finditer(rf"\b(?:{first}(?:\s+{_NAME_PART})?|{initial})\s+{family}\b", text)
        yield from re.finditer(rf"\b{family},?\s+(?:{first}\b|{initial})", text)
    if not whole and len(surname) > 3 and _is_only_surname(surname):
        yield from re.finditer(rf"\b{family}\b", text)


def _inflected(name: str) -> str:
    """A pattern of the name in all cases: `Meikäläinen`, `Meikäläisen`; `Mallikas`, `Mallikkaan`."""
    if name.endswith("nen") and len(name) > 5:
        return rf"{re.escape(name[:-3])}(?:nen|s\w{{0,6}})"
    # Mallikas bends to Mallikkaan, Mattila to Mattilan.
    kept = name if len(name) < 5 else name[:-2] if name.endswith("s") else name[:-1]
    return rf"{re.escape(kept)}\w{{0,7}}"
