"""Tables as municipalities print them, each written to a PDF, with the cells that are to be read of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, PageBreak, Spacer

from tests.loaders.sources.pdf.written import BLACK, GRID, Turned, table, words

HEAD = ["Tavoite", "Toimenpide", "Vastuutaho", "Mittari"]
AIMS = [
    ["Kuntalaiset liikkuvat enemmän", "Avataan liikuntapuisto keskustaan", "Vapaa-aikapalvelut", "Kävijät"],
    [
        "Nuoret voivat hyvin",
        "Palkataan kaksi nuorisotyöntekijää kouluille",
        "Nuorisotyö",
        "Hyvinvointikysely",
    ],
    ["Ikääntyneet asuvat kotona", "Kotikäynnit tehdään 75 vuotta täyttäneille", "Vanhuspalvelut", "Osuus, %"],
]
ROWS = [HEAD, *AIMS]
WIDTHS = [120, 150, 100, 90]
BAND = colors.HexColor("#E8EEF4")


@dataclass(frozen=True)
class Written:
    """A story for a PDF and the rows of each of its tables."""

    story: list[Flowable]
    tables: list[list[list[str]]]


def _one(rows: list[list[str]], *style: Any, **other: Any) -> Written:
    return Written([table(rows, *style, widths=WIDTHS[: len(rows[0])], **other)], [rows])


def ruled() -> Written:
    return _one(ROWS, GRID)


def without_outer_sides() -> Written:
    return _one(ROWS, ("INNERGRID", (0, 0), (-1, -1), 0.5, BLACK), ("LINEABOVE", (0, 0), (-1, 0), 1, BLACK),
                ("LINEBELOW", (0, -1), (-1, -1), 1, BLACK))  # fmt: skip


def horizontal_rules() -> Written:
    return _one(
        ROWS, ("LINEABOVE", (0, 0), (-1, -1), 0.5, BLACK), ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK)
    )


def horizontal_rules_cell_by_cell() -> Written:
    each = [("LINEBELOW", (column, 0), (column, -1), 0.5, BLACK) for column in range(4)]
    return _one(ROWS, ("LINEABOVE", (0, 0), (-1, 0), 0.5, BLACK), *each)


def head_alone_ruled() -> Written:
    return _one(
        ROWS,
        *(("LINEABOVE", (0, row), (-1, row), 0.8, BLACK) for row in (0, 1)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, BLACK),
    )


def banded() -> Written:
    grounds = [("BACKGROUND", (0, row), (-1, row), BAND) for row in (0, 2)]
    return _one(ROWS, *grounds, ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK))


def merged_cells() -> Written:
    rows = [
        ["Tavoite", "Toimenpide", "Vastuutaho"],
        ["Painopiste 1: Liikkuva kunta", "", ""],
        ["Kuntalaiset liikkuvat", "Avataan puisto", "Vapaa-aikapalvelut"],
        ["", "Kunnostetaan ladut", "Tekniset palvelut"],
        ["", "Lainataan välineitä", "Kirjasto"],
        ["Nuoret voivat hyvin", "Palkataan ohjaaja", "Nuorisotyö"],
    ]
    return _one(rows, GRID, ("SPAN", (0, 1), (-1, 1)), ("SPAN", (0, 2), (0, 4)))


def merged_cells_with_horizontal_rules() -> Written:
    rows = [["Tavoite", "Toimenpide", "Vastuutaho"]]
    rows += [["Kuntalaiset liikkuvat", "Avataan puisto", "Liikunta"], ["", "Kunnostetaan ladut", "Tekniset"]]
    rows += [["Nuoret voivat hyvin", "Palkataan ohjaaja", "Nuorisotyö"], ["", "Avataan tila", "Nuorisotyö"]]
    rules = [("LINEABOVE", (0, row), (-1, row), 0.5, BLACK) for row in (0, 1, 3)]
    rules += [("LINEABOVE", (1, row), (-1, row), 0.5, BLACK) for row in (2, 4)]
    return _one(rows, *rules, ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK), ("SPAN", (0, 1), (0, 2)),
                ("SPAN", (0, 3), (0, 4)))  # fmt: skip


def two_rows_of_head() -> Written:
    rows = [
        ["Tavoite", "Mittari", "", ""],
        ["", "Nimi", "Lähtötaso 2024", "Tavoitetaso 2028"],
        ["Nuoret voivat hyvin", "Harrastaa", "61 %", "70 %"],
    ]
    return _one(rows, GRID, ("SPAN", (1, 0), (3, 0)), ("SPAN", (0, 0), (0, 1)))


def rotated_cells() -> Written:
    rows: list[list[Any]] = [list(row) for row in ROWS]
    rows[0] = [Turned(name) for name in HEAD]
    rows[1][0] = Turned("Liikkuva kunta", downwards=True)
    read = [list(row) for row in ROWS]
    read[1][0] = "Liikkuva kunta"
    return Written([table(rows, GRID, widths=WIDTHS)], [read])


def over_pages(*, is_repeated: bool = True) -> Written:
    rows = [HEAD] + [[f"{row[0]} {number}", *row[1:]] for number in range(20) for row in AIMS]
    return _one(rows, GRID, repeatRows=int(is_repeated))


def over_pages_with_horizontal_rules() -> Written:
    rows = [HEAD] + [[f"{row[0]} {number}", *row[1:]] for number in range(20) for row in AIMS]
    rules = [("LINEABOVE", (0, 0), (-1, -1), 0.5, BLACK), ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK)]
    return _one(rows, *rules, ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.5, BLACK), repeatRows=1)


def rows_broken_over_pages() -> Written:
    long = " ".join(
        f"Kohta {number} jatkuu samassa virkkeessä aina seuraavalle sivulle asti," for number in range(14)
    )
    rows = [HEAD] + [[f"Tavoite {number}", long, "Sivistystoimi", "Määrä"] for number in range(8)]
    return _one(rows, GRID, splitInRow=1, repeatRows=1)


def merged_cells_over_pages() -> Written:
    rows = [HEAD]
    spans = []
    for number in range(12):
        spans.append(("SPAN", (0, len(rows)), (0, len(rows) + 4)))
        for row in range(5):
            goal = f"Tavoite {number}" if not row else ""
            rows.append(
                [goal, f"Toimenpide {number}.{row} tehdään kunnassa vuosittain", "Sivistystoimi", "Määrä"]
            )
    return _one(rows, GRID, *spans, repeatRows=1)


def several_on_a_page() -> Written:
    other = [["Mittari", "Lähtötaso", "Tavoitetaso"], ["Kävijät", "12 000", "15 000"], ["Lainat", "8", "10"]]
    rules = [("LINEABOVE", (0, 0), (-1, -1), 0.5, BLACK), ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK)]
    story = [
        table(ROWS, GRID, widths=WIDTHS),
        words("Mittarit", "Heading2"),
        table(other, *rules, widths=[150, 150, 160]),
        words("Toinen taulukko", "Heading2"),
        table(other, *rules, widths=[150, 150, 160]),
        Spacer(1, 20),
        table(ROWS, GRID, widths=WIDTHS),
    ]
    return Written(story, [ROWS, other, other, ROWS])


def one_on_each_page() -> Written:
    """Tables with the same columns, each with a heading of its own, are not one table."""
    other = [HEAD, ["Kulttuuri kuuluu kaikille", "Avataan näyttely", "Kulttuuritoimi", "Kävijät"]]
    story = [words("Liikkuva kunta", "Heading2"), table(ROWS, GRID, widths=WIDTHS), PageBreak()]
    return Written(
        [*story, words("Luova kunta", "Heading2"), table(other, GRID, widths=WIDTHS)], [ROWS, other]
    )


def fills() -> Written:
    rows = [["Toimenpide", "Tila"], ["Avataan puisto", ""], ["Palkataan ohjaaja", ""]]
    green, red = colors.HexColor("#92D050"), colors.HexColor("#FF0000")
    return _one(rows, GRID, ("BACKGROUND", (1, 1), (1, 1), green), ("BACKGROUND", (1, 2), (1, 2), red))


def bullets_in_cells() -> Written:
    bullets = "• avataan puisto keskustaan ja toinen asemalle<br/>• kunnostetaan ladut"
    rows = [["Tavoite", "Toimenpiteet"], ["Kuntalaiset liikkuvat", bullets]]
    return Written(
        [table(rows, GRID, widths=[120, 150])], [[rows[0], [rows[1][0], bullets.replace("<br/>", " ")]]]
    )


STRUCTURES: dict[str, Callable[[], Written]] = {
    written.__name__: written
    for written in (
        ruled, without_outer_sides, horizontal_rules, horizontal_rules_cell_by_cell, head_alone_ruled, banded,
        merged_cells, merged_cells_with_horizontal_rules, two_rows_of_head, rotated_cells, over_pages,
        over_pages_with_horizontal_rules, rows_broken_over_pages, merged_cells_over_pages, several_on_a_page,
        one_on_each_page, fills, bullets_in_cells,
    )
}  # fmt: skip
STRUCTURES["over_pages_without_head"] = lambda: over_pages(is_repeated=False)
