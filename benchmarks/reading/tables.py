"""Plans whose measures stand in tables, one function a structure."""

from collections.abc import Sequence

from benchmarks.reading.author import Author, Entry, groups
from benchmarks.reading.samples import Cell, Gold, Heading, Paragraph, Part, Sheet, Table

Content = tuple[list[Sheet], list[Gold]]
_USUAL = ("measure", "responsible", "schedule", "indicator")
_BETWEEN = {"responsible": ", ", "partner": ", ", "indicator": "\n"}


def cell(entry: Entry, role: str, **look: object) -> Cell:
    return Cell(entry.words(role, _BETWEEN.get(role, ", ")), **look)  # type: ignore[arg-type]  # the look is Cell's


def opening(author: Author, kind: str = "title") -> list[Part]:
    """Title, who wrote it (an invented person, whose name must go) and a paragraph."""
    person = author.people[0]
    post = "välfärdskoordinator" if author.language == "sv" else "hyvinvointikoordinaattori"
    written = "Sammanställd av" if author.language == "sv" else "Laatija"
    phone = "tfn" if author.language == "sv" else "puh."
    return [
        Heading(1, f"{author.heading(kind)}, {author.town}"),
        Paragraph(f"{written}: {post} {person}, {phone} 040 555 0142"),
        Paragraph(author.prose()),
    ]


def one_sheet(parts: list[Part]) -> list[Sheet]:
    return [Sheet("Toimet", parts)]


def rows_of(entries: Sequence[Entry], roles: Sequence[str]) -> list[list[Cell]]:
    return [[cell(entry, role) for role in roles] for entry in entries]


def table_per_aim(author: Author) -> Content:
    roles = ("goal", "measure", "responsible", "partner", "schedule", "indicator")
    entries, parts = author.entries(3, 2, 1), opening(author)
    for number, group in enumerate(groups(entries, "aim"), 1):
        parts += [Heading(2, f"{author.heading('aim')} {number}: {group[0].aim}")]
        parts += [Table([author.header(*roles), *rows_of(group, roles)])]
    return one_sheet(parts), [entry.gold("aim", *roles) for entry in entries]


def spanning_goal(author: Author) -> Content:
    entries, roles = author.entries(2, 2, 3), ("goal", "measure", "responsible", "resource", "indicator")
    parts = opening(author)
    for group in groups(entries, "aim"):
        rows = [author.header(*roles)]
        for same in groups(group, "goal"):
            rows += [[cell(same[0], "goal", rows=len(same)), *rows_of(same[:1], roles[1:])[0]]]
            rows += rows_of(same[1:], roles[1:])
        parts += [Heading(2, f"{author.heading('aim')}: {group[0].aim}"), Table(rows)]
    return one_sheet(parts), [entry.gold("aim", *roles) for entry in entries]


def goal_row(author: Author) -> Content:
    entries, parts = author.entries(2, 2, 2), opening(author)
    for group in groups(entries, "aim"):
        rows = [author.header(*_USUAL)]
        for number, same in enumerate(groups(group, "goal"), 1):
            rows += [
                [Cell(f"{author.heading('goal_row')} {number}: {same[0].goal}", columns=4, fill="DDEBF7")]
            ]
            rows += rows_of(same, _USUAL)
        parts += [Heading(2, group[0].aim), Table(rows)]
    return one_sheet(parts), [entry.gold("aim", "goal", *_USUAL) for entry in entries]


def numbered(author: Author) -> Content:
    """1 aim and 1.1 goal in rows of their own, 1.1.1 before the measure in a column of its own."""
    entries, roles = author.entries(2, 2, 2), ("number", *_USUAL)
    rows = [author.header(*roles)]
    for aim_number, group in enumerate(groups(entries, "aim"), 1):
        rows += [
            [Cell(f"{aim_number} {author.heading('aim').upper()}: {group[0].aim}", columns=5, fill="9DC3E6")]
        ]
        for number, same in enumerate(groups(group, "goal"), 1):
            rows += [[Cell(f"{aim_number}.{number} {author.heading('goal_row')}: {same[0].goal}", columns=5)]]
            rows += rows_of(same, roles)
    return one_sheet([*opening(author), Table(rows, widths=(1, 4, 3, 2, 3))]), [
        entry.gold("aim", "goal", *roles) for entry in entries
    ]


def age_matrix(author: Author) -> Content:
    entries, ages = author.entries(2, 2, 6), author.words["ages"]
    rows = [[Cell(author.heading("goal")), *(Cell(age) for age in ages)]]
    for same in groups(entries, "goal"):
        bullets = [
            "\n".join(f"• {entry.measure}" for entry in same[start : start + 2]) for start in (0, 2, 4)
        ]
        rows += [[cell(same[0], "goal"), *(Cell(text) for text in bullets)]]
    half = len(rows) // 2 + 1
    parts = opening(author)
    for group, body in zip(groups(entries, "aim"), (rows[1:half], rows[half:]), strict=True):
        parts += [Heading(2, f"{author.heading('aim')}: {group[0].aim}"), Table([rows[0], *body])]
    return one_sheet(parts), [entry.gold("aim", "goal", "measure") for entry in entries]


