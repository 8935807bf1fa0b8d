"""What the prose of minutes refers to: decisions of bodies, the strategy's aims, lists of projects, attachments."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hytegraph.graph.periods import year_range
from hytegraph.loaders.documents.bodies import ABBREVIATION, full_name
from hytegraph.loaders.identity.references import Reference
from hytegraph.loaders.row_writer import Paragraph, RowWriter, iso_date

_DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
_CITED = re.compile(
    rf"(?P<day>{_DAY})\s*(?P<open>\()?[,/]?\s*(?:§\s*(?P<after>\d+)|(?P<before>\d+)\s*§)(?(open)\))|"
    rf"§\s*(?P<first>\d+)\s*[,/(]\s*(?P<later>{_DAY})"
)
_BODY = re.compile(
    r"\b(?P<stem>\w*(?i:valtuusto|hallitu(?=[sk])|lautaku(?=n[tn])|jaosto|fullmäktige|styrelse|nämnd))\w*|"
    rf"\b(?P<short>{ABBREVIATION})(?=\s)"
)
_NOMINATIVE = {"hallitu": "hallitus", "lautaku": "lautakunta", "styrelse": "styrelsen", "nämnd": "nämnden"}
_KINDS_OF_BODIES = frozenset(
    ("valtuusto", "hallitus", "lautakunta", "jaosto", "fullmäktige", "styrelsen", "nämnden")
)
_SENTENCE_END = re.compile(r"(?<=[.:])\s+(?=[A-ZÄÖÅ])")
_ATTACHED = re.compile(
    r"\b(?:oheismateriaali\w*|liitteenä|liitteessä|liitteet|som bilaga|bifogas|bilagorna)\b|"
    r"^(?:Liite|Bilaga)\s+\d",
    re.IGNORECASE,
)
_PROJECT = re.compile(r"[A-ZÄÖÅ][\w]*\d*(?:\s*[–-]\s*[\w]+)*?[\w–-]*(?:hanke|projekti|ohjelma)(?!\w{5})")
_NAME = r"[A-ZÄÖÅ][\w-]+(?: [A-ZÄÖÅ][\w-]+)*"
_AIMS = re.compile(rf"päämäär(?:ät|iä) ovat ({_NAME}(?:(?:, | ja ){_NAME})+)")
_PROJECTS_FOLLOW = re.compile(r"(?:projekti|hanke|hankk|projekt)\w*[^.:]*:$")
ADDED_LATER = (
    "Lisäys luettelon lopussa: hankkeen nimi ja vuodet on päätelty virkkeestä. "
    "Asiakirja ei yksilöi päätöstä, jolla hanke lisättiin."
)


def is_attachment(text: str) -> bool:
    """Whether a paragraph names what was attached."""
    return bool(_ATTACHED.search(text))


def lists_projects(text: str) -> bool:
    """Whether a paragraph ends with the words that a list of projects follows."""
    return bool(_PROJECTS_FOLLOW.search(text))


def cited_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Day as printed, section and body of each decision that a text cites."""
    for sentence in _SENTENCE_END.split(text):
        for match in _CITED.finditer(sentence):
            yield _day(match), _section(match), _body(sentence[: match.start()])


def write_citations(
    writer: RowWriter, paragraph: Paragraph, own: Reference, printed: frozenset[str]
) -> list[tuple[str, str]]:
    """Rows for the decisions cited in a paragraph, each with the body its sentence names; their words and lines.

    `own` is the decision that the paragraph is of, which it does not cite; `printed` are the bodies that the document
    names in full.
    """
    cited = []
    for sentence in _SENTENCE_END.split(paragraph.text):
        for match in _CITED.finditer(sentence):
            if (iso_date(_day(match)), _section(match)) == (own.date.isoformat(), own.section):
                continue
            span = writer.spans_of_parts(paragraph.span, [match[0]])[0]
            cells = {
                "what": _what(sentence),
                "body": _whole(_body(sentence[: match.start()]), own.body, printed),
                "date": iso_date(_day(match)),
                "section": _section(match),
                "text": match[0],
                "lines": str(span),
            }
            writer.add("citations", span.first, cells)
            cited.append((match[0], str(span)))
    return cited


def _day(match: re.Match[str]) -> str:
    return "".join((match["day"] or match["later"]).split())


def _section(match: re.Match[str]) -> str:
    return match["after"] or match["before"] or match["first"] or ""


def _what(sentence: str) -> str:
    """What the cited decision adopted, '' for what the tables have no word for."""
    words = sentence.casefold()
    if "strategia" in words or "strategi" in words.split():
        return "strategy"
    return "projects" if "projekti" in words or "hanke" in words or "hankke" in words else ""


def _body(words: str) -> str:
    """The body named last before a citation, in the nominative, with a capital."""
    names = [*_BODY.finditer(words)]
    if not names:
        return ""
    if names[-1]["short"]:
        return full_name(names[-1]["short"], ()).name
    stem = names[-1]["stem"]
    ending = next((end for end in _NOMINATIVE if stem.casefold().endswith(end)), "")
    name = stem[: len(stem) - len(ending)] + _NOMINATIVE.get(ending, "")
    return name[:1].upper() + name[1:]


def _whole(name: str, own: str, printed: frozenset[str]) -> str:
    """The full name of a body that a sentence calls only `lautakunta` or `valtuusto`: the body itself, or the one of
    that kind that the document names.
    """
    if name.casefold() not in _KINDS_OF_BODIES:
        return name
    if own.casefold().endswith(name.casefold()):
        return own
    whole = {other for other in printed if other.casefold().endswith(name.casefold()) and other != name}
    return whole.pop() if len(whole) == 1 else name


def write_aims(writer: RowWriter, paragraph: Paragraph) -> None:
    """The aims of the strategy, where the text counts them up: "päämääriä ovat A, B ja C"."""
    for match in _AIMS.finditer(paragraph.text):
        names = re.findall(_NAME, match[1])
        for name, span in zip(names, writer.spans_of_parts(paragraph.span, names), strict=True):
            writer.add("aims", span.first, {"aim": name, "lines": str(span)})


def write_projects(writer: RowWriter, lines: Sequence[tuple[int, str]], introduction: str) -> None:
    """The items of a list without bullets: a capital begins one, and "sekä" the last."""
    items: list[list[int]] = []
    for number, text in lines:
        line = text.strip()
        if items and line[0].islower() and not line.startswith("sekä "):
            items[-1].append(number)
        else:
            items.append([number])
    for item in items:
        paragraph = writer.paragraph(item)
        added = paragraph.text[0].islower()
        name = _PROJECT.search(paragraph.text) if added else None
        if added:
            writer.add("narratives", item[0], {"text": paragraph.text, "lines": paragraph.lines})
        cells: Mapping[str, str] = {
            "project": name[0] if name else paragraph.text,
            "period": (year_range(paragraph.text) if added else "")
            or year_range(introduction.rpartition("§")[2]),
            "lines": paragraph.lines,
        }
        writer.add("projects", item[0], cells, ADDED_LATER if added else "", sure=not added)
