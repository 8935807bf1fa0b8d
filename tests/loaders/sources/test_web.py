"""A web page gives what one reads on it: headings, text, lists and data tables; layout tables are text."""

from pathlib import Path

import pytest

from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block
from hytegraph.loaders.sources import web


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "plan.html"


def read(page: Path, text: str) -> tuple[Block, ...]:
    page.write_text(text, encoding="utf-8")
    return web.read(page)


def said(found: tuple[Block, ...]) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in found]


def places(found: tuple[Block, ...]) -> list[tuple[str, int, int, int, int]]:
    return [
        (each.text, each.row, each.column, each.rows, each.columns) for each in found if each.kind == CELL
    ]


def test_headings_paragraphs_and_lists_stand_in_order(page: Path) -> None:
    found = read(
        page,
        "<title>ei</title><h1>Hyvä<br><em>arki</em></h1>alku<p>Eka\nrivi<br>toka&nbsp;rivi</p><div>a<div>b</div>c</div>"
        "<h3>Keinot</h3><ul><li>Kerho<ul><li>Retki</ul><li><p>Kilpailu</p></ul><ol start=3><li>kolme<li value=9>yhdeksän</ol>"
        "<div role=heading aria-level=4>Mittarit</div><pre>x\n  y</pre><ol type=a><li><p>kirjain<li></ol>loppu",
    )
    assert said(found) == [
        (HEADING, 1, "Hyvä arki"), (PARAGRAPH, 0, "alku"), (PARAGRAPH, 0, "Eka rivi\ntoka rivi"),
        (PARAGRAPH, 0, "a"), (PARAGRAPH, 0, "b"), (PARAGRAPH, 0, "c"), (HEADING, 3, "Keinot"),
        (ITEM, 1, "Kerho"), (ITEM, 2, "Retki"), (ITEM, 1, "Kilpailu"), (ITEM, 1, "3. kolme"), (ITEM, 1, "9. yhdeksän"),
        (HEADING, 4, "Mittarit"), (PARAGRAPH, 0, "x\ny"), (ITEM, 1, "a. kirjain"),
        (PARAGRAPH, 0, "loppu"),
    ]  # fmt: skip


def test_what_one_does_not_see_or_sees_on_every_page_is_left_out(page: Path) -> None:
    hidden = (
        "<script>a</script>", "<style>a</style>", "<nav>a</nav>", "<template>a</template>", "<noscript>a</noscript>",
        "<p hidden>a</p>", "<p style='color:red; display: none'>a</p>", "<p style='visibility:hidden'>a</p>",
        "<p aria-hidden=true>a</p>", "<div role=navigation>a</div>", "<!-- a -->", "<button>a</button>",
        "<select><option>a</select>", "<svg><text>a</text></svg>", "<?php a ?>",
    )  # fmt: skip
    assert said(read(page, "".join(f"{part}<p>Kerho</p>" for part in hidden))) == [
        (PARAGRAPH, 0, "Kerho")
    ] * len(hidden)


def test_cells_cover_their_rows_and_columns_and_know_their_headers(page: Path) -> None:
    found = read(
        page,
        "<table><thead><tr><td colspan=2>Tavoite<td>Keinot<tbody><tr><th rowspan=2>1<td>a<td>b<tr><td>c<td>d"
        "<tfoot><tr><td colspan=3>yhteensä</table>",
    )
    assert places(found) == [
        ("Tavoite", 1, 1, 1, 2), ("Keinot", 1, 3, 1, 1), ("1", 2, 1, 2, 1), ("a", 2, 2, 1, 1), ("b", 2, 3, 1, 1),
        ("c", 3, 2, 1, 1), ("d", 3, 3, 1, 1), ("yhteensä", 4, 1, 1, 3),
    ]  # fmt: skip
    assert [each.text for each in found if each.is_header] == ["Tavoite", "Keinot", "1"]


def test_a_span_goes_no_further_than_its_table(page: Path) -> None:
    found = read(page, "<table><tr><th rowspan=0>a<th rowspan=99>b<th colspan=x>c<tr><td>d</table>")
    assert places(found) == [("a", 1, 1, 2, 1), ("b", 1, 2, 2, 1), ("c", 1, 3, 1, 1), ("d", 2, 3, 1, 1)]


