"""Searching by keyboard, on a phone, and without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visiting import PHONE


def test_a_thing_is_chosen_from_what_is_offered_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox")

    box.press_sequentially("aamuk")
    expect(page.get_by_role("option").first).to_contain_text("Kaupunginjohtajan aamukahvit")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    box.press("Enter")

    page.wait_for_url("**/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("aamukahvit")


def test_what_is_chosen_stays_chosen_while_it_is_offered_to_more_letters(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox")

    box.press_sequentially("aamu")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Kaupunginjohtajan aamukahvit")
    box.press("ArrowDown")
    with page.expect_response(lambda response: "q=aamuk&" in response.url) as answered:
        box.press("k")
    answered.value.finished()

    expect(page.get_by_role("option")).not_to_have_count(0)
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    box.press("Enter")
    page.wait_for_url("**/trace/id/kemi/measure/**")


def test_escape_closes_the_offers_and_enter_then_searches(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox")

    box.press_sequentially("koulu")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Enter")

    page.wait_for_url("**/search?q=koulu")


def test_the_box_of_the_header_offers_too(visit: Visit) -> None:
    page = visit("/plans", width=PHONE)

    page.get_by_role("combobox").press_sequentially("nuorisov")

    expect(page.get_by_role("option").first).to_contain_text("Nuorisovaltuusto")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_without_javascript_a_search_is_narrowed_and_widened_by_links(visit: Visit) -> None:
    page = visit("/", javascript=False, width=PHONE)

    page.get_by_role("searchbox").fill("koulu")
    page.get_by_role("button", name="Hae").click()
    page.get_by_role("link", name="Rajaa hakua").click()
    page.get_by_role("navigation", name="Rajaa hakua").get_by_role("link", name="Toimenpiteet 11").click()
    expect(page.get_by_role("heading", level=2, name="Toimenpiteet")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Mittarit")).to_have_count(0)
    page.get_by_role("link", name="poista rajaus").click()

    expect(page.get_by_role("heading", level=2, name="Mittarit")).to_be_visible()
