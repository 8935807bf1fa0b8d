"""Whoever has no pointer reaches everything, and leaves everything again."""

import pytest

from hytegraph.server.text.messages import LANGUAGES
from tests.browser.conftest import Visit
from tests.browser.reading import Keyboard
from tests.browser.visiting import DESKTOP, PHONE, WIDTHS

ABLE = """[...document.querySelectorAll(
        "a[href]:not([tabindex='-1']), button, input, select, textarea, summary, [tabindex='0'], [contenteditable='true']")]
    .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)"""
VISITED = f"{ABLE}.indexOf(document.activeElement)"
# Where links lead that the keyboard passes over, such as parts of a bar, and that no link leads to that it stops at.
LOST = f"""[...document.querySelectorAll("a[href][tabindex='-1']")].map(each => each.getAttribute("href"))
    .filter(address => !{ABLE}.some(each => each.getAttribute("href") === address))"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_leads_past_the_navigation(visit: Visit, language: str, width: int) -> None:
    page = visit("/plans", language=language, width=width)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "address", ["/", "/sparql", "/query/trace", "/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1"]
)
@pytest.mark.parametrize("width", [DESKTOP, pytest.param(PHONE, marks=pytest.mark.slow)])
def test_tab_leads_to_everything_in_the_order_of_the_page_and_out_of_it(
    visit: Visit, address: str, width: int
) -> None:
    page = visit(address, width=width)
    count = page.evaluate(f"{ABLE}.length")

    visited = []
    for _ in range(count):
        page.keyboard.press("Tab")
        visited.append(page.evaluate(VISITED))
    page.keyboard.press("Tab")

    assert visited == list(range(count))
    assert page.evaluate(LOST) == []
    assert page.evaluate(VISITED) in (-1, 0)


def test_a_field_is_written_in_and_sent_without_a_pointer(visit: Visit) -> None:
    page = visit("/query/trace", width=DESKTOP)
    reader = Keyboard(page)

    reader.write(page.get_by_role("main").get_by_role("textbox"), "aamukahvit")
    page.keyboard.press("Enter")

    page.wait_for_url("**/query/trace?measure=aamukahvit*")
    assert page.get_by_role("main").get_by_role("row").count() == 3
