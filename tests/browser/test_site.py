"""A static site in the browser, given under a path by a web server that knows nothing of it."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.text.messages import Language
from tests.browser import axe
from tests.browser.visiting import Visitor
from tests.server.site.conftest import ROOT, Made

FOUND = """[...document.querySelectorAll('main section')].map(section => [
    section.querySelector('h2').id, section.querySelector('h2 .n').textContent,
    ...[...section.querySelectorAll('.hits > li > .words:first-child')].map(name => name.textContent)])"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what fails the visitor sees."""


@pytest.fixture(scope="module")
def origin(made: Made) -> Iterator[str]:
    """A web server for the folder in which the site lies."""
    handler = partial(_Quiet, directory=str(made.out.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visitor(browser: Browser, origin: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, origin)
    yield visitor
    visitor.leave()


@pytest.fixture(scope="module")
def client(made: Made) -> FlaskClient:
    settings = settings_for_release({}, {"release": str(made.release)})
    return create_app(settings, Dataset.open(made.release)).test_client(use_cookies=False)


def searched(visitor: Visitor, words: str, language: str = "") -> Page:
    page = visitor.visit(f"{ROOT}{language}search/?q={words}")
    expect(page.locator("main .told")).to_contain_text(words.replace("+", " "))
    return page


@pytest.mark.parametrize(
    "words",
    ["torikahveja", "hyvinvonti", "toimenpiteet", "nuo", "2027", "nuorten", "lasten+nuorten"],
)
def test_a_search_finds_what_the_service_finds(visitor: Visitor, client: FlaskClient, words: str) -> None:
    served = client.get(f"/search?q={words}", headers={"Accept": "text/html", "Accept-Language": "fi"}).text
    kinds = re.findall(r'<h2 id="(kind-\w+)">[^<]*<span class="n">(\d+)', served)
    taken = re.findall(r'<p class="took">([^<]*<strong lang="fi">[^<]*)</strong>', served)
    told = re.search(r'class="told">\s*(.*?)\s*</p>', served, re.DOTALL)
    page = searched(visitor, words)
    found = page.evaluate(FOUND)

    assert told
    assert kinds
    assert [(kind, n) for kind, n, *_ in found] == kinds
    assert page.inner_text("main .told") == unescape(told[1])
    notes = [" ".join(note.split()) for note in page.locator("main .took:has(strong)").all_inner_texts()]
    assert notes == [" ".join(unescape(re.sub("<[^>]*>", "", note)).split()) + "." for note in taken]


def test_a_hit_leads_to_the_quoted_words_in_the_document(visitor: Visitor) -> None:
    page = searched(visitor, "torikahveja")
    link = page.locator("#kind-passage ~ ol a.words").first
    expect(link.locator("mark").first).to_contain_text(re.compile("torikahvi", re.IGNORECASE))
    link.click()

    expect(page.locator(".lines > li.marked").first).to_contain_text(re.compile("torikahvi", re.IGNORECASE))
    assert "/source/id/mallila/document/" in page.url


def test_results_speak_the_language_of_the_page(visitor: Visitor) -> None:
    page = searched(visitor, "torikahveja", "sv/")

    assert "träff" in page.inner_text("main .told")
    href = page.locator(".hits a.words").first.evaluate("link => new URL(link.href).pathname")
    assert href.startswith(f"{ROOT}sv/")


def test_all_hits_of_a_kind_are_reached_by_a_link(visitor: Visitor) -> None:
    page = searched(visitor, "mallila")
    groups = page.locator("main section")
    more = page.locator("main section p > a.action").first
    if not more.count():
        assert sum(int(n) for _, n, *_ in page.evaluate(FOUND)) == page.locator(".hits > li").count()
        return
    more.click()
    expect(groups).to_have_count(1)
    assert page.locator(".hits > li").count() > 5


def test_without_javascript_the_search_says_so_and_lists_everything_by_kind(visitor: Visitor) -> None:
    page = visitor.visit(f"{ROOT}search/", javascript=False)

    expect(page.get_by_text("vaatii JavaScriptin")).to_be_visible()
    page.locator('.facets a[href*="kind=measure"]').click()
    assert page.url.endswith("/search/kind=measure/")
    expect(page.locator(".hits > li").first).to_be_visible()


def test_the_lines_that_an_address_cites_are_marked_and_the_field_leads_to_others(visitor: Visitor) -> None:
    page = visitor.visit(f"{ROOT}source/id/mallila/document/toimenpideohjelma-2027/?lines=10-12#L10")

    assert page.locator(".lines > li.marked").count() >= 1
    page.fill("#lines", "3")
    page.press("#lines", "Enter")
    page.wait_for_url("**lines=3**")
    expect(page.locator(".lines > li.marked").first).to_be_visible()


@pytest.mark.parametrize(
    "address",
    ["", "gaps/", "sparql/", "measures/", "search/", "search/?q=torikahveja", "query/measures/", "404.html"],
)
def test_pages_of_the_site_are_accessible(visitor: Visitor, axe_core: str, address: str) -> None:
    pages: dict[Language, Page] = {}
    spoken: tuple[Language, ...] = ("fi", "sv")
    for language in spoken:
        prefix = "" if language == "fi" else f"{language}/"
        # The page for what is not found is given at any address, so its own must not need another.
        page = visitor.visit(f"{ROOT}{prefix}{address}", language=language)
        if "q=" in address:
            expect(page.locator(".hits > li").first).to_be_visible()
        page.evaluate(axe_core)
        pages[language] = page

    # Its styles are those of the service, whose look is judged on its own pages.
    assert list(axe.violations(pages, of_look=False)) == []


def test_a_record_is_accessible_and_leads_to_the_page_in_each_language(
    visitor: Visitor, axe_core: str
) -> None:
    page = visitor.visit(f"{ROOT}page/id/mallila/document/toimenpideohjelma-2027/")
    page.evaluate(axe_core)

    assert list(axe.violations({"fi": page})) == []
    for language in ("fi", "sv", "en"):
        expect(page.locator(f'main a.action[hreflang="{language}"]')).to_have_attribute(
            "href", re.compile(rf"/{'' if language == 'fi' else language + '/'}source/id/mallila/document/")
        )
