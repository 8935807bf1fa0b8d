"""A summary as a Word document, for those who go on writing."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from hytegraph.server.pages.shared.data_table import text_of
from hytegraph.server.pages.shared.reviewers import mark_key
from hytegraph.server.pages.summary.reading import COUNTED, Summary, by_period
from hytegraph.server.pages.summary.theme import Linked
from hytegraph.server.text.messages import Language, translate

# The first moment that a ZIP file can name.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a summary: its title, the address where it was read, the release, and whether its measures
    are listed.
    """

    title: str
    address: str
    release: str
    with_measures: bool


def written(summary: Summary, linked: Linked | None, around: Around, language: Language) -> bytes:
    """The summary as a Word document, with what else is linked where it is of a theme."""
    document = docx.Document()
    document.core_properties.title = around.title
    document.core_properties.author = "Hytegraph"
    document.add_heading(around.title, 0)
    document.add_paragraph(
        translate("summary.finding", language, n=summary.counts[0], reported=summary.reported)
    )
    if linked:
        states = (
            f"{translate(mark_key(f'mark.{state}'), language)} {n}" for state, n in linked.states.items() if n
        )
        document.add_paragraph(f"{translate('summary.theme.basis', language)} {', '.join(states)}.")
    _add_counts(document, summary, language)
    if linked and linked.goals:
        _add_goals(document, linked, language)
    if around.with_measures and summary.lines:
        _add_measures(document, summary, language)
    document.add_paragraph(translate("workbook.empty.text", language))
    document.add_paragraph(f"{around.address} · {translate('workbook.release', language)}: {around.release}")
    output = io.BytesIO()
    document.save(output)
    return _without_times(output.getvalue())


def _without_times(document: bytes) -> bytes:
    """The document without the time of its writing, so that the same summary gives the same bytes."""
    output = io.BytesIO()
    with ZipFile(io.BytesIO(document)) as old, ZipFile(output, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, _ALWAYS), old.read(name), ZIP_DEFLATED)
    return output.getvalue()


def _add_counts(document: Document, summary: Summary, language: Language) -> None:
    document.add_heading(translate("summary.counts", language), 1)
    if summary.results.total:
        counts = (translate(f"results.count.{state}", language, n=n) for state, n in summary.results.counts)
        document.add_paragraph(f"{translate('summary.results', language)} {', '.join(counts)}.")
    headings = [
        translate(key, language)
        for key in ("column.period", "column.aim", *(f"summary.count.{name}" for name, _ in COUNTED))
    ]
    groups = [
        (group.period, group.aim.text if group.aim else "–", *map(str, group.counts))
        for group in summary.groups
    ]
    _add_table(document, headings, groups)


def _add_goals(document: Document, linked: Linked, language: Language) -> None:
    document.add_heading(translate("summary.theme.goals", language), 1)
    headings = [translate(f"column.{name}", language).capitalize() for name in ("period", "text", "review")]
    lines = [
        (
            claim.element.period.name or "–",
            f"{translate(f'periods.level.{claim.element.level}', language)}: {claim.element.link.text}",
            translate(mark_key(f"mark.{claim.review}"), language),
            "; ".join(f"{lines.document.text}, {lines.link.text}" for lines in claim.element.lines),
        )
        for claim in linked.goals
    ]
    _add_table(document, [*headings, translate("trace.source", language)], lines)


def _add_measures(document: Document, summary: Summary, language: Language) -> None:
    document.add_heading(translate("measures.title", language), 1)
    for part in by_period(summary.lines):
        if part.period:
            document.add_heading(part.period, 2)
        names = ("column.measure", *(f"column.{name}" for name, _ in part.filled), "trace.source")
        lines = (
            (
                line.link.text,
                *(text_of(getattr(line, cell)) for _, cell in part.filled),
                _place(line.document, line.place),
            )
            for line in part.lines
        )
        _add_table(document, [translate(name, language).capitalize() for name in names], lines)
        if part.unfilled:
            unfilled = ", ".join(translate(f"column.{name}", language) for name, _ in part.unfilled)
            document.add_paragraph(f"{translate('query.valueless', language)}: {unfilled}")


def _place(*links: object) -> str:
    return ", ".join(str(getattr(link, "text", "")) for link in links if link)


def _add_table(document: Document, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
