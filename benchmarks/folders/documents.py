"""The five documents of a town as files: which layout and form each has is drawn from the town's seed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.folders import printed
from benchmarks.folders.interim import interim_report
from benchmarks.folders.programme import (
    NEW_PERIOD,
    OLD_PERIOD,
    Programme,
    TownAuthor,
    invent_programme,
    only_goals,
)
from benchmarks.folders.towns import InventedTown
from benchmarks.reading import layouts, minutes, tables
from benchmarks.reading.author import Entry
from benchmarks.reading.samples import Sample, Sheet
from benchmarks.reading.writers import write

Layout = Callable[[TownAuthor], tuple[list[Sheet], object]]
PLANS: dict[str, Sequence[Layout]] = {
    "docx": (tables.table_per_aim, tables.spanning_goal, layouts.prose_labels),
    "html": (tables.table_per_aim, tables.goal_row, tables.numbered, tables.joined, layouts.horizontal_rules),
    "csv": (layouts.values,),
}
REPORTS: Sequence[Layout] = (tables.report, lambda author: tables.status(author, "words"))
MINUTES = (minutes.cloud, minutes.dynasty)
REPORT_YEAR, PLAN_YEAR = 2024, 2026
_TITLES = {
    "fi": ("Kaupunkistrategia", "Hyvinvointisuunnitelma", "Hyvinvointisuunnitelman toteutuminen"),
    "sv": ("Stadsstrategi", "Välfärdsplan", "Välfärdsberättelse"),
}


def write_documents(town: InventedTown, folder: Path) -> list[Path]:
    """Write the documents of the town into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(town, invent_programme(town), folder)
    return [writer.strategy(), writer.plan(), writer.minutes(), writer.interim(), writer.report()]


class _Writer:
    def __init__(self, town: InventedTown, programme: Programme, folder: Path) -> None:
        self._town, self._programme, self._folder = town, programme, folder
        self._draw = town.draw("layouts")
        # What kinds of its own a town has goes together: a form and the report that fills it.
        self._has_forms = town.language == "fi" and self._draw.random() < 0.5
        self._titles = _TITLES[town.language]

    def strategy(self) -> Path:
        old = self._programme.old
        if self._has_forms:
            return self._text("strategia", printed.template(old, OLD_PERIOD))
        form = self._draw.choice(("docx", "html"))
        return self._laid_out(
            "strategia", form, tables.table_per_aim, f"{self._titles[0]} {OLD_PERIOD}", only_goals(old)
        )

    def plan(self) -> Path:
        new = self._programme.new
        if self._has_forms and self._draw.random() < 0.7:
            return self._text("suunnitelma", printed.action_plan(new, PLAN_YEAR))
        form = self._draw.choices(("docx", "html", "csv"), (4, 5, 1))[0]
        layout = self._draw.choice(PLANS[form])
        return self._laid_out("suunnitelma", form, layout, f"{self._titles[1]} {NEW_PERIOD}", new)

    def minutes(self) -> Path:
        author = TownAuthor(self._town, "minutes", self._programme.old)
        if self._has_forms:
            return self._text("poytakirja", printed.minutes(author, self._town.name))
        form = minutes.swedish if self._town.language == "sv" else self._draw.choice(MINUTES)
        parts, _ = form(author)
        return self._sample("poytakirja", "html", [Sheet("", parts)])

    def interim(self) -> Path:
        return self._text("osavuosikatsaus", interim_report(self._town, REPORT_YEAR + 1))

    def report(self) -> Path:
        old = self._programme.old
        if self._has_forms:
            return self._text("toteuma", printed.realisation_report(old, OLD_PERIOD, REPORT_YEAR))
        form, layout = self._draw.choice(("docx", "html")), self._draw.choice(REPORTS)
        return self._laid_out("toteuma", form, layout, f"{self._titles[2]} {REPORT_YEAR}", old)

    def _laid_out(self, name: str, form: str, layout: Layout, title: str, entries: Sequence[Entry]) -> Path:
        sheets, _ = layout(TownAuthor(self._town, title, entries))
        return self._sample(name, form, sheets)

    def _sample(self, name: str, form: str, sheets: list[Sheet]) -> Path:
        sample = Sample(name, self._town.slug, form, self._town.name, self._town.language, sheets)
        return write(sample, self._folder)

    def _text(self, name: str, text: str) -> Path:
        file = self._folder / f"{name}-{self._town.slug}-1.txt"
        file.write_text(text, encoding="utf-8")
        return file
