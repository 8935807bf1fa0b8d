"""Documents are read as numbered lines, and what cannot be read is refused with its reason."""

import hashlib
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.spans import Span, format_spans, parse_spans, spans_of


def written(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "asiakirja.txt"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("L12", (Span(12, 12),)),
        ("L12-L14 L20", (Span(12, 14), Span(20, 20))),
        ("", ()),
    ],
)
def test_line_ranges_are_read_and_written_alike(text: str, spans: tuple[Span, ...]) -> None:
    assert parse_spans(text) == spans
    assert format_spans(spans) == text


@pytest.mark.parametrize("text", ["12", "L12-14", "L14-L12", "L0", "l12", "L12,L13", "12.1.2022"])
def test_anything_else_is_no_line_range(text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        parse_spans(text)


def test_line_numbers_are_joined_to_the_fewest_spans() -> None:
    assert spans_of([5, 3, 4, 9, 4]) == (Span(3, 5), Span(9, 9))


def test_trailing_blanks_and_the_last_line_break_are_kept(tmp_path: Path) -> None:
    for data in (b"yksi \n\n kaksi\n", b"yksi \n\n kaksi"):
        document = read_document(written(tmp_path, data))
        assert document.lines == ("yksi ", "", " kaksi")
        assert document.text.encode() == data
        assert document.non_blank() == {1, 3}


def test_the_checksums_are_those_of_the_file_and_of_the_text(tmp_path: Path) -> None:
    data = "ä\r\nö\r\n".encode("utf-8-sig")
    document = read_document(written(tmp_path, data))
    assert document.published_sha256 == hashlib.sha256(data).hexdigest()
    assert document.sha256 == hashlib.sha256("ä\nö\n".encode()).hexdigest()
    assert document.lines == ("ä", "ö")
    assert document.name == "asiakirja"


def test_changed_lines_give_another_checksum() -> None:
    changed = SourceText("a", ("yksi", "kaksi"), "x").with_lines(["yksi", "[poistettu]"])
    assert changed.sha256 == hashlib.sha256(b"yksi\n[poistettu]\n").hexdigest()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"%PDF-1.7\x00\x01", "binary"),
        (b"yksi\nkak\x01si\n", r"line 2 .* U\+0001"),
        (b"yksi\n" + b"a" * 100_001, "line 2 has 100001 characters"),
        ("rivi\nhyvinvointi on tärkeää".encode("latin-1"), "line 2 is not UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_with_its_reason(data: bytes, reason: str, tmp_path: Path) -> None:
    file = written(tmp_path, data)
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(file)
    assert caught.value.path == file


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "ei-ole.txt", tmp_path):
        with pytest.raises(DocumentError):
            read_document(path)
