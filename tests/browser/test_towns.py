"""With several towns: the country's front page, the list of towns and a town's pages, as people see them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe
from tests.browser.visiting import DESKTOP, HEIGHTS, LOOKS, Visitor
from tests.services import Service, StartService

TOWNS = Path(__file__).parents[1] / "data" / "server" / "towns.trig"
PAGES = (
    "/",
    "/towns",
    "/towns?q=nowhere",
    "/lehtola",
    "/lehtola/plans",
    "/plans",
    "/sdg",
    "/themes",
    "/periods",
    "/downloads",
)


@pytest.fixture(scope="module")
def country(start_service: StartService) -> Service:
    """A service of three invented towns."""
    return start_service(TOWNS)


@pytest.fixture(scope="module")
def visitor(browser: Browser, country: Service) -> Iterator[Visitor]:
    visitor = Visitor(browser, f"http://127.0.0.1:{country.port}")
    yield visitor
    visitor.leave()


def look(page: Page, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.slow
def test_axe_finds_no_violation_on_the_pages_of_several_towns(
    address: str, visitor: Visitor, axe_core: str
) -> None:
    found = []
    page = visitor.open()
    visitor.go(page, address)
    page.evaluate(axe_core)
    for width, theme in LOOKS:
        look(page, width, theme)
        found += [f"{theme} {width}: {violation}" for _, violation in axe.violations({"fi": page})]
        # Nothing but a table in a region of its own is wider than the screen.
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            found.append(f"{theme} {width}: {overflow} px too wide")
    page.close()

    assert found == []


def test_a_reader_finds_a_town_and_stays_there(visitor: Visitor) -> None:
    page = visitor.open()
    visitor.go(page, "/")
    page.get_by_label("Kunnan nimi").fill("lehto")
    page.get_by_role("button", name="Etsi kunta").click()
    page.get_by_role("link", name="Lehtola").click()
    assert page.url.endswith("/lehtola")
    page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Suunnitelmat").click()

    assert page.url.endswith("/lehtola/plans")
    assert "Lehtolan suunnitelma 2026" in page.locator("main").inner_text()
    trail = page.get_by_role("navigation", name="Missä olet")
    assert trail.get_by_role("listitem").all_inner_texts() == ["Kaikki kunnat", "Lehtola"]
    page.close()
