import hashlib
import os
from pathlib import Path

from hytegraph.graph.store.checksums import Checksums

LONG_AGO = 1_600_000_000


def old(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    os.utime(file, (LONG_AGO, LONG_AGO))
    return file


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_file_that_was_just_written_is_read_each_time(tmp_path: Path) -> None:
    file = old(tmp_path / "file", "a")
    checksums = Checksums(tmp_path / "kept.json")
    assert checksums.of(file) == sha256("a")
    checksums.save()

    # Its change time is that of now, so nothing is kept: the same size and time may hide another content.
    old(file, "b")

    assert Checksums(tmp_path / "kept.json").of(file) == sha256("b")


def test_a_checksum_that_was_handed_over_holds_until_the_file_changes(tmp_path: Path) -> None:
    file = old(tmp_path / "file", "a")
    checksums = Checksums(tmp_path / "kept.json")
    checksums.keep(file, "handed over")
    checksums.save()
    assert Checksums(tmp_path / "kept.json").of(file) == "handed over"

    old(file, "b")

    assert Checksums(tmp_path / "kept.json").of(file) == sha256("b")


def test_no_file_has_no_checksum_and_damaged_notes_are_taken_anew(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text("[1", "utf-8")
    checksums = Checksums(tmp_path / "kept.json")

    assert checksums.of(tmp_path / "none") == ""
    assert checksums.of(old(tmp_path / "file", "a")) == sha256("a")
