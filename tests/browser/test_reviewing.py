"""The review page in a browser: keys, undo, no script, no barrier, no other site, and no judgement lost."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hytegraph.graph.languages import LANGUAGES
from hytegraph.loaders.links.link import ACCEPTED, REJECTED, LinkAssertion
from hytegraph.loaders.links.sssom import read_link_tables
from tests.browser import axe
from tests.browser.visiting import DESKTOP, HEIGHTS, WIDTHS

READER = "kemi:reviewer/koe"


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A running `hytegraph review --serve`: its process, the folder, the address that opens it, and that without."""

    process: "subprocess.Popen[str]"
    folder: Path
    key: str

    @property
    def address(self) -> str:
        return self.key.partition("?")[0]

    def judged(self) -> list[LinkAssertion]:
        """The links on which the reader has an opinion."""
        tables = read_link_tables(self.folder)
        return [link for table in tables for link in table.links if READER in link.opinions]


@pytest.fixture
def reviewing(kemi_folder: Path, tmp_path: Path) -> Iterator[Reviewing]:
    folder = shutil.copytree(kemi_folder, tmp_path / "kemi")
    with (folder / "links" / "reviewers.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{READER},projectReader,Koe,Prov,Trial\n")
    command = ["-m", "hytegraph.server.cli", "review", str(folder), "--serve", "--reviewer", READER]
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield Reviewing(process, folder, process.stdout.readline().strip())
    process.kill()
    process.communicate()


def opened(browser: Browser, reviewing: Reviewing, **options: object) -> Page:
    page = browser.new_context(locale="fi", **options).new_page()  # type: ignore[arg-type]  # options of Playwright
    page.goto(reviewing.key)
    return page


def words(page: Page) -> str:
    return " | ".join(page.locator(".side .words").all_inner_texts())


def shown(page: Page) -> str:
    """The link that is shown: several may join the same words."""
    return page.locator("input[name=item]").input_value()


def test_a_link_is_judged_and_taken_back_with_two_keys(browser: Browser, reviewing: Reviewing) -> None:
    page = opened(browser, reviewing)
    first = shown(page)
    with page.expect_navigation():
        page.keyboard.press("2")
    assert shown(page) != first
    [link] = reviewing.judged()
    assert link.review_status == REJECTED
    with page.expect_navigation():
        page.keyboard.press("u")
    assert shown(page) == first
    assert reviewing.judged() == []


@pytest.mark.slow
def test_keys_do_nothing_while_words_are_typed_or_when_they_are_off(
    browser: Browser, reviewing: Reviewing
) -> None:
    page = opened(browser, reviewing)
    page.keyboard.press("c")
    page.keyboard.type("123 u")
    expect(page.locator("#comment")).to_have_value("123 u")
    page.keyboard.press("Escape")
    page.locator("#keys").uncheck()
    page.keyboard.press("1")
    page.reload()
    expect(page.locator("#keys")).not_to_be_checked()
    assert reviewing.judged() == []


@pytest.mark.slow
def test_the_page_works_without_scripts(browser: Browser, reviewing: Reviewing) -> None:
    page = opened(browser, reviewing, java_script_enabled=False)
    page.locator("#table").select_option("continuity")
    page.locator(".choice button").click()
    page.locator("#own-kind").select_option("overlapping")
    page.locator("#comment").fill("osin sama")
    page.locator("button[value=accept]").click()
    [link] = reviewing.judged()
    assert (link.review_status, link.kind) == (ACCEPTED, "overlapping")
    assert link.opinions.endswith(": osin sama")
    page.locator("button[data-key=u]").click()
    assert reviewing.judged() == []


@pytest.mark.slow
def test_the_page_has_no_barrier(browser: Browser, reviewing: Reviewing, axe_core: str) -> None:
    page = opened(browser, reviewing)
    found = []
    for choice, language in product(("?table=continuity", "?table=themes", "?state=mine"), LANGUAGES):
        page.goto(f"{reviewing.address}{choice}&lang={language}")
        page.evaluate(axe_core)
        # No colour and no size depends on the language.
        for width in WIDTHS if language == "fi" else (DESKTOP,):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            where = f"{choice} {language} {width}"
            violations = axe.violations({language: page}, of_look=language == "fi")
            found += [f"{where}: {violation}" for _, violation in violations]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
    assert found == []


def test_another_site_in_the_same_browser_can_neither_write_nor_read(
    browser: Browser, reviewing: Reviewing, tmp_path: Path
) -> None:
    page = opened(browser, reviewing)
    form = {name: page.locator(f".judging input[name={name}]").input_value() for name in ("item", "form_key")}
    fields = "".join(f"<input name={name} value={value}>" for name, value in form.items())
    evil = tmp_path / "evil.html"
    evil.write_text(
        f"<form action='{reviewing.address}judge' method=post>{fields}<input name=verdict value=accept>"
        "<button>x</button></form>",
        "utf-8",
    )
    other = page.context.new_page()
    other.goto(evil.as_uri())
    with other.expect_navigation():
        other.locator("button").click()
    assert "Sivua ei avattu" in other.content()
    assert reviewing.judged() == []


@pytest.mark.slow
def test_what_was_judged_outlives_the_process(browser: Browser, reviewing: Reviewing) -> None:
    page = opened(browser, reviewing)
    for number in range(1, 6):
        with page.expect_navigation():
            page.keyboard.press("1")
        assert len(reviewing.judged()) == number
    reviewing.process.send_signal(signal.SIGKILL)
    reviewing.process.wait(10)
    assert len(reviewing.judged()) == 5
    assert {link.review_status for link in reviewing.judged()} == {ACCEPTED}


def test_the_page_listens_on_this_machine_only(reviewing: Reviewing) -> None:
    port = int(re.findall(r":(\d+)/", reviewing.key)[0])
    listening = Path("/proc/net/tcp").read_text("ascii")
    hosts = {
        line.split()[1].partition(":")[0]
        for line in listening.splitlines()[1:]
        if f":{port:04X} " in line and " 0A " in line
    }
    assert hosts == {"0100007F"}
