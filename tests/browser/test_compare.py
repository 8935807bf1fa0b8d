"""Towns side by side in the browser: chosen without JavaScript, accessible, and whole on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import axe
from tests.browser.visiting import LOOKS, Theme, Visitor
from tests.services import StartService

DATA = Path(__file__).parents[1] / "data"
ADDRESSES = (
    "/compare?sdg=3",
    "/compare?town=mallila&town=lehtola&group=nuoret",
    "/compare/items?words=kerho",
)


@pytest.fixture(scope="module")
def readers(browser: Browser, start_service: StartService) -> Iterator[Visitor]:
    """Readers of a service of three invented towns."""
    service = start_service(DATA / "server" / "compared.trig", access_log="off")
    visitor = Visitor(browser, f"http://127.0.0.1:{service.port}")
    yield visitor
    visitor.leave()


def test_towns_and_a_subject_are_chosen_without_javascript(readers: Visitor) -> None:
    page = readers.visit("/compare?town=mallila", javascript=False)

    page.get_by_label("Lisää kunta").select_option("saarela")
    page.get_by_role("button", name="Lisää", exact=True).click()
    page.get_by_label("Kestävän kehityksen tavoite").select_option("3")
    page.get_by_role("button", name="Vertaa Kestävän kehityksen tavoite").click()

    assert page.url.endswith("/compare?town=mallila&town=saarela&sdg=3")
    assert page.locator("#numbers + p").inner_text().startswith("2 kuntaa rinnakkain.")
    page.get_by_role("link", name="poista Mallila").click()
    assert page.url.endswith("/compare?town=saarela&sdg=3")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_no_violation_and_nothing_overflows(
    readers: Visitor, axe_core: str, address: str, width: int, theme: Theme
) -> None:
    page = readers.visit(address, theme=theme, width=width)
    page.evaluate(axe_core)

    assert list(axe.violations({"fi": page})) == []
    assert page.evaluate((DATA / "browser" / "overflowing.js").read_text("utf-8")) == []


def test_the_chart_has_the_numbers_of_the_table(readers: Visitor) -> None:
    page = readers.visit("/compare?town=mallila&town=saarela")

    bars = page.locator("svg.chart .value").all_inner_texts()
    rows = page.locator("table.side-by-side tbody tr").filter(has_text="Toimenpiteitä").first
    assert rows.locator("td").all_inner_texts() == ["2", "2"]
    assert len(bars) == 2 * 4, "a group of bars for each level that a town has"
