"""The query editor by keyboard: writing with completion, asking, errors at their place, links, and programs that
run.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import Visit
from tests.browser.visiting import PHONE, THEMES, Visitor

GOALS = "SELECT ?x WHERE { ?x a hyte:Goal } ORDER BY ?x LIMIT 3"
PREFIX = "PREFIX hyte: <https://w3id.org/hytegraph/ns#>\n"
NAMES = Path(__file__).parents[1] / "data" / "browser" / "goals.rq"


@pytest.fixture
def page(visit: Visit) -> Page:
    """The editor in Finnish, with the focus in it."""
    return opened(visit("/sparql"))


def opened(page: Page) -> Page:
    if not page.locator("script[src^='/editor/']").count():
        pytest.skip("the query editor was not built (make editor)")
    page.get_by_role("textbox", name="Kysely").focus()
    return page


def write(page: Page, text: str) -> None:
    """Types over what is there; what is completed by itself does not change it."""
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def text_of(page: Page) -> str:
    return page.locator("#query").input_value()


def forgive(visitor: Visitor, page: Page) -> None:
    """The endpoint may refuse a query of this page."""
    visitor.watch(page).forgiven.add(f"{visitor.origin}/sparql")


def test_a_query_is_written_by_keyboard_and_answered_with_names_that_lead_to_pages(page: Page) -> None:
    page.keyboard.press("Control+a")
    # The terms are fetched with the first word, and the list opens by itself when they have come.
    with page.expect_response(lambda response: "/editor/terms.json" in response.url):
        page.keyboard.type("SELECT ?x WHERE { ?x a tav")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("hyte:Goal")
    expect(options.first).to_contain_text("tavoite")
    # Enter that comes at once after the list has opened was meant for the text.
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")

    rows = page.locator("#rows tbody tr")
    expect(page.locator("#summary")).to_contain_text(re.compile(r"Rivejä: \d+ – \d+ ms"))
    assert text_of(page) == f"{PREFIX}SELECT ?x WHERE {{ ?x a hyte:Goal}}"
    link = rows.first.get_by_role("link")
    # The names come after the rows.
    expect(link).to_have_attribute("href", re.compile("^/trace/id/kemi/goal/"))
    assert "http" not in link.inner_text()
    page.get_by_label("Näytä tunnisteet").check()
    assert re.fullmatch(r"https://w3id.org/hytegraph/id/kemi/goal/.+", link.inner_text())


def test_a_bracket_typed_over_a_selection_encloses_it(page: Page) -> None:
    write(page, "ASK")
    page.keyboard.press("Control+a")
    page.keyboard.type("{")

    assert text_of(page) == "{ASK}"


def test_tab_leaves_the_editor_for_the_button_that_asks(page: Page) -> None:
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Kysy")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("textbox", name="Kysely")).to_be_focused()


def test_an_error_is_told_with_its_place_and_marked_there(page: Page, visitor: Visitor) -> None:
    forgive(visitor, page)
    write(page, f"{PREFIX}SELECT ?x WHERE {{\n  ?x a hyte:Goal . FILER(?x)\n}}")
    page.keyboard.press("Control+Enter")

    failure = page.get_by_role("alert")
    expect(failure).to_contain_text("Kysely ei ole SPARQL-kysely")
    expect(failure).to_contain_text("rivi 3, sarake 20")
    expect(page.get_by_role("textbox", name="Kysely")).to_have_attribute("aria-invalid", "true")
    assert "FILER" in "".join(page.locator(".cm-error").all_inner_texts())
    write(page, PREFIX + GOALS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows tbody tr")).to_have_count(3)
    expect(failure).to_be_hidden()
    expect(page.locator(".cm-error")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Kysely")).not_to_have_attribute("aria-invalid", "true")


def test_a_prefix_that_was_forgotten_is_added_with_a_button(page: Page, visitor: Visitor) -> None:
    forgive(visitor, page)
    write(page, GOALS)
    page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Lisää PREFIX ja kysy").click()

    expect(page.locator("#rows tbody tr")).to_have_count(3)
    assert text_of(page) == PREFIX + GOALS


def test_a_link_brings_the_query_to_somebody_else_in_another_language(page: Page, visit: Visit) -> None:
    write(page, PREFIX + GOALS)
    page.get_by_role("button", name="Linkki").click()
    link = page.locator("#snippet").inner_text()
    page.locator(".languages").get_by_role("link", name="SV").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")

    other = visit(link.partition(":")[2].partition("/sparql")[1] + link.partition("/sparql")[2])

    assert text_of(page) == text_of(other) == PREFIX + GOALS


@pytest.mark.parametrize("kind", ["curl", "Python"])
def test_the_query_is_copied_as_a_program_that_gives_the_same_rows(page: Page, kind: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, NAMES.read_text("utf-8"))
    page.keyboard.press("Control+Enter")
    rows = page.locator("#rows tbody td")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name=kind).click()
    expect(page.locator("#copied")).to_contain_text("Kopioitu leikepöydälle")
    program = page.evaluate("navigator.clipboard.readText()")
    command = ["sh", "-c", program] if kind == "curl" else [sys.executable, "-c", program]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)

    assert all(label in done.stdout for label in rows.all_inner_texts())


def test_what_cannot_be_written_to_the_clipboard_is_selected(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="R", exact=True).click()

    expect(page.locator("#copied")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()").strip() == page.locator("#snippet").inner_text().strip()


def test_an_example_is_put_into_the_editor_and_undone(page: Page) -> None:
    before = text_of(page)
    page.get_by_text("Esimerkkikyselyt").click()
    page.locator("#examples a[href*='named=goals']").click()

    expect(page.locator(".cm-content")).to_contain_text("hyte:underAim/skos:prefLabel")
    page.keyboard.press("Control+z")
    assert text_of(page) == before


def test_triples_are_shown_and_downloaded_as_turtle(page: Page) -> None:
    write(page, f"{PREFIX}CONSTRUCT {{ ?x a hyte:Goal }} WHERE {{ ?x a hyte:Goal }} LIMIT 5")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#summary")).to_contain_text("Kolmikoita: 5")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Lataa").click()

    assert waiting.value.suggested_filename == "hytegraph.ttl"
    assert "a hyte:Goal ." in waiting.value.path().read_text("utf-8")


def test_an_empty_answer_leads_to_why_it_is_empty(page: Page) -> None:
    write(page, f"{PREFIX}SELECT ?x WHERE {{ ?x hyte:status ?y }}")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Miksi vastaus on tyhjä?").click()

    expect(page.locator("#given")).to_contain_text("hyte:status: ehdotuksissa tai tiloissa")


def test_a_long_answer_is_shown_in_parts(page: Page) -> None:
    write(page, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 450")
    page.keyboard.press("Control+Enter")
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(200)

    page.get_by_role("button", name="Näytä 200 riviä lisää").click()
    expect(rows).to_have_count(400)
    page.get_by_role("button", name="Näytä 50 riviä lisää").click()

    expect(rows).to_have_count(450)
    expect(rows.nth(400)).to_be_focused()


def test_a_phone_shows_editor_and_answer_without_scrolling_sideways(visit: Visit) -> None:
    page = opened(visit("/sparql", width=PHONE, theme="dark"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows tbody tr").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_axe_finds_no_violation_in_completions_answers_and_errors(
    page: Page, visitor: Visitor, axe_core: str
) -> None:
    page.evaluate(axe_core)
    forgive(visitor, page)
    found: list[str] = []
    for text, shown in (
        ("SELECT ?x WHERE { ?x a tav", ".cm-tooltip-autocomplete"),
        (PREFIX + GOALS, "#rows tbody tr"),
        ("SELEC", ".cm-error"),
    ):
        write(page, text)
        page.keyboard.press("Control+Space" if "tooltip" in shown else "Control+Enter")
        expect(page.locator(shown).first).to_be_visible()
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += (f"{shown} {theme}: {violation}" for _, violation in axe.violations({"fi": page}))

    assert not found, "\n".join(found)


def test_without_javascript_the_form_gives_the_answer_as_a_file(visit: Visit) -> None:
    page = visit("/sparql", javascript=False)
    page.get_by_label("Kysely", exact=True).fill(PREFIX + GOALS)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Kysy").click()

    assert waiting.value.path().read_text("utf-8").count("/goal/") == 3
