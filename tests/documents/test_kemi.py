"""The documents that come with the package are whole, explained to the last word, and name nobody."""

import re
from pathlib import Path

import pytest

from hytegraph.graph.markers import MARKERS
from hytegraph.loaders.documents.folder import Source, read_folder
from hytegraph.loaders.documents.slugs import read_registry
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.privacy.redaction import find_personal_data, redact

NON_BLANK = {"000": 153, "001": 201, "002": 106, "003": 36, "004": 1761}
PLACEHOLDERS = "|".join(map(re.escape, MARKERS.values()))


@pytest.fixture(scope="module")
def sources(kemi_folder: Path) -> tuple[Source, ...]:
    return read_folder(kemi_folder).sources


def test_every_line_of_every_document_is_in_a_table(sources: tuple[Source, ...]) -> None:
    assert {source.entry.name[:3]: source.coverage.non_blank for source in sources} == NON_BLANK
    assert {source.coverage.unexplained for source in sources} == {()}


def test_no_word_on_a_line_that_was_read_is_left_unexplained(sources: tuple[Source, ...]) -> None:
    assert {source.entry.name: source.coverage.unexplained_words for source in sources} == {
        source.entry.name: () for source in sources
    }


def test_the_number_of_lines_is_that_of_the_published_file(sources: tuple[Source, ...]) -> None:
    assert {source.entry.name: len(source.text.lines) for source in sources} == {
        source.entry.name: source.entry.lines for source in sources
    }


def test_a_document_that_held_no_personal_data_is_the_published_one(sources: tuple[Source, ...]) -> None:
    changed = {s.entry.name[:3] for s in sources if s.entry.sha256 != s.entry.redacted_sha256}
    assert changed == {"003", "004"}


def test_titles_are_in_three_languages(sources: tuple[Source, ...]) -> None:
    assert {tuple(sorted(source.entry.title)) for source in sources} == {("en", "fi", "sv")}


def test_every_file_is_free_of_personal_data(kemi_folder: Path) -> None:
    for file in sorted(kemi_folder.rglob("*")):
        if file.is_file() and file.suffix != ".tsv":
            text = re.sub(r"\b[0-9a-f]{64}\b", "", file.read_text(encoding="utf-8"))
            assert (file.name, find_personal_data(text)) == (file.name, ())


def test_nothing_is_left_to_remove(sources: tuple[Source, ...]) -> None:
    assert {source.entry.name: redact(source.text).removed for source in sources} == {
        source.entry.name: () for source in sources
    }


def test_a_line_that_names_an_official_ends_in_placeholders(sources: tuple[Source, ...]) -> None:
    lines = [line for source in sources for line in source.text.lines if "Vastuuhenkilö" in line]
    assert len(lines) == 19
    for line in lines:
        assert re.fullmatch(rf"Vastuuhenkilö (?:(?:{PLACEHOLDERS})(?:, | ja )?)+ ?", line)


def test_the_registry_holds_every_slug_that_the_documents_give(
    kemi_folder: Path, sources: tuple[Source, ...]
) -> None:
    registry = read_registry(kemi_folder)
    minted = mint([(source.entry.slug, source.entry.scope, source.tables) for source in sources], registry)
    assert list(minted) == list(registry)


def test_an_ambiguous_row_says_why(sources: tuple[Source, ...]) -> None:
    rows = [
        row
        for s in sources
        for table in s.tables.values()
        for row in table.rows
        if row["certainty"] != "sure"
    ]
    assert rows
    assert all(len(row["note"]) > 10 for row in rows)
