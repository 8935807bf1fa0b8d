"""A site that is there is kept only where it was made of the same and every file is as it was written."""

from pathlib import Path

import pytest

from hytegraph.server.site.earlier import MADE, Earlier, find_made, write_made
from hytegraph.server.site.folder import replace_files

PAGE = b"<title>x</title>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page, of which one address has failed."""
    made, out = tmp_path / "made", tmp_path / "site"
    made.mkdir()
    (made / "index.html").write_bytes(PAGE)
    write_made(made, "the first data", 1, {"/broken": 500})
    out.mkdir()
    replace_files(made, out)
    return out


def test_the_site_of_the_same_data_is_found_with_what_it_has(site: Path) -> None:
    size = len(PAGE) + (site / MADE).stat().st_size

    assert find_made(site, "the first data") == Earlier(1, 2, size, {"/broken": 500})


def test_the_site_of_other_data_is_none(site: Path) -> None:
    assert find_made(site, "other data") is None


@pytest.mark.parametrize("file", ["index.html", MADE])
def test_a_site_with_a_changed_or_missing_file_is_none(site: Path, file: str) -> None:
    content = (site / file).read_bytes()
    (site / file).write_bytes(content + b"\n")
    assert find_made(site, "the first data") is None

    (site / file).write_bytes(content)
    assert find_made(site, "the first data")

    (site / file).unlink()
    assert find_made(site, "the first data") is None


def test_a_folder_without_a_site_has_none(tmp_path: Path) -> None:
    assert find_made(tmp_path, "the first data") is None
