"""Plans that are hard by their pages, languages or sheets, and plans in running text."""

from benchmarks.reading.author import Author, Entry, groups
from benchmarks.reading.samples import Cell, Gold, Heading, Item, Paragraph, Part, Sheet, Table
from benchmarks.reading.tables import Content, cell, one_sheet, opening, rows_of

_USUAL = ("goal", "measure", "responsible", "schedule", "indicator")
_SOFT = "\u00ad"


def prose_labels(author: Author) -> Content:
    """Bullets that end with who answers and how it is measured, by labels."""
    answers, measured = ("Ansvarig", "Mätare") if author.language == "sv" else ("Vastuu", "Mittari")
    entries, gold = author.entries(2, 2, 2), []
    parts = opening(author)
    for group in groups(entries, "aim"):
        parts += [Heading(2, f"{author.heading('aim')}: {group[0].aim}")]
        for same in groups(group, "goal"):
            parts += [Heading(3, f"{author.heading('goal_row')}: {same[0].goal}")]
            for entry in same:
                labels = (
                    f"{answers}: {entry.words('responsible')}. {measured}: {entry.words('indicator', ', ')}."
                )
                parts += [Item(f"{entry.measure}. {labels}")]
                row = entry.gold("aim", "goal", "measure", "responsible", "indicator")
                row["measure"] += [f"{entry.measure}."]
                row["indicator"] += [entry.words("indicator", ", ")]
                gold += [row]
    return one_sheet(parts), gold


def prose_brackets(author: Author) -> Content:
    """Bullets under a goal that close with who answers, in brackets."""
    entries, parts = author.entries(2, 2, 3), opening(author)
    for group in groups(entries, "aim"):
        parts += [Heading(2, f"{author.heading('aim')} – {group[0].aim}"), Paragraph(author.prose())]
        for same in groups(group, "goal"):
            parts += [
                Heading(3, f"{author.heading('goal_row')}: {same[0].goal}"),
                Paragraph(f"{author.heading('measure')}:"),
            ]
            parts += [Item(f"{entry.measure} ({entry.words('responsible')})") for entry in same]
    return one_sheet(parts), [entry.gold("aim", "goal", "measure", "responsible") for entry in entries]


def _pairs(author: Author) -> list[tuple[Entry, Entry]]:
    """The same rows in Finnish and in Swedish."""
    other = Author("two-languages", author.half, 1, "sv")
    return list(zip(author.entries(2, 2, 1), other.entries(2, 2, 1), strict=True))


def _either(one: Entry, other: Entry, *roles: str) -> Gold:
    """A reading with one of both languages or with both is right."""
    first, second = one.gold(*roles), other.gold(*roles)
    return {
        role: [
            *first[role], *second.get(role, []), f"{one.words(role)} / {other.words(role)}",
            " | ".join((*first[role], *second.get(role, []))),
        ]
        for role in first
    }  # fmt: skip


def two_languages_in_cell(author: Author) -> Content:
    roles = ("goal", "measure", "responsible", "schedule")
    swedish = Author("two-languages", author.half, 1, "sv")
    between = " / " if author.half == "open" else "\n"
    rows = [[Cell(f"{author.heading(role)} / {swedish.heading(role)}") for role in roles]]
    pairs = _pairs(author)
    for one, other in pairs:
        rows += [[Cell(f"{one.words(role)}{between}{other.words(role)}") for role in roles[:3]]]
        rows[-1] += [cell(one, "schedule")]
    gold = [{**_either(one, other, *roles[:3]), **one.gold("schedule")} for one, other in pairs]
    return one_sheet([*opening(author), Table(rows)]), gold


def two_languages_side_by_side(author: Author) -> Content:
    roles = ("goal", "measure", "responsible")
    swedish = Author("two-languages", author.half, 1, "sv")
    rows, pairs = [[Cell(who.heading(role)) for role in roles for who in (author, swedish)]], _pairs(author)
    rows += [[cell(entry, role) for role in roles for entry in pair] for pair in pairs]
    return one_sheet([*opening(author), Table(rows)]), [_either(one, other, *roles) for one, other in pairs]


