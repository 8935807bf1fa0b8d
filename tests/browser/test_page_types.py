"""Every type of page is accessible, light, and whole in each language, theme and width.

A page is loaded once per language for all tests of this module; a test that changes its look sets all of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hytegraph.server.text.messages import LANGUAGES, Language
from tests.browser import axe
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.visiting import DESKTOP, HEIGHTS, LOOKS, PHONE, THEMES, Theme, Visitor
from tests.services import Service

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
SCRIPTS = Path(__file__).parents[1] / "data" / "browser"
MOST_BYTES = 150_000
# What is further down a long page looks like what is above it.
MOST_PIXELS = 5_000
# 1280 px at 400 %: https://www.w3.org/TR/WCAG22/#reflow
ZOOMED = 320


@dataclass(frozen=True, slots=True)
class Opened:
    """A type of page, open in each language, and the bytes that it took with an empty cache."""

    type: PageType
    pages: Mapping[Language, Page]
    weight: int


@pytest.fixture(scope="module")
def readers(browser: Browser, service: Service) -> Iterator[Visitor]:
    """One reader per language for all types of page: to start one costs more than to load a page."""
    visitor = Visitor(browser, f"http://127.0.0.1:{service.port}")
    yield visitor
    visitor.leave()


@pytest.fixture(scope="module")
def desks(readers: Visitor) -> Mapping[Language, Page]:
    return {language: readers.open(language=language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def plain(readers: Visitor) -> Page:
    return readers.open(width=PHONE, javascript=False)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(type, id=type.name, marks=[pytest.mark.slow] * type.is_variant) for type in PAGE_TYPES
    ],
)
def opened(
    request: pytest.FixtureRequest, readers: Visitor, desks: Mapping[Language, Page]
) -> Iterator[Opened]:
    type = request.param
    for page in desks.values():
        look(page, DESKTOP)
        # What a page weighs is seen in Finnish; the others take styles and scripts from the cache.
        readers.go(page, type.address, status=type.status, anew=page is desks["fi"])
    yield Opened(type, desks, readers.watch(desks["fi"]).weight())
    readers.check()


def look(page: Page, width: int, theme: Theme = "light") -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])})
    page.emulate_media(color_scheme=theme, media="screen", reduced_motion="no-preference")


def script(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text("utf-8")


def test_a_page_shows_what_its_reader_came_for_in_the_language_of_the_reader(opened: Opened) -> None:
    assert opened.type.see in opened.pages["fi"].locator("main").inner_text()
    assert {
        language: page.locator("html").get_attribute("lang") for language, page in opened.pages.items()
    } == {language: language for language in LANGUAGES}


def test_axe_finds_no_violation_in_a_language_theme_or_width(opened: Opened, axe_core: str) -> None:
    page = opened.pages["fi"]
    page.evaluate(axe_core)
    found: list[str] = []
    for width, theme in LOOKS:
        look(page, width, theme)
        found += (f"fi {width} {theme}: {violation}" for _, violation in axe.violations({"fi": page}))
    # Swedish and English are judged by turns.
    other: Language = "sv" if PAGE_TYPES.index(opened.type) % 2 else "en"
    opened.pages[other].evaluate(axe_core)
    found += (
        f"{other}: {violation}"
        for _, violation in axe.violations({other: opened.pages[other]}, of_look=False)
    )

    assert not found, "\n".join(found)


@pytest.mark.pictures
def test_a_page_is_pictured(opened: Opened) -> None:
    page = opened.pages["fi"]
    for width, theme in LOOKS:
        look(page, width, theme)
        file = SCREENSHOTS / f"{opened.type.name}-{width}-{theme}.png"
        height = min(MOST_PIXELS, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=file)

        assert file.stat().st_size > 5_000


def test_a_page_at_400_percent_scrolls_sideways_only_inside_a_region_that_is_named(opened: Opened) -> None:
    for page in opened.pages.values():
        look(page, ZOOMED)

        assert page.evaluate(script("overflowing")) == []


def test_no_word_of_a_heading_is_broken_on_a_phone(opened: Opened) -> None:
    page = opened.pages["fi"]
    look(page, PHONE)

    assert page.evaluate(script("broken")) == []


def test_a_page_loses_nothing_when_its_reader_spaces_the_text(opened: Opened) -> None:
    page = opened.pages["fi"]
    for width in (DESKTOP, ZOOMED):
        look(page, width)

        assert page.evaluate(script("spaced")) == []


def test_whatever_takes_the_focus_shows_it(opened: Opened) -> None:
    page = opened.pages["fi"]
    for theme in THEMES:
        look(page, DESKTOP, theme)

        focused, unseen = page.evaluate(script("focused"))

        assert focused > 5
        assert unseen == []


def test_nothing_moves_for_a_reader_who_wants_no_motion(opened: Opened) -> None:
    page = opened.pages["fi"]
    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(script("moving")) == []


def test_a_text_of_another_language_says_so(opened: Opened) -> None:
    texts = {language: opened.pages[language].evaluate(script("texts")) for language in LANGUAGES}

    # A text that is the same for every reader and has no language of its own was not translated.
    same = set(texts["fi"]) & set(texts["sv"]) & set(texts["en"])

    assert sorted(same) == []


def test_a_printed_page_has_a_heading_and_no_navigation(opened: Opened) -> None:
    page = opened.pages["fi"]
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    navigation = page.locator("body > header nav, body > footer nav").all()
    assert len(navigation) > 1
    assert not [nav.inner_text() for nav in navigation if nav.is_visible()]


def test_a_page_is_light(opened: Opened) -> None:
    assert 1_000 < opened.weight <= MOST_BYTES


def test_a_page_is_whole_without_javascript(opened: Opened, readers: Visitor, plain: Page) -> None:
    readers.go(plain, opened.type.address, status=opened.type.status, anew=False)

    assert opened.type.see in plain.locator("main").inner_text()
