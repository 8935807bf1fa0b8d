"""Tables of a PDF: rules, merged and rotated cells, fills, going on over a page."""

from pathlib import Path

from tests.loaders.sources.pdf.written import BLACK, GRID, blocks_of, rows_of, table, words

ROWS = [
    ["Tavoite", "Toimenpide", "Vastuutaho"],
    ["Kuntalaiset liikkuvat", "Avataan liikuntapuisto", "Vapaa-aikapalvelut"],
    ["Nuoret voivat hyvin", "Palkataan nuorisotyöntekijä", "Nuorisotyö"],
]


def test_a_table_with_ruled_lines_has_its_cells(tmp_path: Path) -> None:
    assert rows_of(blocks_of(tmp_path, table(ROWS, GRID))) == ROWS


def test_columns_of_a_table_with_horizontal_rules_only_lie_between_its_white_strips(tmp_path: Path) -> None:
    style = [("LINEABOVE", (0, 0), (-1, -1), 0.5, BLACK), ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK)]
    assert rows_of(blocks_of(tmp_path, table(ROWS, *style))) == ROWS


def test_text_outside_tables_is_headings_paragraphs_and_items(tmp_path: Path) -> None:
    story = [
        words("Hyvinvointisuunnitelma", "Title"),
        words("Lähtökohdat", "Heading2"),
        words("Kuusijärvi on kunta. " * 12),
        words("• ensimmäinen"),
        words("• toinen"),
    ]
    blocks = blocks_of(tmp_path, *story, table(ROWS, GRID))
    assert [block.kind for block in blocks[:5]] == ["heading", "heading", "paragraph", "item", "item"]
    assert [block.level for block in blocks[:2]] == [1, 2]
    assert blocks[4].text == "toinen"
