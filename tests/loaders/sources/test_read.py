"""A file is read by what it is: text as it stands, other forms by their blocks; what cannot be read is refused."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.documents.document import read_document
from hytegraph.loaders.sources.read import read_source

PAGE = "<h1>Hyvinvointisuunnitelma</h1><table><tr><th>Tavoite<th>Keinot<tr><td>Liikkuminen<td>Kerho</table>"


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("Tavoite \nKerho\n", encoding="utf-8")
    assert read_source(file) == read_document(file)


def test_a_page_becomes_lines_with_their_blocks_and_keeps_the_checksum_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    file.write_text(PAGE, encoding="utf-8")
    source = read_source(file)
    assert source.lines == ("Hyvinvointisuunnitelma", "", "Tavoite", "Keinot", "", "Liikkuminen", "Kerho")
    assert [str(each.span) for each in source.placed] == ["L1", "L3", "L4", "L6", "L7"]
    assert [(each.block.row, each.block.column) for each in source.placed[1:]] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]
    assert source.published_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert source.ends_with_newline


def test_the_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Tavoite")
    document.save(str(tmp_path / "plan.txt"))
    workbook = openpyxl.Workbook()
    workbook.active.append(["Tavoite", "Keinot"])
    workbook.save(tmp_path / "table.docx")
    (tmp_path / "page.xls").write_text(f"<!DOCTYPE html>{PAGE}", encoding="utf-8")
    assert read_source(tmp_path / "plan.txt").lines == ("Tavoite",)
    assert read_source(tmp_path / "table.docx").lines == ("Sheet", "", "Tavoite", "Keinot")
    assert read_source(tmp_path / "page.xls").lines[0] == "Hyvinvointisuunnitelma"


def test_a_long_file_says_how_far_it_is(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Tavoite"
    workbook.create_sheet("Toimet")["A1"] = "Kerho"
    workbook.save(tmp_path / "plan.xlsx")
    heard: list[tuple[int, int]] = []
    read_source(tmp_path / "plan.xlsx", lambda done, of: heard.append((done, of)))
    assert heard == [(1, 2), (2, 2)]


def _zip(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.html", b"  \n", "the file is empty"),
        ("a.html", b"<script>x()</script>", "the file holds no text"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "the form of Word or Excel before 2007"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("a.rtf", b"{\\rtf1 x}", "Rich Text"),
        ("a.docx", b"PK\x03\x04 and no archive", "broken zip archive"),
        ("a.zip", _zip(muu="x"), "neither a Word nor an Excel file"),
        ("a.odt", _zip(content="x"), "OpenDocument"),
        ("a.pptx", _zip(ppt__presentation="x"), "PowerPoint"),
        ("a.csv", b"a;b\n\x00", "binary"),
        ("a.csv", b'a;b\n"c;d', "the CSV is broken at line 2"),
        ("a.txt", b"Kerho\x00\x01", "binary"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_was_found(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=reason) as refused:
        read_source(tmp_path / name)
    assert refused.value.path == tmp_path / name


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        read_source(tmp_path / "plan.pdf")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(DocumentError, match="this is no file"):
            read_source(path)
