"""The query editor of a static site: the reader's browser answers, and nothing is asked of anybody else."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.test_site import origin
from tests.browser.visiting import PATIENCE_MS, Visitor
from tests.server.site.conftest import ROOT, Made

__all__ = ["origin"]

PREFIX = "PREFIX hyte: <https://w3id.org/hytegraph/ns#>\n"
GOALS = PREFIX + "SELECT ?x WHERE { ?x a hyte:Goal } ORDER BY ?x"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?i) }"


@pytest.fixture(scope="module")
def visitor(browser: Browser, origin: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, origin)
    yield visitor
    visitor.leave()


@pytest.fixture(scope="module")
def page(visitor: Visitor, made: Made) -> Page:
    """The editor with the data loaded by its first query, for all tests of the module."""
    if not (made.out / "editor").is_dir():
        pytest.skip("the query editor was not built (make editor)")
    page = visitor.visit(f"{ROOT}sparql/")
    expect(page.locator("#limits")).to_contain_text(re.compile(r"\d,\d Mt"))
    ask(page, GOALS)
    expect(page.locator("#summary")).to_contain_text("Rivejä", timeout=PATIENCE_MS)
    return page


def ask(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Kysely").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def test_rows_have_names_that_lead_to_pages_of_the_site(page: Page, visitor: Visitor, axe_core: str) -> None:
    ask(page, GOALS)
    link = page.locator("#rows tbody tr").first.get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(f"{ROOT}trace/id/mallila/goal/"))
    page.evaluate(axe_core)

    assert list(axe.violations({"fi": page})) == []
    leading = link.get_attribute("href") or ""
    assert link.inner_text() in visitor.visit(leading.removeprefix(visitor.origin)).inner_text("h1")


def test_an_answer_is_saved_as_the_service_would_give_it(page: Page) -> None:
    ask(page, GOALS)
    expect(page.locator("#rows tbody tr").first).to_be_visible()
    count = page.locator("#rows tbody tr").count()
    for name, rows in (("csv", csv_rows), ("json", json_rows)):
        page.select_option("#format", name)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Lataa").click()

        assert rows(saved.value.path().read_text("utf-8")) == count


def csv_rows(text: str) -> int:
    return len(text.splitlines()) - 1


def json_rows(text: str) -> int:
    return len(json.loads(text)["results"]["bindings"])


def test_an_error_has_its_place_and_the_next_question_an_answer(page: Page) -> None:
    ask(page, f"{PREFIX}SELECT ?x WHERE {{\n  ?x a hyte:Goal . FILER(?x)\n}}")
    expect(page.get_by_role("alert")).to_contain_text("rivi 3, sarake 20")
    ask(page, f"{PREFIX}ASK {{ ?x a hyte:Goal }}")

    expect(page.locator("#summary")).to_contain_text("kyllä", ignore_case=True)
    ask(page, f"{PREFIX}CONSTRUCT {{ ?x a hyte:Goal }} WHERE {{ ?x a hyte:Goal }}")
    expect(page.locator("#summary")).to_contain_text("Kolmikoita")


def test_a_question_that_takes_too_long_is_stopped(page: Page) -> None:
    ask(page, ENDLESS)
    page.get_by_role("button", name="Keskeytä").click()
    expect(page.locator("#summary")).to_contain_text("keskeytettiin")

    # The data are loaded again.
    ask(page, GOALS)
    expect(page.locator("#rows tbody tr").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_named_query_is_opened_in_the_editor(page: Page, visitor: Visitor) -> None:
    page.locator("#examples summary").click()
    page.locator("#examples a").first.click()
    expect(page.locator("#query")).to_have_value(re.compile("SELECT"))

    named = visitor.visit(f"{ROOT}sv/query/measures/", language="sv")
    named.locator('a[href*="sparql/#query="]').first.click()
    expect(named.locator("#query")).to_have_value(re.compile("hyte:Measure"))
    assert f"{ROOT}sv/sparql/" in named.url
