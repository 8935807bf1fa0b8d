"""Removal of personal data before anything is stored: names of officials, phone numbers, addresses, codes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.loaders.documents.document import SourceText

NAME = "name"
PHONE = "phone"
EMAIL = "email"
IDENTITY_CODE = "identityCode"

REPLACEMENTS = {
    NAME: "[nimi poistettu]",
    PHONE: "[puhelin poistettu]",
    EMAIL: "[sähköposti poistettu]",
    IDENTITY_CODE: "[henkilötunnus poistettu]",
}

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

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\((?:at|ät|a)\)|\[(?:at|ät|a)\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_IDENTITY_CODE = re.compile(
    r"(?<![\w/])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?!\w)"
)
# A digit and a mark before it make a number part of a date, a case number or a figure with thousands.
_ALONE = r"(?<!\w)(?<!\d[.,/ \u00a0-])(?!\d{7}-\d(?!\d))"
_PHONES = (
    re.compile(
        r"(?i:(?<=puh\.)|(?<=puh)|(?<=puhelin)|(?<=gsm)|(?<=tel\.)|(?<=tel))[.:]?\s*(\+?\(?\d[\d ()–-]{3,}\d)"
    ),
    re.compile(r"(?<![\w.])((?:\+|00)\s?358[\s-]?(?:\(0\)[\s-]?)?\d{1,3}(?:[\s–-]?\d){5,9})(?!\d)"),
    re.compile(_ALONE + r"(\(?0(?:4\d{1,2}|50\d?)\)?[\s–./-]?\d(?:[ \u00a0–-]?\d){4,7})(?!\d)"),
    re.compile(
        _ALONE + r"(\(?0(?:2|3|5|6|8|9|1[03-9]|20|29|30|7[135]|[12368]00)\)?[ \u00a0–-]"
        r"\d{3,4}(?:[ \u00a0–-]?\d{2,4}){1,2})(?![\d.]*\d)"
    ),
)


@dataclass(frozen=True, slots=True)
class Removed:
    """One removal: the line it was on and its kind; never the words."""

    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """A document without personal data, line by line the same, and what was removed."""

    document: SourceText
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    kind: str


def redact(document: SourceText) -> Redaction:
    """The document with personal data replaced by words that say so; the number of lines stays."""
    text = "\n".join(document.lines)
    hits = _apart([*_data_hits(text), *_name_hits(text)])
    removed = tuple(Removed(text.count("\n", 0, hit.start) + 1, hit.kind) for hit in hits)
    lines = reduce(_replace, reversed(hits), text).split("\n")
    return Redaction(document.with_lines(lines) if hits else document, removed)


def find_personal_data(text: str) -> tuple[str, ...]:
    """The kinds of personal data that can be told without context: `phone`, `email`, `identityCode`."""
    return tuple(sorted({hit.kind for hit in _data_hits(text)}))


def _replace(text: str, hit: _Hit) -> str:
    # A name broken over two lines leaves the break behind.
    kept = "".join(re.findall(r"[^\S\n]*\n[^\S\n]*", text[hit.start : hit.end]))
    return text[: hit.start] + REPLACEMENTS[hit.kind] + kept + text[hit.end :]


def _apart(hits: Iterable[_Hit]) -> list[_Hit]:
    """The hits in order without those that overlap an earlier, longer one."""
    apart: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not apart or hit.start >= apart[-1].end:
            apart.append(hit)
    return apart


def _data_hits(text: str) -> list[_Hit]:
    emails = [_Hit(*match.span(), EMAIL) for match in _EMAIL.finditer(text)]
    codes = [_Hit(*match.span(), IDENTITY_CODE) for match in _IDENTITY_CODE.finditer(text)]
    phones = [_Hit(*match.span(1), PHONE) for pattern in _PHONES for match in pattern.finditer(text)]
    return _apart([*codes, *emails, *phones])


def _name_hits(text: str) -> list[_Hit]:
    stated = [*_names_after_labels(text), *_names_after_posts(text)]
    names = sorted({" ".join(text[hit.start : hit.end].split()) for hit in stated})
    again = [_Hit(*match.span(), NAME) for name in names for match in _occurrences(text, name)]
    return [*stated, *again]


def _names_after_labels(text: str) -> Iterator[_Hit]:
    for label in _LABEL.finditer(text):
        begins = not text[text.rfind("\n", 0, label.start()) + 1 : label.start()].strip()
        start, end = _value(text, label.end(), begins)
        value = text[start:end]
        for match in _NAMES.finditer(value):
            for first, last in _persons(match[0]):
                alone = not re.sub(r"[\s:,;()\[\]\d+-]", "", value.replace(match[0], ""))
                several = len(match[0][first:last].split()) > 1
                if several or (begins and alone):
                    yield _Hit(start + match.start() + first, start + match.start() + last, NAME)


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


def _names_after_posts(text: str) -> Iterator[_Hit]:
    for match in _POST_AND_NAMES.finditer(text):
        words = match[1].split()
        if len(words) <= 3 and _SURNAME.fullmatch(words[-1]) and not any(map(_ROLE.fullmatch, words)):
            yield _Hit(*match.span(1), NAME)


def _occurrences(text: str, name: str) -> Iterator[re.Match[str]]:
    """The name elsewhere: in any case, surname first, with an initial; the surname alone when it is no word."""
    *given, surname = name.split()
    family = _inflected(surname)
    if not given:
        return
    first = _inflected(given[0])
    initial = rf"{re.escape(given[0][0])}\."
    yield from re.finditer(rf"\b(?:{first}(?:\s+{_NAME_PART})?|{initial})\s+{family}\b", text)
    yield from re.finditer(rf"\b{family},?\s+(?:{first}\b|{initial})", text)
    alone = list(re.finditer(rf"\b{family}\b", text))
    if len(surname) > 3 and alone and not is_form(surname.lower()):
        yield from alone


def _inflected(name: str) -> str:
    """A pattern of the name in all cases: `Meikäläinen`, `Meikäläisen`; `Mallikas`, `Mallikkaan`."""
    if name.endswith("nen") and len(name) > 5:
        return rf"{re.escape(name[:-3])}(?:nen|s\w{{0,6}})"
    # Mallikas bends to Mallikkaan, Mattila to Mattilan.
    kept = name if len(name) < 5 else name[:-2] if name.endswith("s") else name[:-1]
    return rf"{re.escape(kept)}\w{{0,7}}"
