"""Labels that names of persons follow: on the same line, on the lines below, in the cells beside them."""

import re
from collections.abc import Iterator

from hytegraph.loaders.privacy.known_names import (
    CAPITAL,
    NAME_PART,
    PARTICLE,
    is_given,
    is_heading,
    is_surname,
    is_word,
)
from hytegraph.loaders.privacy.posts import COMPANY, PLACE_FOLLOWS, ROLE

LABEL = re.compile(
    r"\b(?:Vastuuhenkilö|Vastuuhenkilöt|Valmistelu|(?:Asian )?valmistelijat?|Esittelijät?|"
    r"Lisätietoja(?: asiasta)?(?:\s+anta(?:a|vat))?|Lisätiedot|Yhteyshenkilöt?|Yhteystiedot|Pöytäkirjan ?pitäjä|"
    r"Pöytäkirjan ?tarkastajat?|Tarkastajat?|(?:Vara)?puheenjohtaja|Jäsen(?:et)?|Varajäsen(?:et)?|Läsnä(?:olijat)?|"
    r"Saapuvilla|Paikalla|Osallistujat|Poissa|Sihteeri|Laatijat?|Allekirjoittajat?|Allekirjoitukset?|"
    r"Beredare|Beredning|Föredragande|Föredragare|Tilläggsuppgifter(?:\s+(?:ger|lämnas av))?|Kontaktperson(?:er)?|"
    r"Närvarande|Frånvarande|(?:Vice ?)?ordförande|Ledam(?:ot|öter)|Suppleant(?:er)?|Ersättare|Sekreterare|"
    r"Protokollförare|Protokolljusterare|Justerare|Ansvarig person|Ansvarsperson(?:er)?|Underskrift(?:er)?|Deltagare|"
    r"(?:Sammanställd|Sammanställt|Sammanställda|Utarbetad|Utarbetat|Uppgjord|Uppgjort|Upprättad|Upprättat|Skriven|"
    r"Skrivet|Beredd|Berett|Redigerad|Redigerat|Granskad|Granskat|Godkänd|Godkänt|Uppdaterad|Uppdaterat|"
    r"Undertecknad|Undertecknat|Justerat|Bestyrkt)\s+av)"
    r"\b[^\S\n]*:?",
    re.IGNORECASE,
)
# Words that name nobody within a sentence, and somebody where a line begins with them.
_OPENING = re.compile(
    r"^[^\S\n]*(?:[•·▪*–-][^\S\n]*)?(?:Laatin(?:ut|eet)|Laadin(?:ta|nasta vastaa)|Koonnut|Koonneet|Kokoajat?|"
    r"Koostan(?:ut|eet)|Kirjoittan(?:ut|eet)|Kirjoittajat?|Toimittan(?:ut|eet)|Toimittajat?|Tekijät?|"
    r"Valmistel(?:lut|leet)|Esitel(?:lyt|leet)|Päivittän(?:yt|eet)|Tarkastan(?:ut|eet)|Hyväksyn(?:yt|eet)|"
    r"Kirjan(?:nut|neet)|Allekirjoitus|Nimenselvennys|(?:Pöytäkirjan )?vakuudeksi|(?:Otteen )?oikeaksi todistaa|"
    r"Pöytäkirja (?:on )?(?:tarkastettu|hyväksytty)|Sammanställare|Författare|Redaktör(?:er)?|Skribent(?:er)?|"
    r"Utarbetare|Namnteckning(?:ar)?|Namnförtydligande|Till bekräftelse|In fidem|Protokollet justerat|"
    r"(?:Utdragets riktighet|Rätt utdraget) (?:bestyrks|intygar|intygas)|Bestyrker)\b[^\S\n]*:?",
    re.IGNORECASE | re.MULTILINE,
)
# Labels of lists that name units as well as persons.
_DISTRIBUTION = re.compile(
    r"^[^\S\n]*(?:[•·▪*–-][^\S\n]*)?(?:Jakelu|Tiedoksi(?:anto)?|Päätöksen tiedoksianto|Vastaanottajat?|"
    r"Sändlista|Distribution|Delges|Delgivning|För kännedom|Till kännedom|Mottagare)\b[^\S\n]*:?|"
    # The line that somebody signs on.
    r"^[^\S\n]*[_.…]{5,}(?=[^\S\n]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = re.compile(rf"{NAME_PART}(?:\s+(?:{PARTICLE}\s+)?{NAME_PART})*")
_WHY = r"(?:tied(?:oksi)?|lisät|täyt|toimeks|anojat?|ao|kv|ote|pk-ote|delges|för kännedom|kännedom|verkst)"
_LISTED = re.compile(
    # A line of a list of those who get a copy begins with why they do: "tied", "lisät.", "för kännedom".
    rf"[^\S\n]*(?:[•·▪*–-]\s*|\d+[.)]\s*)?(?:[a-zåäö][\w.]{{1,14}}:?[^\S\n]*\t[^\S\n]*|{_WHY}[.:]?[^\S\n]+)?"
    rf"(?P<name>[{CAPITAL}][\w'’-]+,?[^\S\n]+(?:{PARTICLE}\s+)?[{CAPITAL}][\w'’-]+(?:[^\S\n]+[{CAPITAL}][\w'’-]+)?)"
    r"[^\S\n]*(?:[,(;:–-].*|)"
)
_LONGEST_LIST = 80
_TAIL = re.compile(r"|.*(?:,|\sja|\bsekä|\boch)", re.DOTALL)


def names_by_labels(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where names stand after a label, and whether that is sure."""
    for form in (LABEL, _OPENING, _DISTRIBUTION):
        for label in form.finditer(text):
            line_start = text.rfind("\n", 0, label.start()) + 1
            begins = not text[line_start : label.start()].strip(" \t\u00a0•·*–-")
            start, end = _value(text, label.end(), begins)
            for first, last, sure in _in_value(text, start, end, begins):
                yield first, last, sure and (form is not _DISTRIBUTION or _has_listed(text[first:last]))
            if begins and not text[label.end() : _line_end(text, label.end())].strip():
                yield from _listed_below(text, label.end())


def _has_listed(words: str) -> bool:
    return any(is_given(word) or is_surname(word) for word in words.split())


def _in_value(text: str, start: int, end: int, begins: bool) -> Iterator[tuple[int, int, bool]]:
    value = text[start:end]
    goes_on = False
    for match in _NAMES.finditer(value):
        for first, last in _persons(match[0]):
            at = start + match.start()
            words = match[0][first:last].split()
            alone = not re.sub(r"[\s:,;()\[\]\d+-]", "", value.replace(match[0], ""))
            if PLACE_FOLLOWS.match(text, at + last) or (len(words) == 1 and not (begins and alone)):
                continue
            is_below = "\n" in text[start:at] and not goes_on
            if (sure := _is_sure(words, is_below=is_below)) is not None:
                goes_on = goes_on or sure
                yield at + first, at + last, sure


def _is_sure(words: list[str], *, is_below: bool) -> bool | None:
    """Whether words after a label surely are a name (True), may be one (False), or are none, as a heading is (None)."""
    if any(map(is_surname, words)) or (len(words) > 1 and any(map(is_given, words))):
        return True
    if all(map(is_word, words)):
        # Below a label that may be the heading of the next column; two words beside it are a name of ordinary words.
        return True if len(words) > 1 and not is_below else None
    return not is_below or len(words) > 1


def _listed_below(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """The names of a list below a label, one a line, to the first line that reads like a sentence."""
    at = _line_end(text, start) + 1
    for _ in range(_LONGEST_LIST):
        end = _line_end(text, at) if at < len(text) else at
        line = text[at:end]
        if at >= len(text) or len(line) > 120 or line.rstrip().endswith("."):
            return
        if found := listed_name(line):
            yield at + found[0], at + found[1], False
        at = end + 1


def listed_name(line: str) -> tuple[int, int] | None:
    """Where in a line of a list two or three words stand that may be a name; None for a unit or a heading."""
    match = _LISTED.fullmatch(line)
    words = match["name"].replace(",", "").split() if match else []
    if not match or COMPANY.search(line) or any(ROLE.fullmatch(word) or is_heading(word) for word in words):
        return None
    return match.span("name")


def _value(text: str, start: int, begins: bool) -> tuple[int, int]:
    """The rest of a label's line, and the next lines where the list of names goes on there."""
    end = _line_end(text, start)
    while begins and end < len(text) and _TAIL.fullmatch(text[start:end].strip()):
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
    if COMPANY.search(words):
        return
    run: list[re.Match[str]] = []
    for word in [*re.finditer(r"\S+", words), None]:
        if word and not ROLE.fullmatch(word[0]) and not LABEL.fullmatch(word[0]):
            run.append(word)
            continue
        if run:
            yield run[0].start(), run[-1].end()
        run = []
