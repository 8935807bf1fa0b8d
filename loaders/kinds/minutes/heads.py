"""Lines that say which body met when, and which section of its minutes follows."""

import re
from dataclasses import dataclass

from hytegraph.loaders.documents.bodies import ABBREVIATION, BODY, plain_name

_BODY = re.compile(rf"\s*(?:(?P<body>{BODY})|(?P<short>{ABBREVIATION}))(?=[\s,;:/|.§(–-]|$)")
_SECTION = re.compile(
    r"§§?\s*(\d{1,4})(?![\d.]*\d)|(\d{1,4})\s*§(?!\w)|(?:Pykälä|Paragraf)\s*:?\s*(\d{1,4})\b", re.IGNORECASE
)
_MONTHS = (
    ("tammi", "janu"), ("helmi", "febr"), ("maalis", "mars"), ("huhti", "apri"), ("touko", "maj"), ("kesä", "juni"),
    ("heinä", "juli"), ("elo", "augu"), ("syys", "sept"), ("loka", "okto"), ("marras", "nove"), ("joulu", "dece"),
)  # fmt: skip
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_WRITTEN_DATE = re.compile(r"(\d{1,2})\.?\s+([a-zäö]+)\s+(\d{4})(?!\d)", re.IGNORECASE)
_MEETING = re.compile(
    r"(?:kokous(?:päivä(?:määrä)?|pvm|aika|tiedot)?|pöytäkirja(?:n?ote)?|pöytäkirjan\s+ote|ote\s+pöytäkirjasta|"
    r"esityslista|päätösluettelo|päätöspöytäkirja|varsinainen|ylimääräinen|sammanträde(?:sdatum|sdag|stid)?|"
    r"protokoll(?:sutdrag)?|utdrag\s+ur\s+protokollet|föredragningslista|möte(?:sdatum)?|pvm|päivämäärä|datum|den|"
    r"julkinen|offentlig(?:t)?|"
    r"klo\s*\d{1,2}[.:]\d\d|kl\.?\s*\d{1,2}[.:]\d\d|(?:maanantai|tiistai|keskiviikko|torstai|perjantai)(?:na)?|"
    r"(?:mån|tis|ons|tors|fre)dag(?:en)?|sivu\s*\d+(?:\s*[/(]\s*\d+\)?)?|sida\s*\d+|asia(?:kohta)?\s*\d+|ärende\s*\d+)"
    r"(?!\w)",
    re.IGNORECASE,
)
_FILL = re.compile(r"[\s,;:/|.()–•-]+")
_CASE = (
    r"(?:[A-ZÄÖÅ]{1,8}(?:[Dd](?:no|nr))?[-/ ])?\d+[/-]\d\d(?:\.\d\d){0,3}[/-]\d{4}|"
    r"[A-ZÄÖÅ]{1,8}[Dd](?:no|nr)[-/ ]\d{4}[-/]\d+|D/\d+/[\d.]+/\d{4}|"
    r"(?:[A-ZÄÖÅ]{2,4} )?\d{4}-\d{4,6}(?= T |\b)|\d{2,6}-\d{4}"
)
_CASE_WORD = (
    r"(?:Dnro|Diaari(?:numero|nro)|Asia(?:n(?:ume)?ro|tunnus)|Asian numero|Dnr|Diarie(?:nummer|nr)|"
    r"Ärende(?:nummer|nr))\s*[.:]?\s*"
)
_CASE_LINE = re.compile(
    rf"\s*(?:{_CASE_WORD})?(?P<case>{_CASE})(?:\s*(?:\([\d ]+\)|T [\d ]+))?\s*|"
    rf"\s*{_CASE_WORD}(?P<short>\d+/\d{{4}})\s*|\s*{_CASE_WORD}",
    re.IGNORECASE,
)
_CASE_AT_END = re.compile(rf"[\s,(]+(?:{_CASE_WORD})?({_CASE})\)?\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """What a line says of body, date (ISO) and section, '' each where it does not; `rest` is what follows.

    `is_short`: the body is an abbreviation.
    """

    body: str
    is_short: bool
    date: str
    section: str
    rest: str

    @property
    def is_empty(self) -> bool:
        """Whether the line has only words of meetings such as `Pöytäkirja`."""
        return not (self.body or self.date or self.section)


def head_of(line: str) -> Head | None:
    """What a line says of a meeting and a section; None for a line of other text.

    >>> head_of("Kaupunginhallitus 4.12.2023 § 304")
    Head(body='Kaupunginhallitus', is_short=False, date='2023-12-04', section='304', rest='')
    """
    found = {"body": "", "date": "", "section": ""}
    at, is_short, is_meeting = 0, False, False
    while at < len(line):
        rest = line[at:]
        if gap := _FILL.match(rest):
            at += gap.end()
        elif not found["date"] and (date := _date(rest)):
            found["date"], length = date
            at += length
        elif not found["section"] and (match := _SECTION.match(rest)):
            found["section"] = next(filter(None, match.groups()))
            at += match.end()
        elif match := _MEETING.match(rest):
            is_meeting = True
            at += match.end()
        elif not found["body"] and not found["section"] and (match := _BODY.match(rest)):
            found["body"] = match["short"] or plain_name(match["body"])
            is_short = bool(match["short"])
            at += match.end()
        else:
            break
    rest = line[at:].strip()
    head = Head(**found, is_short=is_short, rest=rest)
    return head if _is_head(head, is_meeting=is_meeting) else None


def _date(text: str) -> tuple[str, int] | None:
    """The ISO date that a text begins with, and its length: `4.12.2023`, `4. joulukuuta 2023`, `4 december 2023`."""
    if match := _DATE.match(text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}", match.end()
    match = _WRITTEN_DATE.match(text)
    for month, beginnings in enumerate(_MONTHS, 1) if match else ():
        if match and match[2].casefold().startswith(beginnings):
            return f"{match[3]}-{month:02}-{int(match[1]):02}", match.end()
    return None


def _is_head(head: Head, *, is_meeting: bool) -> bool:
    if head.section:
        starts_a_title = not head.rest or head.rest[0].isupper() or head.rest[0] in "\"”'0123456789"
        return starts_a_title and (not head.is_short or bool(head.section))
    return not head.rest and not head.is_short and bool(head.body or head.date or is_meeting)


def case_number(line: str) -> str | None:
    """The number of a line that holds nothing but a case number or its label ('' then); None for other lines.

    >>> case_number("Dnro 12/00.01.02/2024"), case_number("8231-2023 (00 01 02)"), case_number("Päätös")
    ('12/00.01.02/2024', '8231-2023', None)
    """
    match = _CASE_LINE.fullmatch(line)
    return None if not match or not line.strip() else match["case"] or match["short"] or ""


def cut_case(title: str) -> tuple[str, str]:
    """A title without the case number at its end, and that number."""
    match = _CASE_AT_END.search(title)
    return (title[: match.start()], match[1]) if match else (title, "")
