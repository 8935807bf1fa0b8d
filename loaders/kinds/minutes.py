"""Reads an extract of the minutes of a governing body: matter, preparation, proposal and decision."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hytegraph.graph.periods import year_range
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, tables_of
from hytegraph.loaders.kinds.row_writer import Paragraph, RowWriter, iso_date

_KIND_OF_BODY = "(?:lautakunta|hallitus|valtuusto|jaosto)"
_BODY = rf"[A-ZÄÖÅ][\w-]*(?:\s[\w-]+)?{_KIND_OF_BODY}|[A-ZÄÖÅ][\w-]*{_KIND_OF_BODY}"
_HEADING = re.compile(rf"\s*({_BODY})\s+(\d{{1,2}}\.\d{{1,2}}\.\d{{4}})\s*§\s*(\d+)\s*")
_CASE = re.compile(r"\s*(\d+/[\d.]+/\d{4})\s*")
_LABELS = {
    "preparation": ("Valmistelu", "Valmistelija", "Valmistelijat"),
    "presentation": ("Esittelijä", "Esittelijät"),
    "proposal": ("Päätösehdotus", "Ehdotus"),
    "decision": ("Päätös",),
}
_LABEL = re.compile(
    rf"\s*({'|'.join(name for names in _LABELS.values() for name in names)})(?:\s*:\s*|\s+|$)(.*)"
)
_REMOVED = re.compile(r"\[(?:nimi|puhelin|sähköposti|henkilötunnus) poistettu\]")
_CITED = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4})\s*§\s*(\d+)")
_CITED_BODY = re.compile(r"\b(\w*(?:valtuusto|hallitus|lautakunta|jaosto))\w*", re.IGNORECASE)
_ATTACHED = re.compile(r"\b(?:oheismateriaali\w*|liitteenä|liitteessä|liitteet)\b", re.IGNORECASE)
_PROJECT = re.compile(r"[A-ZÄÖÅ][\w]*\d*(?:\s*[–-]\s*[\w]+)*?[\w–-]*(?:hanke|projekti|ohjelma)(?!\w{5})")
_SENTENCE_END = re.compile(r"(?<=[.:])\s+(?=[A-ZÄÖÅ])")
_NAME = r"[A-ZÄÖÅ][\w-]+(?: [A-ZÄÖÅ][\w-]+)*"
_AIMS = re.compile(rf"päämäär(?:ät|iä) ovat ({_NAME}(?:(?:, | ja ){_NAME})+)")
ADDED_LATER = (
    "Lisäys luettelon lopussa: hankkeen nimi ja vuodet on päätelty virkkeestä. "
    "Asiakirja ei yksilöi päätöstä, jolla hanke lisättiin."
)

SAME_MATTER = "Otsikko on saman asian edellisestä käsittelystä: otteessa sillä ei ole omaa."


@dataclass(slots=True)
class _Matter:
    """The line numbers of one matter by what they hold."""

    title: list[int] = field(default_factory=list)
    heading: list[int] = field(default_factory=list)
    parts: dict[str, list[int]] = field(default_factory=dict)


def matches(document: SourceText) -> bool:
    """Whether a governing body, a date and a section head a matter with a decision."""
    labels = {match[1] for match in map(_LABEL.fullmatch, document.lines) if match}
    return any(map(_HEADING.fullmatch, document.lines)) and bool(
        labels & {"Päätös", "Päätösehdotus", "Ehdotus"}
    )


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Decisions with what they cite, the preparation's text, and the projects it lists."""
    reader = _MinutesReader(document, cleaner)
    for matter in reader.matters():
        reader.write(matter)
    rows = reader.writer.rows
    adopted = [row["date"] for row in rows.get("citations", ()) if row["what"] == "strategy"]
    period = year_range(reader.title)
    return Extraction(reader.title, period, tables_of(rows), reader.date, next(iter(adopted), ""))


MINUTES = Kind("minutes-extract", "poytakirjanote", HYTE.minutesExtract, matches, extract, states_goals=False)


