"""Plans of the invented town Mallila as Word and Excel files and web pages, with what must never leave them."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.comments import Comment

TITLE = "Mallilan hyvinvointisuunnitelma 2025–2028"
HEADINGS = ("Tavoite", "Toimenpiteet", "Vastuutaho", "Aikataulu", "Mittari")
ROWS = (
    (
        "Lapset liikkuvat enemmän",
        "Liikuntakerho joka koululle",
        "Sivistystoimi",
        "2025–2026",
        "Kerhojen määrä",
    ),
    ("Ikäihmiset pärjäävät kotona", "Kotikäynnit 75 täyttäville", "Sosiaalitoimi", "vuosittain", "Käynnit"),
)
SECRET = "Salainen aie"


def write_word(
    path: Path, rows: Sequence[Sequence[str]] = ROWS, *, title: str = TITLE, last: str = ""
) -> Path:
    """A plan with one table, a comment and deleted tracked text; `last` is a paragraph below the table."""
    document = Document()
    document.add_heading(title, 0)
    paragraph = document.add_paragraph("Suunnitelma kokoaa kunnan hyvinvointityön.")
    document.add_comment(paragraph.runs, text=f"{SECRET} huomautuksessa", author="Kirjoittaja")
    deleted = f'<w:del {nsdecls("w")} w:id="9" w:author="x"><w:r><w:delText>{SECRET} poistettuna</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(deleted))
    document.add_heading("Painopiste 1: Arjen turva", 1)
    table = document.add_table(rows=0, cols=len(HEADINGS))
    for row in (HEADINGS, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    if last:
        document.add_paragraph(last)
    document.save(str(path))
    return path


def write_excel(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    """A plan on a visible sheet with a hidden row, a hidden column and a comment, and a hidden sheet."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Toimet"
    sheet.append([TITLE])
    sheet.append([])
    sheet.append([*HEADINGS, f"{SECRET} sarakkeessa"])
    for row in rows:
        sheet.append([*row, f"{SECRET} sarakkeen solussa"])
    sheet.append([f"{SECRET} rivillä"] * len(HEADINGS))
    sheet.row_dimensions[3 + len(rows) + 1].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet["A4"].comment = Comment(f"{SECRET} huomautuksessa", "Kirjoittaja")
    for state in ("hidden", "veryHidden"):
        workbook.create_sheet(state).append([f"{SECRET} välilehdellä"])
        workbook[state].sheet_state = state
    workbook.save(path)
    return path


def write_page(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    """A plan as a web page with a comment, a script and a hidden paragraph."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f"<th>{name}</th>" for name in HEADINGS)
    path.write_text(
        f"<!doctype html><html lang=fi><meta charset=utf-8><title>{TITLE}</title><!-- {SECRET} -->"
        f"<script>var x = '{SECRET}'</script><h1>{TITLE}</h1><p hidden>{SECRET}</p>"
        f"<h2>Painopiste 1: Arjen turva</h2><table><tr>{heads}</tr>{cells}</table>",
        encoding="utf-8",
    )
    return path
