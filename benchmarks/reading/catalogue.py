"""Every sample: structure, form of file and half; the open half is shown to the reader's authors, the held one is not."""

from collections.abc import Callable
from functools import partial

from benchmarks.reading import layouts, minutes, others, tables
from benchmarks.reading.author import Author
from benchmarks.reading.samples import Sample
from benchmarks.reading.tables import Content

HALVES = ("open", "held")
# Structure → who writes it, and the forms in which each half has it.
PLANS: dict[str, tuple[Callable[[Author], Content], tuple[str, ...]]] = {
    "table-per-aim": (tables.table_per_aim, ("docx", "pdf")),
    "spanning-goal": (tables.spanning_goal, ("html", "docx", "pdf")),
    "goal-row": (tables.goal_row, ("docx", "pdf")),
    "numbered": (tables.numbered, ("xlsx", "pdf")),
    "age-matrix": (tables.age_matrix, ("docx", "pdf")),
    "sector-matrix": (tables.sector_matrix, ("html", "docx")),
    "card": (tables.card, ("docx", "pdf")),
    "prose-labels": (layouts.prose_labels, ("docx", "pdf")),
    "prose-brackets": (layouts.prose_brackets, ("html", "txt")),
    "budget": (tables.budget, ("xlsx", "pdf")),
    "two-languages-cell": (layouts.two_languages_in_cell, ("docx", "pdf")),
    "two-languages-beside": (layouts.two_languages_side_by_side, ("xlsx", "docx")),
    "sheets": (layouts.sheets, ("xlsx",)),
    "long-header-repeated": (partial(layouts.long_table, repeated=True), ("pdf",)),
    "long-header-once": (partial(layouts.long_table, repeated=False), ("pdf",)),
    "soft-hyphens": (layouts.soft_hyphens, ("pdf", "docx")),
    "rotated": (layouts.rotated, ("pdf", "docx")),
    "horizontal-rules": (layouts.horizontal_rules, ("pdf",)),
    "joined": (tables.joined, ("docx", "html")),
    "status-words": (partial(tables.status, way="words"), ("docx",)),
    "status-percents": (partial(tables.status, way="percents"), ("xlsx",)),
    "status-signs": (partial(tables.status, way="signs"), ("docx",)),
    "status-colours": (partial(tables.status, way="colours"), ("xlsx", "html")),
    "report": (tables.report, ("pdf", "docx")),
    "values": (layouts.values, ("csv",)),
}
SWEDISH_PLANS: dict[str, tuple[Callable[[Author], Content], tuple[str, ...]]] = {
    "swedish-tables": (tables.table_per_aim, ("docx", "pdf")),
    "swedish-prose": (layouts.prose_labels, ("docx",)),
    "swedish-budget": (tables.budget, ("html",)),
}
NO_PLANS: dict[str, tuple[Callable[[Author], Content], tuple[str, ...]]] = {
    "price-list": (others.price_list, ("docx",)),
    "contact-list": (others.contact_list, ("xlsx",)),
    "meeting-times": (others.meeting_times, ("html",)),
    "programme": (others.programme, ("pdf",)),
    "invoice": (others.invoice, ("pdf",)),
}
MINUTES = {
    "cloudnc": ("html", "pdf"),
    "dynasty": ("html", "docx"),
    "turku": ("txt", "pdf"),
    "swedish": ("docx", "html"),
}


def _plan(
    structure: str, half: str, number: int, form: str, language: str, write: Callable[[Author], Content]
) -> Sample:
    author = Author(structure, half, number, language)
    content, gold = write(author)
    absent = [author.people[0], "040 555 0142"]
    if structure == "sheets":
        absent += ["Salainen luonnos", author.people[3]]
    return Sample(structure, half, form, author.town, language, content, gold, absent=absent, number=number)


def _no_plan(structure: str, half: str, number: int, form: str, write: Callable[[Author], Content]) -> Sample:
    author = Author(structure, half, number)
    content, _ = write(author)
    absent = author.people if structure == "contact-list" else []
    return Sample(
        structure, half, form, author.town, "fi", content, absent=absent, is_plan=False, number=number
    )


def _minutes(form_of_minutes: str, half: str, number: int, form: str) -> Sample:
    language = "sv" if form_of_minutes == "swedish" else "fi"
    author = Author(f"minutes-{form_of_minutes}", half, number, language)
    content, gold = minutes.minutes_of(form_of_minutes, author)
    shown = "".join(part.text for sheet in content for part in sheet.parts if not hasattr(part, "rows"))
    absent = [person for person in author.people if person.rsplit(" ", 1)[1] in shown]
    return Sample(
        f"minutes-{form_of_minutes}", half, form, author.town, language, content, decisions=gold, absent=absent,
        is_plan=False, number=number,
    )  # fmt: skip


def all_samples(half: str) -> list[Sample]:
    samples = []
    for language, plans in (("fi", PLANS), ("sv", SWEDISH_PLANS)):
        for structure, (write, forms) in plans.items():
            samples += [_plan(structure, half, n, form, language, write) for n, form in enumerate(forms, 1)]
    for structure, (write, forms) in NO_PLANS.items():
        samples += [_no_plan(structure, half, n, form, write) for n, form in enumerate(forms, 1)]
    for name, forms in MINUTES.items():
        samples += [_minutes(name, half, n, form) for n, form in enumerate(forms, 1)]
    return samples


def long_sample(half: str) -> Sample:
    """A plan of some forty pages, for time and memory."""
    return _plan("forty-pages", half, 1, "pdf", "fi", partial(layouts.long_table, repeated=True, goals=105))
