"""A Word document gives its body in order, with changes accepted and what one does not see left out."""

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block
from hytegraph.loaders.sources import word
from hytegraph.loaders.sources.archive import WORD, form_of_archive
from tests.loaders.sources.archives import changed, in_part


@pytest.fixture
def document() -> Document:
    return docx.Document()


@pytest.fixture
def blocks(document: Document, tmp_path: Path) -> Any:
    def read() -> tuple[Block, ...]:
        document.save(str(tmp_path / "plan.docx"))
        return word.read(tmp_path / "plan.docx")

    return read


def xml(text: str) -> Any:
    """An element of Word with its names declared."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w')}", text))


def add(document: Document, text: str) -> None:
    """Put an element at the end of the body, before what says how pages look."""
    document.element.body.insert(len(document.element.body) - 1, xml(text))


def words(found: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in found]


def test_headings_paragraphs_items_and_tables_stand_in_the_order_of_the_body(
    document: Document, blocks: Any
) -> None:
    document.add_heading("Hyvinvointisuunnitelma", 0)
    document.add_heading("Painopiste", 2)
    document.add_table(1, 2).cell(0, 1).text = "Kerho"
    document.add_paragraph("Leipäteksti jatkuu.")
    document.add_paragraph("Yksi", style="List Bullet")
    document.add_paragraph("Kaksi", style="List Bullet 2")
    found = blocks()
    assert [(each.kind, each.level, each.text) for each in found if each.text] == [
        (HEADING, 1, "Hyvinvointisuunnitelma"),
        (HEADING, 2, "Painopiste"),
        (CELL, 0, "Kerho"),
        (PARAGRAPH, 0, "Leipäteksti jatkuu."),
        (ITEM, 1, "Yksi"),
        (ITEM, 1, "Kaksi"),
    ]


@pytest.mark.parametrize(
    ("name", "level"), [("Otsikko 3", 3), ("Rubrik 1", 1), ("heading 2", 2), ("Otsikko", 1)]
)
def test_the_names_of_heading_styles_are_read_in_each_language(
    document: Document, blocks: Any, name: str, level: int
) -> None:
    document.styles.element.append(
        xml(f'<w:style w:type="paragraph" w:styleId="oma"><w:name w:val="{name}"/></w:style>')
    )
    document.styles.element.append(
        xml(
            '<w:style w:type="paragraph" w:styleId="oma2"><w:name w:val="Kunnan oma"/><w:basedOn w:val="oma"/></w:style>'
        )
    )
    add(document, '<w:p><w:pPr><w:pStyle w:val="oma2"/></w:pPr><w:r><w:t>Painopiste</w:t></w:r></w:p>')
    [found] = blocks()
    assert (found.kind, found.level) == (HEADING, level)


def test_an_outline_level_makes_a_heading_and_the_level_of_text_makes_none(
    document: Document, blocks: Any
) -> None:
    add(document, '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Painopiste</w:t></w:r></w:p>')
    add(
        document,
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>Teksti</w:t></w:r></w:p>',
    )
    assert [(each.kind, each.level) for each in blocks()] == [(HEADING, 2), (PARAGRAPH, 0)]


def test_a_bold_line_is_a_heading_only_where_it_can_be_nothing_else(document: Document, blocks: Any) -> None:
    document.add_heading("Suunnitelma", 1)
    for text in ("Painopiste 1", "Vastuu:", "Tämä on lihavoitu virke.", "x" * 100):
        document.add_paragraph().add_run(text).bold = True
    partly = document.add_paragraph("Tavoite ")
    partly.add_run("lihavoitu").bold = True
    found = blocks()
    assert [(each.kind, each.level) for each in found] == [
        (HEADING, 1),
        (HEADING, 2),
        *[(PARAGRAPH, 0)] * 4,
    ]


def test_tracked_changes_are_taken_as_accepted(document: Document, blocks: Any) -> None:
    add(
        document,
        '<w:p><w:r><w:t xml:space="preserve">Kerho </w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>vanha</w:delText></w:r>'
        '<w:r><w:t>poistettu</w:t></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>alkaa</w:t></w:r></w:ins></w:p>',
    )
    add(document, '<w:moveFrom w:id="3"><w:p><w:r><w:t>siirretty pois</w:t></w:r></w:p></w:moveFrom>')
    add(document, '<w:p><w:moveFrom w:id="4"><w:r><w:t>vanha paikka</w:t></w:r></w:moveFrom></w:p>')
    add(document, '<w:p><w:moveTo w:id="5"><w:r><w:t>uusi paikka</w:t></w:r></w:moveTo></w:p>')
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [f"<w:tr>{mark}{cell.format(text)}{cell.format(text)}</w:tr>" for mark, text in (
        ("", "pysyy"), ('<w:trPr><w:del w:id="6"/></w:trPr>', "poistettu"), ('<w:trPr><w:ins w:id="7"/></w:trPr>', "lisätty"),
    )]  # fmt: skip
    add(document, f"<w:tbl>{''.join(rows)}</w:tbl>")
    found = blocks()
    assert words(found) == [
        (PARAGRAPH, "Kerho alkaa"),
        (PARAGRAPH, "uusi paikka"),
        *[(CELL, "pysyy")] * 2,
        *[(CELL, "lisätty")] * 2,
    ]
    assert [each.row for each in found if each.kind == CELL] == [1, 1, 2, 2]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(document: Document, blocks: Any) -> None:
    add(
        document,
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Kerho </w:t></w:r></w:p>',
    )
    add(document, "<w:p><w:r><w:t>alkaa</w:t></w:r></w:p>")
    assert words(blocks()) == [(PARAGRAPH, "Kerho alkaa")]


def test_comments_and_hidden_text_never_leave_the_file(document: Document, blocks: Any) -> None:
    document.add_comment(document.add_paragraph("Kerho").runs, text="Kommentti", author="x")
    document.styles.element.append(
        xml(
            '<w:style w:type="character" w:styleId="piilo"><w:name w:val="Piilo"/><w:rPr><w:vanish/></w:rPr></w:style>'
        )
    )
    for properties in ("<w:vanish/>", '<w:rStyle w:val="piilo"/>'):
        add(document, f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>piilossa</w:t></w:r></w:p>")
    add(
        document,
        '<w:p><w:r><w:rPr><w:rStyle w:val="piilo"/><w:vanish w:val="0"/></w:rPr><w:t>esillä</w:t></w:r></w:p>',
    )
    add(
        document, '<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>linkki</w:t></w:r></w:p>'
    )
    assert words(blocks()) == [(PARAGRAPH, "Kerho"), (PARAGRAPH, "esillä"), (PARAGRAPH, "linkki")]


def test_headers_and_footers_of_pages_are_left_out(document: Document, blocks: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Kunta"
    document.sections[0].footer.paragraphs[0].text = "sivu"
    document.add_paragraph("Kerho")
    assert words(blocks()) == [(PARAGRAPH, "Kerho")]


def test_text_boxes_are_read_once_after_their_paragraph(document: Document, blocks: Any) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>laatikossa</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    add(
        document,
        f"<w:p><w:r><w:t>Kerho</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    add(document, f"<w:p><w:r><w:pict>{box.replace('laatikossa', 'vanhassa')}</w:pict></w:r></w:p>")
    assert words(blocks()) == [(PARAGRAPH, "Kerho"), (PARAGRAPH, "laatikossa"), (PARAGRAPH, "vanhassa")]


def test_soft_hyphens_breaks_and_spaces_are_those_of_text(document: Document, blocks: Any) -> None:
    add(
        document,
        "<w:p><w:r><w:t>hyvin</w:t><w:softHyphen/><w:t>vointi\u00ad\u00a0työ</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t>"
        "<w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>",
    )
    assert words(blocks()) == [(PARAGRAPH, "hyvinvointi työ a\nb-c")]


def test_content_controls_links_and_fields_keep_their_words(document: Document, blocks: Any) -> None:
    add(
        document,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>lohko</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    add(
        document,
        '<w:p><w:hyperlink><w:r><w:t xml:space="preserve">linkki </w:t></w:r></w:hyperlink><w:fldSimple w:instr="DATE"><w:r>'
        '<w:t xml:space="preserve">1.2.2026 </w:t></w:r></w:fldSimple><w:sdt><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>',
    )
    assert words(blocks()) == [(PARAGRAPH, "lohko"), (PARAGRAPH, "linkki 1.2.2026 ☒✓")]


def test_merged_cells_cover_their_rows_and_columns(document: Document, blocks: Any) -> None:
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Painopiste"
    table.cell(1, 0).merge(table.cell(2, 1)).text = "Tavoite"
    table.cell(1, 2).text, table.cell(2, 2).text = "Kerho", "Retki"
    assert [(each.text, each.row, each.column, each.rows, each.columns) for each in blocks()] == [
        ("Painopiste", 1, 1, 1, 3),
        ("Tavoite", 2, 1, 2, 2),
        ("Kerho", 2, 3, 1, 1),
        ("Retki", 3, 3, 1, 1),
    ]


def test_cells_before_a_row_and_cells_merged_the_old_way_keep_the_columns(
    document: Document, blocks: Any
) -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    first = "".join(cell.format("", text) for text in "abc")
    second = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell.format("", "d")}{cell.format("", "e")}'
    third = cell.format('<w:hMerge w:val="restart"/>', "f") + cell.format("<w:hMerge w:val='continue'/>", "")
    add(
        document,
        f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr><w:tr>{third}{cell.format('', 'g')}</w:tr></w:tbl>",
    )
    assert [(each.text, each.row, each.column, each.columns) for each in blocks()] == [
        ("a", 1, 1, 1), ("b", 1, 2, 1), ("c", 1, 3, 1), ("d", 2, 2, 1), ("e", 2, 3, 1), ("f", 3, 1, 2), ("g", 3, 3, 1),
    ]  # fmt: skip


def test_a_table_in_a_cell_is_a_table_of_its_own_after_the_outer_one(document: Document, blocks: Any) -> None:
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ulkona", "viimeinen"
    inner = table.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "sisällä", "samoin"
    assert [(each.table, each.text) for each in blocks()] == [
        (1, "ulkona"), (1, "viimeinen"), (2, "sisällä"), (2, "samoin"),
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_frame_around_text(document: Document, blocks: Any) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "Kehyksessä"
    cell.add_paragraph("Kohta", style="List Bullet")
    assert words(blocks()) == [(PARAGRAPH, "Kehyksessä"), (ITEM, "Kohta")]


def test_a_repeated_header_row_and_the_colour_of_a_cell_are_kept(document: Document, blocks: Any) -> None:
    table = document.add_table(2, 2)
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
    for cell, fill in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("92d050", "auto", "FFFFFF", "FF0000"), strict=True
    ):
        cell._tc.get_or_add_tcPr().append(xml(f'<w:shd w:val="clear" w:fill="{fill}"/>'))
    assert [(each.is_header, each.fill) for each in blocks()] == [
        (True, "92D050"), (True, ""), (False, ""), (False, "FF0000"),
    ]  # fmt: skip


NUMBERING = """<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>
</w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>"""


def test_the_numbers_that_word_writes_are_part_of_the_text(document: Document, blocks: Any) -> None:
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml(NUMBERING))
    numbering.append(xml('<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    numbering.append(
        xml(
            '<w:num w:numId="92"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        )
    )
    for list_id, level in ((91, 0), (91, 1), (91, 1), (91, 2), (91, 3), (91, 0), (91, 1), (92, 0), (0, 0)):
        add(
            document,
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
            "<w:r><w:t>Kohta</w:t></w:r></w:p>",
        )
    assert [(each.kind, each.level, each.text) for each in blocks()] == [
        (ITEM, 1, "2. Kohta"),
        (ITEM, 2, "2.a) Kohta"),
        (ITEM, 2, "2.b) Kohta"),
        (ITEM, 3, "I Kohta"),
        (ITEM, 4, "Kohta"),
        (ITEM, 1, "3. Kohta"),
        (ITEM, 2, "3.a) Kohta"),
        (ITEM, 1, "7. Kohta"),
        (PARAGRAPH, 0, "Kohta"),
    ]


def test_items_in_a_cell_keep_their_signs_line_by_line(document: Document, blocks: Any) -> None:
    table = document.add_table(1, 2)
    cell = table.cell(0, 0)
    cell.paragraphs[0].text = "Keinot:"
    cell.add_paragraph("Kerho", style="List Bullet")
    cell.add_paragraph("Retki", style="List Bullet")
    table.cell(0, 1).paragraphs[0].style = "List Number"
    table.cell(0, 1).paragraphs[0].add_run("Kunta").font.size = Pt(9)
    assert [each.text for each in blocks()] == ["Keinot:\n• Kerho\n• Retki", "1. Kunta"]


def test_footnotes_stand_at_the_end_as_paragraphs(document: Document, tmp_path: Path) -> None:
    document.add_paragraph("Kerho")
    document.save(str(tmp_path / "plan.docx"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>viiva</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Alaviite</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    link = f'<Relationship Id="rN" Type="{office}" Target="footnotes.xml"/></Relationships>'
    change = in_part("word/_rels/document.xml.rels", "</Relationships>", link)
    changed(tmp_path / "plan.docx", change, **{"word/footnotes.xml": notes.encode()})
    assert words(word.read(tmp_path / "plan.docx")) == [(PARAGRAPH, "Kerho"), (PARAGRAPH, "Alaviite")]


@pytest.mark.parametrize("target", ["../NULL", "#_Toc1", "media/missing.png"])
def test_a_relation_to_a_part_that_is_not_there_leads_nowhere(
    document: Document, tmp_path: Path, target: str
) -> None:
    document.add_heading("Kerho", 1)
    document.save(str(tmp_path / "plan.docx"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{office}/{kind}" Target="{target}"/>'
        for kind in ("image", "styles")
    )
    changed(
        tmp_path / "plan.docx",
        in_part("word/_rels/document.xml.rels", "</Relationships>", f"{links}</Relationships>"),
    )
    assert words(word.read(tmp_path / "plan.docx")) == [(HEADING, "Kerho")]


def test_the_main_part_may_have_another_name(document: Document, tmp_path: Path) -> None:
    document.add_heading("Kerho", 1)
    document.save(str(tmp_path / "plan.docx"))
    out = tmp_path / "other.docx"
    with zipfile.ZipFile(tmp_path / "plan.docx") as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name).replace(b"word/document.xml", b"word/document2.xml")
            copy.writestr(name.replace("document.xml", "document2.xml"), data)
    assert form_of_archive(out) == WORD
    assert words(word.read(out)) == [(HEADING, "Kerho")]
