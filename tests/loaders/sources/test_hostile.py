"""Files made to do harm, or too large, are refused in one sentence, at little cost, and nothing in them is run or fetched."""

import os
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.sources import isolation, read
from hytegraph.loaders.sources.isolation import isolated
from hytegraph.loaders.sources.limits import MEGABYTE, MOST_CELLS
from hytegraph.loaders.sources.read import read_source
from tests.loaders.sources.archives import as_it_is, changed, in_part

pytestmark = pytest.mark.whole


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Kerho")
    document.save(str(tmp_path / "plan.docx"))
    return tmp_path / "plan.docx"


@pytest.fixture
def excel(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Tavoite", "Kerho"])
    workbook.save(tmp_path / "plan.xlsx")
    return tmp_path / "plan.xlsx"


def children() -> set[str]:
    """The processes that this one has started and not waited for; other tests have some that stay."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split())


def refusal(file: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        read_source(file)
    assert "\n" not in refused.value.reason
    return refused.value.reason


def test_a_zip_bomb_is_known_by_its_ratio(word: Path) -> None:
    changed(word, as_it_is, word__media__image1=b"\x00" * (40 * MEGABYTE))
    assert "as a zip bomb does" in refusal(word)


def test_an_archive_may_unpack_to_so_much_and_have_so_many_entries(
    word: Path, excel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hytegraph.loaders.sources.archive.LARGEST_UNPACKED", 10_000)
    assert "the archive unpacks to" in refusal(word)
    monkeypatch.setattr("hytegraph.loaders.sources.archive.MOST_ENTRIES", 3)
    assert "entries; it may have 3" in refusal(excel)


def test_an_entry_that_holds_more_than_it_claims_is_broken(word: Path) -> None:
    data = bytearray(word.read_bytes())
    at = data.rindex(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    word.write_bytes(data)
    assert "broken" in refusal(word)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY secret SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_entities_are_refused_in_word(word: Path, part: str) -> None:
    assert "declares a document type" in refusal(changed(word, in_part(part, "?>", f"?>{ENTITIES}")))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused_in_excel(excel: Path, part: str) -> None:
    assert "declares a document type" in refusal(
        changed(excel, lambda n, d: ENTITIES.encode() + d if n == part else d)
    )


def test_a_page_reads_no_file_and_no_address(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        page = tmp_path / "plan.html"
        page.write_text(
            f'<!DOCTYPE html SYSTEM "{address}x.dtd" [<!ENTITY secret SYSTEM "secret.txt">]><base href="{address}">'
            f'<link rel=stylesheet href="{address}"><p>Kerho &secret;</p><img src="{address}"><iframe src="{address}">x</iframe>',
            encoding="utf-8",
        )
        assert "secret" not in read_source(page).text.replace("&secret;", "")
        with pytest.raises(TimeoutError):
            server.accept()


def test_outside_links_of_word_and_excel_are_not_followed(word: Path, excel: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        link = f'<Relationship Id="rX" Type="{{}}" Target="{address}" TargetMode="External"/></Relationships>'
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        changed(
            word,
            in_part(
                "word/_rels/document.xml.rels", "</Relationships>", link.format(f"{office}/attachedTemplate")
            ),
        )
        changed(
            excel,
            in_part(
                "xl/_rels/workbook.xml.rels", "</Relationships>", link.format(f"{office}/externalLinkPath")
            ),
        )
        assert read_source(word).lines == ("Kerho",)
        assert read_source(excel).lines == ("Sheet", "", "Tavoite", "Kerho")
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("kind", ["word", "excel"])
def test_macros_are_parts_that_nothing_opens(kind: str, request: pytest.FixtureRequest) -> None:
    file: Path = request.getfixturevalue(kind)
    types = {
        "word": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "excel": (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    }
    folder = "word" if kind == "word" else "xl"
    before = read_source(file).lines
    changed(file, in_part("[Content_Types].xml", *types[kind]), **{f"{folder}__vbaProject.bin": b"macro"})
    assert read_source(file).lines == before


def test_a_sheet_of_too_many_cells_is_refused_before_it_is_built(excel: Path) -> None:
    cells = b"<row>" + b"<c/>" * (MOST_CELLS + 1) + b"</row></sheetData>"
    changed(excel, lambda n, d: d.replace(b"</sheetData>", cells) if "sheet1" in n else d)
    assert f"it may have {MOST_CELLS}" in refusal(excel)


def test_a_merged_cell_over_the_whole_sheet_is_refused(excel: Path) -> None:
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    changed(excel, in_part("xl/worksheets/sheet1.xml", "</sheetData>", merged))
    assert f"it may have {MOST_CELLS}" in refusal(excel)


@pytest.mark.parametrize("reach", ["XFD1048576", "A1048576"])
def test_a_sheet_with_one_cell_at_its_far_end_costs_little(excel: Path, reach: str) -> None:
    row = f'<row r="1048576"><c r="{reach}" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    changed(excel, in_part("xl/worksheets/sheet1.xml", "</sheetData>", row))
    begun = time.monotonic()
    assert read_source(excel).lines[-1] == "far"
    assert time.monotonic() - begun < 20


def test_a_page_with_spans_without_end_is_cut_to_its_rows_and_refused_when_too_wide(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    cell = "<td colspan=99999 rowspan=99999>a"
    page.write_text(f"<table><tr><th>x{cell * 400}{'<tr><td>b' * 400}</table>", encoding="utf-8")
    assert f"a table has more than {MOST_CELLS} cells" in refusal(page)


def test_a_page_nested_without_end_is_read_or_refused(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.write_text("<div>" * 100_000 + "Kerho", encoding="utf-8")
    try:
        assert "Kerho" in read_source(page).text
    except DocumentError as error:
        assert "\n" not in error.reason


def test_a_word_document_nested_without_end_is_refused(word: Path) -> None:
    table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    changed(word, in_part("word/document.xml", "<w:p>", table[0] * 90_000 + table[1] * 90_000 + "<w:p>"))
    assert refusal(word)


def test_a_file_and_a_paragraph_may_be_so_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "plan.html"
    page.write_text(f"<p>{'x' * 100_001}</p>", encoding="utf-8")
    assert (
        refusal(page) == "outside the tables: a paragraph or cell has 100001 characters; it may have 100000"
    )
    monkeypatch.setattr(read, "MOST_BLOCKS", 1)
    page.write_text("<p>a<p>b", encoding="utf-8")
    assert refusal(page) == "the file has 2 paragraphs and cells; it may have 1"
    monkeypatch.setattr(read, "MOST_CHARACTERS", 0)
    page.write_text("<p>a", encoding="utf-8")
    assert refusal(page) == "the file has 1 characters; it may have 0"
    monkeypatch.setattr(read, "LARGEST_FILE", 1)
    assert "the file has 0 MB" in refusal(page)


def _endless() -> bytes:
    while True:
        pass


def _waiting() -> bytes:
    time.sleep(60)
    return b""


def _greedy() -> bytes:
    return b"x" * (4000 * MEGABYTE)


def _killed() -> bytes:
    os.abort()


def _broken() -> bytes:
    raise KeyError("word/\nnothing.xml")


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (_endless, "takes more than 1 s of the processor"),
        (_waiting, "takes more than 2 s"),
        (_greedy, "needs more than 1500 MB of memory"),
        (_killed, "it ends the process that reads it (SIGABRT)"),
        (_broken, "the file is broken (KeyError: 'word/\\nnothing.xml')"),
    ],
)
def test_work_that_costs_too_much_or_breaks_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[], bytes], reason: str
) -> None:
    monkeypatch.setattr(isolation, "CPU_SECONDS", 1)
    if work is _waiting:
        monkeypatch.setattr(isolation, "WALL_SECONDS", 2)
    before = children()
    with pytest.raises(DocumentError) as refused:
        isolated(tmp_path / "plan.pdf", work)
    assert reason in refused.value.reason
    assert children() <= before


def test_work_can_write_no_file_and_reach_no_address(tmp_path: Path) -> None:
    def write() -> bytes:
        return (tmp_path / "made.txt").write_bytes(b"x").to_bytes()

    def reach() -> bytes:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
        return b""

    def start() -> bytes:
        return os.fork().to_bytes(4)

    for work in (write, reach, start):
        with pytest.raises(DocumentError, match="a reader may not do this"):
            isolated(tmp_path / "plan.pdf", work)
    assert not (tmp_path / "made.txt").exists()
    # What is already open cannot grow either.
    with (
        (tmp_path / "open.txt").open("wb", buffering=0) as file,
        pytest.raises(DocumentError, match="File too large"),
    ):
        isolated(tmp_path / "plan.pdf", lambda: file.write(b"x").to_bytes())


def test_the_limits_bind_the_child_only(tmp_path: Path) -> None:
    before = [
        resource.getrlimit(name) for name in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
    ]
    assert isolated(tmp_path / "plan.pdf", lambda: b"done") == b"done"
    after = [
        resource.getrlimit(name) for name in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
    ]
    assert after == before
