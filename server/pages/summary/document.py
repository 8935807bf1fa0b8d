"""A summary as a Word document, for those who go on writing."""

from dataclasses import dataclass

from hytegraph.server.pages.shared.data_table import text_of
from hytegraph.server.pages.shared.reviewers import mark_key
from hytegraph.server.pages.summary.reading import COUNTED, Summary, by_period
from hytegraph.server.pages.summary.theme import Linked
from hytegraph.server.pages.summary.word_file import WordFile
from hytegraph.server.text.messages import Language, translate

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
    document = WordFile()
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
    return document.content(around.title)


def _add_counts(document: WordFile, summary: Summary, language: Language) -> None:
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
    document.add_table(headings, groups)


def _add_goals(document: WordFile, linked: Linked, language: Language) -> None:
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
    document.add_table([*headings, translate("trace.source", language)], lines)


def _add_measures(document: WordFile, summary: Summary, language: Language) -> None:
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
        document.add_table([translate(name, language).capitalize() for name in names], lines)
        if part.unfilled:
            unfilled = ", ".join(translate(f"column.{name}", language) for name, _ in part.unfilled)
            document.add_paragraph(f"{translate('query.valueless', language)}: {unfilled}")


def _place(*links: object) -> str:
    return ", ".join(str(getattr(link, "text", "")) for link in links if link)
