"""A summary as a Word document, for those who go on writing."""

import io
from collections.abc import Iterable, Sequence
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from hytegraph.server.pages.shared.data_table import text_of
from hytegraph.server.pages.summary.reading import COUNTED, Summary
from hytegraph.server.text.messages import Language, translate

# The first moment that a ZIP file can name.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def written(
    title: str, summary: Summary, address: str, release: str, language: Language, *, with_measures: bool
) -> bytes:
    """The summary under its title, with its measures where they are wanted, where it was read and the release."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Hytegraph"
    document.add_heading(title, 0)
    document.add_paragraph(
        translate("summary.finding", language, n=summary.counts[0], reported=summary.reported)
    )
    document.add_heading(translate("summary.counts", language), 1)
    headings = [
        translate(key, language)
        for key in ("column.period", "column.aim", *(f"summary.count.{name}" for name, _ in COUNTED))
    ]
    groups = [
        (group.period, group.aim.text if group.aim else "–", *map(str, group.counts))
        for group in summary.groups
    ]
    _add_table(document, headings, groups)
    if with_measures:
        _add_measures(document, summary, language)
    document.add_paragraph(translate("workbook.empty.text", language))
    document.add_paragraph(f"{address} · {translate('workbook.release', language)}: {release}")
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


def _add_measures(document: Document, summary: Summary, language: Language) -> None:
    document.add_heading(translate("measures.title", language), 1)
    names = ("measure", "party", "schedule", "indicator", "realisation", "place")
    headings = [translate(f"column.{name}", language).capitalize() for name in names[:-1]]
    lines = [
        (
            *(line.link.text, text_of(line.parties), text_of(line.schedule), text_of(line.indicators)),
            *(text_of(line.reported), _place(line.document, line.place)),
        )
        for line in summary.lines
    ]
    _add_table(document, [*headings, translate("trace.source", language)], lines)


def _place(*links: object) -> str:
    return ", ".join(str(getattr(link, "text", "")) for link in links if link)


def _add_table(document: Document, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
