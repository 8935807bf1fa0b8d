"""The site builds without a warning, its links lead somewhere, and it asks no other host for anything.

That each link of the sources leads to a page and a heading is tested always. What becomes of them in HTML takes half a
minute, most of it for Furo's navigation: `make test-slow`.
"""

from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.conftest import build_site

# What a browser fetches by itself, by tag.
FETCHED = {
    "img": "src",
    "script": "src",
    "link": "href",
    "source": "srcset",
    "iframe": "src",
    "object": "data",
}
# Relations of <link> that a browser does not follow.
NOT_FETCHED = {"index", "search", "next", "prev", "genindex", "author", "copyright"}


class PageReader(HTMLParser):
    """The anchors of a page, where its links lead, and what it makes a browser fetch."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.anchors: set[str] = {""}
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors.add(values.get("id", ""))
        if tag == "a" and values.get("href"):
            self.links.add(values["href"])
        if tag in FETCHED and values.get("rel") not in NOT_FETCHED and FETCHED[tag] in values:
            self.fetched.add(values[FETCHED[tag]])


@pytest.mark.whole
def test_every_page_is_read_and_each_link_followed_without_a_warning(tmp_path: Path) -> None:
    build_site(tmp_path, "dummy")


@pytest.mark.parametrize("link", ["other.md", "index.md#no-such-heading", "#neither"])
def test_a_link_that_leads_nowhere_is_a_warning(tmp_path: Path, link: str) -> None:
    (tmp_path / "index.md").write_text(f"# Here\n\nGo [there]({link}).\n", "utf-8")

    with pytest.raises(AssertionError, match=r"index\.md:3: WARNING"):
        build_site(tmp_path / "out", "dummy", tmp_path)


@pytest.fixture(scope="module")
def pages(documentation: Path) -> dict[Path, PageReader]:
    """Every page of the site, read."""
    return {file: PageReader(file) for file in sorted(documentation.rglob("*.html"))}


def test_every_link_within_the_site_leads_to_a_page_and_its_heading(pages: dict[Path, PageReader]) -> None:
    broken = defaultdict(list)
    for file, page in pages.items():
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            is_there = target in pages and unquote(parts.fragment) in pages[target].anchors
            if not is_there and not (target.is_file() and not parts.fragment):
                broken[file.name].append(address)

    assert broken == {}
    assert len(pages) > 20


def test_the_site_fetches_nothing_from_another_host(
    documentation: Path, pages: dict[Path, PageReader]
) -> None:
    fetched = {address for page in pages.values() for address in page.fetched}

    assert any(address.endswith(".css") for address in fetched | {urlsplit(a).path for a in fetched})
    assert [address for address in fetched if urlsplit(address).netloc] == []
    for style in documentation.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(http" not in text.replace('"', "").replace("'", "")


def test_every_page_is_reached_from_the_first(documentation: Path, pages: dict[Path, PageReader]) -> None:
    reached, waiting = set(), [documentation / "index.html"]
    while waiting:
        file = waiting.pop()
        if file in reached or file not in pages:
            continue
        reached.add(file)
        links = (urlsplit(address) for address in pages[file].links)
        waiting += [(file.parent / unquote(parts.path)).resolve() for parts in links if not parts.netloc]

    assert {file.relative_to(documentation).as_posix() for file in set(pages) - reached} <= {
        "genindex.html",
        "search.html",
    }