def sheets(author: Author) -> Content:
    """Instructions first, a sheet for each aim with figures as numbers, and a hidden sheet that nobody may see."""
    roles = ("goal", "measure", "responsible", "schedule", "indicator")
    entries, gold = author.entries(2, 2, 2), []
    guide: list[Part] = [
        Paragraph("Täyttöohje"), Paragraph("Kirjaa jokainen toimenpide omalle rivilleen."),
        Table([[Cell("Sarake"), Cell("Mitä kirjataan")], [Cell(author.heading("measure")), Cell("Mitä tehdään")]]),
    ]  # fmt: skip
    content = [Sheet("Ohje", guide)]
    for number, group in enumerate(groups(entries, "aim"), 1):
        rows = [author.header(*roles, "target")]
        for place, entry in enumerate(group):
            shown = Cell("75 %", shown=(0.75, "0 %")) if place % 2 else Cell("1500", shown=(1500, "0"))
            rows += [[*rows_of([entry], roles)[0], shown]]
            gold += [{**entry.gold("aim", *roles), "target": [shown.text]}]
        content += [Sheet(f"{number}", [Paragraph(f"{author.heading('aim')}: {group[0].aim}"), Table(rows)])]
    hidden = [author.header(*roles), *([Cell(f"Salainen luonnos {number}")] * 5 for number in range(3))]
    content += [Sheet("Luonnos", [Table(hidden), Paragraph(author.people[3])], is_hidden=True)]
    return content, gold


def long_table(author: Author, repeated: bool, goals: int = 6) -> Content:
    """A table over several pages, rows broken by them; a goal stands in the first row of its measures only."""
    entries = author.long_entries(goals, 6)
    rows = [author.header(*_USUAL)]
    for same in groups(entries, "goal"):
        rows += [[cell(same[0], "goal"), *rows_of(same[:1], _USUAL[1:])[0]]]
        rows += [[Cell(""), *rows_of([entry], _USUAL[1:])[0]] for entry in same[1:]]
    table = Table(rows, is_header_repeated=repeated)
    return one_sheet([*opening(author), table]), [entry.gold(*_USUAL) for entry in entries]


def soft_hyphens(author: Author) -> Content:
    """Headings broken inside a word with a hyphen, words of cells with soft hyphens."""
    entries = author.entries(1, 2, 3)
    broken = [name[:6] + "-\n" + name[6:] if len(name) > 7 else name for name in map(author.heading, _USUAL)]
    rows = [[Cell(name) for name in broken]]
    for entry in entries:
        texts = [cell(entry, role).text for role in _USUAL]
        texts[1] = " ".join(
            word[:5] + _SOFT + word[5:] if len(word) > 9 else word for word in texts[1].split(" ")
        )
        rows += [[Cell(text) for text in texts]]
    return one_sheet([*opening(author), Table(rows)]), [entry.gold(*_USUAL) for entry in entries]


def rotated(author: Author) -> Content:
    """The aim stands on its side at the left of all its rows."""
    entries, roles = author.entries(2, 2, 3), ("goal", "measure", "responsible")
    rows = [author.header("aim", *roles)]
    for group in groups(entries, "aim"):
        lines = rows_of(group, roles)
        rows += [[cell(group[0], "aim", rows=len(group), is_rotated=True), *lines[0]], *lines[1:]]
    return one_sheet([*opening(author), Table(rows, widths=(1, 4, 5, 3))]), [
        entry.gold("aim", *roles) for entry in entries
    ]


def horizontal_rules(author: Author) -> Content:
    entries = author.entries(2, 2, 2)
    parts: list[Part] = opening(author)
    for group in groups(entries, "aim"):
        parts += [Heading(2, f"{author.heading('aim')}: {group[0].aim}")]
        parts += [Table([author.header(*_USUAL), *rows_of(group, _USUAL)], rules="horizontal")]
    return one_sheet(parts), [entry.gold("aim", *_USUAL) for entry in entries]


def values(author: Author) -> Content:
    """A bare table with every column, as it is saved for open data."""
    roles = (
        "aim",
        "goal",
        "sector",
        "measure",
        "responsible",
        "partner",
        "schedule",
        "resource",
        "indicator",
        "baseline",
        "target",
    )
    entries = author.entries(2, 2, 2)
    rows = [author.header(*roles), *rows_of(entries, roles)]
    return one_sheet([Table(rows)]), [entry.gold(*roles) for entry in entries]
