"""The dictionary in files: made once, made anew when damaged, and done without where nothing can be written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hytegraph.graph.finnish import tries

WORDS = {"koulussa": "koulu", "koulut": "koulu", "koulu": "koulu", "Kemissä": "Kemi"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and a dictionary of four words."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(tries, "_words", lambda: WORDS)
    yield tmp_path
    forget()


def forget() -> None:
    """As a new process is."""
    tries._tries.cache_clear()
    tries.dictionary.cache_clear()


def test_the_dictionary_is_made_once_and_then_read_from_its_files(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    assert dict(tries.dictionary()) == WORDS
    monkeypatch.setattr(tries, "_words", lambda: pytest.fail("made again"))
    forget()
    assert tries.dictionary()["koulussa"] == "koulu"
    assert sorted(tries.inflections("koulu")) == ["koulussa", "koulut"]
    assert tries.inflections("talo") == []
    assert len(list(cache.glob("hytegraph/simplemma-*/*"))) == 2


@pytest.mark.parametrize("left", [b"", b"We are not a trie", None])
def test_a_damaged_or_missing_file_is_made_anew(cache: Path, left: bytes | None) -> None:
    forget()
    tries.dictionary()
    for file in cache.glob("hytegraph/simplemma-*/fi.dic"):
        if left is None:
            file.unlink()
        else:
            file.write_bytes(left)
    forget()
    assert tries.dictionary()["Kemissä"] == "Kemi"


def test_without_a_place_to_write_a_process_makes_its_own(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    forget()
    assert tries.dictionary()["koulut"] == "koulu"
    assert not list(cache.glob("hytegraph/*"))