class _MinutesReader:
    def __init__(self, document: SourceText, cleaner: Cleaner) -> None:
        self.writer = RowWriter(document, cleaner)
        self.title = ""
        self.date = ""
        self._document = document
        self._cleaner = cleaner
        self._matter_title: dict[str, str] = {}

    def matters(self) -> list[_Matter]:
        """The matters in order; lines before a heading that follow a blank line are its title."""
        numbers = sorted(self._document.non_blank())
        heads = [number for number in numbers if _HEADING.fullmatch(self._document.line(number))]
        found = []
        starts = [self._title_start(head) for head in heads]
        for at, head in enumerate(heads):
            end = starts[at + 1] if at + 1 < len(heads) else len(self._document.lines) + 1
            start = starts[at] if at else 1
            found.append(self._matter([number for number in numbers if start <= number < end], head))
        return found

    def _title_start(self, head: int) -> int:
        """Where the title above a heading begins; the heading itself where the matter before goes on in another
        body.
        """
        end = head - 1
        while end > 1 and not self._document.line(end).strip():
            end -= 1
        at = end
        while at > 1 and self._document.line(at - 1).strip():
            at -= 1
        is_text = self._document.line(end).rstrip().endswith(".")
        return head if is_text or _LABEL.fullmatch(self._document.line(at)) else at

    def _matter(self, numbers: Sequence[int], head: int) -> _Matter:
        matter = _Matter([number for number in numbers if number < head], [head])
        part = "preparation"
        for number in numbers:
            line = self._document.line(number)
            if number <= head:
                continue
            if _CASE.fullmatch(line):
                matter.heading.append(number)
                continue
            if label := _LABEL.fullmatch(line):
                part = next(name for name, words in _LABELS.items() if label[1] in words)
            matter.parts.setdefault(part, []).append(number)
        return matter

    def write(self, matter: _Matter) -> None:
        """Write the decision of a matter, and the rows of its preparation."""
        heading = _HEADING.fullmatch(self._document.line(matter.heading[0]))
        title = self.writer.paragraph(matter.title) if matter.title else None
        if not heading:
            return
        cells = {
            "body": " ".join(heading[1].split()),
            "date": iso_date(heading[2]),
            "section": heading[3],
            "caseNumber": self._cleaner.clean([self._document.line(number) for number in matter.heading[1:]]),
            "heading_lines": format_spans(spans_of(matter.heading)),
        }
        if title:
            self._matter_title = {"title": title.text, "title_lines": title.lines}
        cells |= self._matter_title
        note = "" if title or not self._matter_title else SAME_MATTER
        self.title, self.date = self.title or cells.get("title", ""), self.date or cells["date"]
        self.writer.passage("heading", self.writer.paragraph(matter.heading))
        cells |= self._post(matter, "preparation", "preparedBy") | self._post(
            matter, "presentation", "presentedBy"
        )
        cells |= self._text(matter, "proposal") | self._text(matter, "decision")
        cells |= self._preparation(
            [*matter.parts.get("preparation", []), *matter.parts.get("presentation", [])]
        )
        first = (matter.title or matter.heading)[0]
        self.writer.add("decisions", first, cells, note, sure=not note)

    def _post(self, matter: _Matter, part: str, column: str) -> dict[str, str]:
        """The post on the label's line; the line is a passage of personal data when a person was removed."""
        for number in matter.parts.get(part, [])[:1]:
            line = self._document.line(number)
            label = _LABEL.fullmatch(line)
            if not label:
                return {}
            removed = _REMOVED.search(label[2])
            kind = "personalData" if removed else "heading"
            self.writer.passage(kind, self.writer.paragraph([number]))
            post = " ".join((label[2][: removed.start()] if removed else label[2]).split()).rstrip(",:")
            return {column: post, f"{column}_lines": f"L{number}"} if post else {}
        return {}

    def _text(self, matter: _Matter, part: str) -> dict[str, str]:
        numbers = matter.parts.get(part, [])
        if not numbers:
            return {}
        label = _LABEL.fullmatch(self._document.line(numbers[0]))
        words = label[1] if label else ""
        line = f"L{numbers[0]}"
        self.writer.add("passages", numbers[0], {"kind": "heading", "text": words, "lines": line})
        if label and not label[2].strip() and numbers[1:]:
            numbers = numbers[1:]
        paragraph = self.writer.paragraph(numbers)
        return {part: paragraph.text.removeprefix(words).lstrip(" :"), f"{part}_lines": paragraph.lines}

    def _preparation(self, numbers: Sequence[int]) -> dict[str, str]:
        """Prose, projects and losses of the preparation; the decisions it cites."""
        cited: list[tuple[str, str]] = []
        listed = ""
        for group in self._paragraphs(numbers):
            paragraph = self.writer.paragraph(group)
            if listed:
                self._projects(group, listed)
            elif _ATTACHED.search(paragraph.text):
                cells = {"kind": "attachment", "text": paragraph.text, "lines": paragraph.lines}
                self.writer.add("losses", paragraph.span.first, cells)
            else:
                self.writer.add(
                    "narratives", paragraph.span.first, {"text": paragraph.text, "lines": paragraph.lines}
                )
                cited += self._citations(paragraph)
                self._aims(paragraph)
            listed = paragraph.text if paragraph.text.endswith(":") else ""
        return {
            "cites": SEPARATOR.join(words for words, _ in cited),
            "cites_lines": " ".join(lines for _, lines in cited),
        }

    def _paragraphs(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        group: list[int] = []
        for number in numbers:
            if _LABEL.fullmatch(self._document.line(number)):
                continue
            if group and number - group[-1] > 1:
                yield group
                group = []
            group.append(number)
        if group:
            yield group

    def _citations(self, paragraph: Paragraph) -> list[tuple[str, str]]:
        """The decisions cited in the paragraph, each with the body its sentence names."""
        found = []
        for sentence in _SENTENCE_END.split(paragraph.text):
            for match in _CITED.finditer(sentence):
                bodies = _CITED_BODY.findall(sentence[: match.start()])
                span = self.writer.spans_of_parts(paragraph.span, [match[0]])[0]
                cells = {
                    "what": "strategy" if "strategia" in sentence.lower() else "projects",
                    "body": bodies[-1] if bodies else "",
                    "date": iso_date(match[1]),
                    "section": match[2],
                    "text": match[0],
                    "lines": str(span),
                }
                self.writer.add("citations", span.first, cells)
                found.append((match[0], str(span)))
        return found

    def _aims(self, paragraph: Paragraph) -> None:
        """The aims of the strategy, where the text counts them up: "päämääriä ovat A, B ja C"."""
        for match in _AIMS.finditer(paragraph.text):
            names = re.findall(_NAME, match[1])
            for name, span in zip(names, self.writer.spans_of_parts(paragraph.span, names), strict=True):
                self.writer.add("aims", span.first, {"aim": name, "lines": str(span)})

    def _projects(self, numbers: Sequence[int], introduction: str) -> None:
        """The items of a list without bullets: a capital begins one, and "sekä" the last."""
        items: list[list[int]] = []
        for number in numbers:
            line = self._document.line(number).strip()
            if items and line[0].islower() and not line.startswith("sekä "):
                items[-1].append(number)
            else:
                items.append([number])
        for item in items:
            paragraph = self.writer.paragraph(item)
            added = paragraph.text[0].islower()
            name = _PROJECT.search(paragraph.text) if added else None
            if added:
                self.writer.add("narratives", item[0], {"text": paragraph.text, "lines": paragraph.lines})
            cells: Mapping[str, str] = {
                "project": name[0] if name else paragraph.text,
                "period": (year_range(paragraph.text) if added else "")
                or year_range(introduction.rpartition("§")[2]),
                "lines": paragraph.lines,
            }
            self.writer.add("projects", item[0], cells, ADDED_LATER if added else "", sure=not added)