def sector_matrix(author: Author) -> Content:
    sectors = author.words["sectors"]
    entries = author.entries(1, 3, 6)
    rows = [[Cell(author.heading("goal")), *(Cell(sector) for sector in sectors)]]
    gold = []
    for same in groups(entries, "goal"):
        cells = [same[start : start + 2] for start in (0, 2, 4)]
        rows += [
            [cell(same[0], "goal"), *(Cell("\n".join(f"• {e.measure}" for e in pair)) for pair in cells)]
        ]
        for sector, pair in zip(sectors, cells, strict=True):
            gold += [{**entry.gold("aim", "goal", "measure"), "sector": [sector]} for entry in pair]
    name = f"{author.heading('aim')}: {entries[0].aim}"
    return one_sheet([*opening(author), Heading(2, name), Table(rows)]), gold


def card(author: Author) -> Content:
    roles = ("measure", "responsible", "schedule", "resource", "indicator", "target")
    entries, parts = author.entries(1, 2, 2), opening(author)
    parts += [Heading(2, f"{author.heading('aim')}: {entries[0].aim}")]
    for entry in entries:
        rows = [[Cell(author.heading(role)), cell(entry, role)] for role in ("goal", *roles)]
        parts += [Table(rows, headers=0, widths=(1, 3)), Paragraph("")]
    return one_sheet(parts), [entry.gold("aim", "goal", *roles) for entry in entries]


def joined(author: Author) -> Content:
    """Measure and who answers for it in one cell, the latter in brackets or on a line with its label."""
    entries, with_label = author.entries(2, 2, 2), author.half == "open"
    label = "Ansvar" if author.language == "sv" else "Vastuu"
    rows = [[*author.header("goal"), Cell(author.heading("joined")), *author.header("indicator")]]
    for entry in entries:
        party = entry.words("responsible")
        text = f"{entry.measure}\n{label}: {party}" if with_label else f"{entry.measure} ({party})"
        rows += [[cell(entry, "goal"), Cell(text), cell(entry, "indicator")]]
    return one_sheet([*opening(author), Table(rows)]), [
        entry.gold("goal", "measure", "responsible", "indicator") for entry in entries
    ]


def status(author: Author, way: str) -> Content:
    """Status by words, per cents, signs or colours; the latter two with their legend."""
    words, signs, fills = (
        author.words["status"],
        "●◐○" if author.half == "open" else "☺◔☹",
        ("92D050", "FFC000", "FF0000"),
    )
    entries, roles = author.entries(1, 3, 2), ("goal", "measure", "responsible", "realisation")
    rows, gold = [author.header(*roles, "status")], []
    for entry in entries:
        place = words.index(entry.status)
        shown = {
            "words": entry.status,
            "percents": author.words["percents"][place],
            "signs": signs[place],
            "colours": "",
        }[way]
        rows += [[*rows_of([entry], roles)[0], Cell(shown, fill=fills[place] if way == "colours" else "")]]
        printed = shown if way == "percents" else entry.status
        gold += [{**entry.gold("aim", *roles), "status": [printed]}]
    parts = [
        *opening(author, "report"),
        Heading(2, f"{author.heading('aim')}: {entries[0].aim}"),
        Table(rows),
    ]
    if way == "signs":
        parts += [Paragraph(", ".join(f"{sign} = {word}" for sign, word in zip(signs, words, strict=True)))]
    if way == "colours":
        key = [[Cell("", fill=fill), Cell(word)] for fill, word in zip(fills, words, strict=True)]
        parts += [Paragraph("Värien selitys"), Table(key, headers=0, widths=(1, 4))]
    return one_sheet(parts), gold


def report(author: Author) -> Content:
    entries, roles = author.entries(2, 2, 2), ("goal", "measure", "indicator", "realisation")
    parts = opening(author, "report")
    for group in groups(entries, "aim"):
        parts += [Heading(2, f"{author.heading('aim')}: {group[0].aim}"), Paragraph(author.prose())]
        parts += [Table([author.header(*roles), *rows_of(group, roles)])]
    return one_sheet(parts), [entry.gold("aim", *roles) for entry in entries]


def budget(author: Author) -> Content:
    """Goals with figures and no measures, a table for each sector."""
    entries, roles, gold = author.entries(2, 2, 1), ("indicator", "baseline", "target"), []
    parts = opening(author, "plan_budget")
    for sector, group in zip(author.words["sectors"], groups(entries, "aim"), strict=False):
        rows = [[Cell(author.heading("budget")), *author.header(*roles)], *rows_of(group, ("goal", *roles))]
        parts += [Heading(2, f"{author.heading('sector')}: {sector}"), Table(rows)]
        gold += [{**entry.gold("goal", *roles), "sector": [sector]} for entry in group]
    return one_sheet(parts), gold
