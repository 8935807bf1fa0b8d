"""Files of each form, and the same files with faults in them."""

import io
import random
import zipfile
from collections.abc import Callable

import docx
import openpyxl
from openpyxl.styles import PatternFill
from reportlab.lib import colors
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

TABLE = [
    ["Tavoite", "Toimenpide", "Vastuu"],
    ["Liikkuminen", "Kerho", "Kunta"],
    ["Lukeminen", "25 %", "1.2.2026"],
]
PAGE = """<!DOCTYPE html><meta charset=utf-8><title>x</title><nav>a</nav><h1 style="color:red">Suunnitelma</h1>
<p>Hyvä &auml;lä&nbsp;pelkää<br>toinen</p><ul><li>yksi<ol start=3><li>kaksi</ol></ul><table border=1><caption>Toimet
<thead><tr><th colspan=2>Tavoite<th>Keinot<tbody><tr><td rowspan=2 style="background:#92d050">1<td>2<td>3<tr><td>4<td>
<ul><li>a<li>b</ul></table><table role=presentation><tr><td>Laatija<td>Kunta<table><tr><td>5<td>6</table></table>"""


def word_file() -> bytes:
    """Headings, lists, and a table with merged cells."""
    document = docx.Document()
    document.add_heading("Suunnitelma", 1)
    document.add_paragraph("Yksi", style="List Bullet")
    document.add_paragraph("Kaksi", style="List Number")
    grid = document.add_table(3, 3)
    for row, cells in zip(grid.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(1, 2).add_table(1, 2).cell(0, 0).text = "sisällä"
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def excel_file() -> bytes:
    """Two sheets, of which one is hidden, with merged cells, fills and formats."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in TABLE:
        sheet.append(row)
    sheet["B3"], sheet["B3"].number_format = 0.25, "0 %"
    sheet["C3"].fill = PatternFill("solid", fgColor="92D050")
    sheet.merge_cells("A2:A3")
    sheet.column_dimensions["D"].hidden = True
    workbook.create_sheet("Piilo").sheet_state = "hidden"
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def pdf_file() -> bytes:
    """A line of text and a table with lines."""
    data = io.BytesIO()
    table = Table(TABLE, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (0, 2))])
    SimpleDocTemplate(data, invariant=True, pageCompression=0).build([Paragraph("Suunnitelma"), table])
    return data.getvalue()


def csv_file() -> bytes:
    """A table with a quoted cell."""
    return "\r\n".join(";".join(row) for row in [*TABLE, ['"a;\n""b"', "ä", ""]]).encode("utf-8-sig")


FORMS: dict[str, Callable[[], bytes]] = {
    ".docx": word_file,
    ".xlsx": excel_file,
    ".pdf": pdf_file,
    ".html": PAGE.encode,
    ".csv": csv_file,
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with faults: of an archive mostly in what is packed, else most would be broken in the same way."""
    if not data.startswith(b"PK") or chance.random() < 0.2:
        return _with_faults(data, chance)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        spoilt = set(chance.sample(names, chance.randint(1, 2)))
        main = next(name for name in names if name.endswith(("word/document.xml", "sheet1.xml")))
        if chance.random() < 0.5:
            spoilt = {main}
        for name in archive.namelist():
            if name in spoilt and chance.random() < 0.05:
                continue
            part = archive.read(name)
            copy.writestr(name, _with_faults(part, chance) if name in spoilt else part)
    return out.getvalue()


def _with_faults(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        _FAULTS[chance.randrange(len(_FAULTS))](changed, chance)
    return bytes(changed)


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.choice((1, 10, 200))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[at : at + chance.choice((10, 100, 1000))] * chance.choice((1, 2, 30))


def _number(data: bytearray, chance: random.Random) -> None:
    """A digit of the file becomes another number."""
    digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        at = chance.choice(digits)
        data[at : at + 1] = chance.choice((b"0", b"-1", b"99999999", b"2147483648", b"1e999", b"x", b""))


def _text(data: bytearray, chance: random.Random) -> None:
    """A word of the file becomes another word of it, as a tag or an attribute of XML may."""
    words = bytes(data).split()
    if len(words) > 1:
        before, after = chance.choice(words), chance.choice(words)
        at = data.find(before)
        data[at : at + len(before)] = after


def _tag(data: bytearray, chance: random.Random) -> None:
    """An element that is begun or ended stands at another place too: still XML by chance."""
    tags = [at for at, byte in enumerate(data) if byte == 60]
    if len(tags) > 1:
        begins, other = chance.choice(tags), chance.choice(tags)
        data[other:other] = data[begins : data.find(b">", begins) + 1]


def _empty(data: bytearray, chance: random.Random) -> None:
    """The value of an attribute becomes empty, which keeps XML well-formed."""
    quotes = [at for at, byte in enumerate(data) if byte == 34]
    if len(quotes) > 1:
        begins = chance.randrange(len(quotes) - 1)
        del data[quotes[begins] + 1 : quotes[begins + 1]]


_FAULTS = (_flip, _cut, _repeat, _number, _number, _number, _text, _tag, _empty, _empty)
