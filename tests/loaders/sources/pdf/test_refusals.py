"""What is refused, and what a PDF hides from a reader's eye."""

import random
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.sources import pdf
from hytegraph.loaders.sources.pdf import read
from tests.loaders.sources.pdf.structures import STRUCTURES
from tests.loaders.sources.pdf.written import blocks_of, words, write


def _refusal(path: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        read(path)
    return refused.value.reason


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "salattu.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("salasana", canPrint=0))
    canvas.drawString(72, 700, "Tavoite")
    canvas.save()
    assert "encrypted" in _refusal(path)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<", b"PK\x03\x04", b"Tavoite\n" * 50]
)
def test_a_broken_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rikki.pdf"
    path.write_bytes(content)
    assert "broken" in _refusal(path)


def test_a_scan_without_text_is_refused_with_the_way_to_make_its_text(tmp_path: Path) -> None:
    path = tmp_path / "skannattu.pdf"
    picture = tmp_path / "sivu.png"
    picture.write_bytes(bytes.fromhex(_WHITE_DOT))
    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawImage(str(picture), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    reason = _refusal(path)
    assert "scan" in reason
    assert "ocrmypdf" in reason


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tyhjä.pdf"
    canvas = Canvas(str(path))
    canvas.rect(72, 72, 100, 100)
    canvas.save()
    assert "no text" in _refusal(path)


def test_more_pages_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    path = write(tmp_path / "pitkä.pdf", STRUCTURES["over_pages"]().story)
    assert "at most 1" in _refusal(path)


def test_more_letters_and_lines_on_a_page_than_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_OBJECTS", 100)
    path = write(tmp_path / "täysi.pdf", [words("Kunta voi hyvin. " * 40)])
    assert "page 1 has more than 100" in _refusal(path)


def test_words_blotted_out_are_not_read(tmp_path: Path) -> None:
    def blot(canvas: Any, _document: Any) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 400, "Maija Mallikas")
        canvas.drawString(72, 370, "Matti Meikäläinen")
        canvas.setFillColor(colors.black)
        canvas.rect(70, 395, 120, 16, fill=1)
        canvas.setFillColor(colors.white)
        canvas.rect(70, 365, 120, 16, fill=1, stroke=0)

    text = " ".join(block.text for block in blocks_of(tmp_path, words("Näkyvä teksti"), draw=blot))
    assert text == "Näkyvä teksti"


def test_words_of_the_colour_of_their_ground_are_not_read(tmp_path: Path) -> None:
    def hide(canvas: Any, _document: Any) -> None:
        canvas.setFillColor(colors.white)
        canvas.drawString(72, 400, "Maija Mallikas")
        canvas.setFillColor(colors.navy)
        canvas.rect(70, 365, 220, 16, fill=1)
        canvas.drawString(72, 370, "Matti Meikäläinen")
        canvas.setFillColor(colors.white)
        canvas.drawString(200, 370, "Otsikko")

    text = " ".join(block.text for block in blocks_of(tmp_path, words("Näkyvä teksti"), draw=hide))
    assert text == "Näkyvä teksti Otsikko"


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 40)]
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 60)]
        else:
            changed[at : at + 4] = chance.choice([b"-1  ", b"9999", b"null", b"<<>>", b"1e99"])
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.1 else changed)


def _read_mutated(tmp_path: Path, count: int, seed: int) -> tuple[int, int]:
    chance = random.Random(seed)
    names = ("merged_cells", "horizontal_rules", "rotated_cells")
    originals = [
        write(
            tmp_path / f"{name}.pdf", STRUCTURES[name]().story, is_compressed=chance.random() < 0.5
        ).read_bytes()
        for name in names
    ]
    read_ones = refused = 0
    for number in range(count):
        path = tmp_path / "muutettu.pdf"
        path.write_bytes(_mutated(originals[number % len(originals)], chance))
        try:
            read(path)
        except DocumentError:
            refused += 1
        else:
            read_ones += 1
    return read_ones, refused


def test_a_mutated_file_is_read_or_refused(tmp_path: Path) -> None:
    read_ones, refused = _read_mutated(tmp_path, 120, seed=1)
    assert read_ones and refused


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(2, 12))
def test_many_mutated_files_are_read_or_refused(seed: int, tmp_path: Path) -> None:
    read_ones, refused = _read_mutated(tmp_path, 1000, seed)
    assert read_ones and refused


_WHITE_DOT = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735811d0000000049454e44ae426082"
)