def test_a_cell_keeps_its_lines_and_the_signs_of_its_items(page: Path) -> None:
    found = read(
        page,
        "<table><tr><th>Keinot<th>Vastuu<tr><td>Näin:<ul>\n<li>Kerho</li>\n<li><p>Retki</p></li></ul>"
        "<ol><li>eka</ol><td><p>Kunta</p>\n<p>Seura<br>Koulu</p></table>",
    )
    assert [each.text for each in found] == [
        "Keinot", "Vastuu", "Näin:\n• Kerho\n• Retki\n1. eka", "Kunta\nSeura\nKoulu",
    ]  # fmt: skip


def test_a_caption_heads_its_table(page: Path) -> None:
    found = read(page, "<h2>Toimet</h2><table><caption>Painopiste 1<tr><td>a<td>b<tr><td>c<td>d</table>")
    assert said(found)[:2] == [(HEADING, 2, "Toimet"), (HEADING, 3, "Painopiste 1")]
    assert len(places(found)) == 4


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>Kerho<td>Retki<tr><td>x<td>y</table>",
        "<table role=none><tr><td>Kerho<td>Retki<tr><td>x<td>y</table>",
        "<table><tr><td><p>Kerho</p><p>Retki</p><p>x</p>y</table>",
        "<table><tr><td>Kerho<td>Retki<td>x<td>y</table>",
        "<table><tr><td>Kerho<td>&nbsp;<tr><td><td>Retki<tr><td>x<td><tr><td>y</table>",
        "<table><tr><td>Kerho<td>Retki<tr><td>x<td><table><tr><td>y</table></table>",
    ],
)
def test_a_table_for_looks_is_text(page: Path, table: str) -> None:
    assert said(read(page, table)) == [(PARAGRAPH, 0, word) for word in ("Kerho", "Retki", "x", "y")]


def test_a_data_table_within_a_layout_table_is_a_table(page: Path) -> None:
    found = read(
        page, "<table><tr><td>valikko<td><h2>Toimet</h2><table><tr><th>a<th>b<tr><td>c<td>d</table></table>"
    )
    assert said(found)[:2] == [(PARAGRAPH, 0, "valikko"), (HEADING, 2, "Toimet")]
    assert [text for text, *_ in places(found)] == ["a", "b", "c", "d"]


def test_a_table_in_a_data_cell_is_read_after_the_outer_one(page: Path) -> None:
    inner = "<table><tr><th>e<th>f</table>"
    found = read(page, f"<table><tr><th>a<th>b<tr><td>c{inner}<td>d</table>")
    assert [(each.table, each.text) for each in found] == [
        (1, "a"),
        (1, "b"),
        (1, "c"),
        (1, "d"),
        (2, "e"),
        (2, "f"),
    ]


@pytest.mark.parametrize(
    ("look", "fill"),
    [
        ('style="background-color:#92d050"', "92D050"), ('style="background: #f00 none"', "FF0000"),
        ('bgcolor="yellow"', "FFFF00"), ('style="background:rgb(146, 208, 80)"', "92D050"),
        ('style="background:#fff"', ""), ('style="color:#92d050"', ""), ("", ""),
    ],
)  # fmt: skip
def test_the_colour_of_a_cell_is_kept(page: Path, look: str, fill: str) -> None:
    found = read(page, f"<table><tr><th>Tila<th>Toimi<tr><td {look}><td>Kerho</table>")
    assert found[2].fill == fill


SIGNS = "Hyvän elämän ehdot – €"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "cp1252"), ("<meta charset=utf-8>", "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<meta charset=windows-1252>", "cp1252"), ("<meta charset=utf-8>", "cp1252"),
        ("<meta charset=nothing>", "utf-8"), ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_of_a_page_is_found(page: Path, head: str, encoding: str) -> None:
    page.write_bytes(f"{head}<p>{SIGNS}</p>".encode(encoding))
    assert [block.text for block in web.read(page)] == [SIGNS]


def test_a_legend_of_colours_without_a_header_is_a_table_and_a_coloured_frame_is_none(page: Path) -> None:
    found = read(
        page,
        '<p>Värien selitys<table><tr><td style="background-color:#92D050"><td>Valmis<tr><td bgcolor=red><td>Kesken</table>'
        f"<table><tr><td bgcolor=blue><td>{'Pitkä teksti. ' * 9}<tr><td bgcolor=blue><td>{'Toinen teksti. ' * 9}</table>",
    )
    assert [(each.text, each.fill, each.column) for each in found if each.kind == CELL] == [
        ("", "92D050", 1), ("Valmis", "", 2), ("", "FF0000", 1), ("Kesken", "", 2)
    ]  # fmt: skip
