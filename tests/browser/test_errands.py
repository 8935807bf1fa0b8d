"""The seven errands of a town's officer: each from the front page in three steps at most, and whole on paper.

A step is a link or a button; words are written and values chosen on the way. What is on paper is what a reader sees
when the page is printed: the text that the print style shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import DESKTOP, PHONE

MOST_STEPS = 3
# An A4 page between its margins, at 96 dots per inch.
PAPER_WIDTH, LANDSCAPE_WIDTH = 700, 1030


@dataclass(slots=True)
class Officer:
    """Goes from page to page, and counts the steps."""

    page: Page
    steps: int = 0

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Uses the first link of that name."""
        self._step((within or self.main).get_by_role("link", name=name).first)

    def find(self, words: str) -> None:
        """Writes words into the search of the front page and sends them."""
        search = self.main.get_by_role("search")
        search.get_by_role("combobox").fill(words)
        self._step(search.get_by_role("button", name="Hae", exact=True))

    def choose(self, name: str, value: str) -> None:
        """Chooses a value by which a table is narrowed."""
        self.main.get_by_role("combobox", name=name, exact=True).select_option(value)

    def show(self) -> None:
        """Sends the form of a table."""
        self._step(self.main.get_by_role("button", name="Näytä", exact=True))

    def _step(self, control: Locator) -> None:
        before = self.page.url
        control.click()
        self.page.wait_for_url(lambda address: address != before)
        self.steps += 1
        assert self.steps <= MOST_STEPS

    def printed(self, width: int = PAPER_WIDTH) -> str:
        """The text of the page on paper; AssertionError where it is wider than that or does not say whence it is."""
        self.page.set_viewport_size({"width": width, "height": 1000})
        self.page.emulate_media(media="print")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        assert self.page.locator(".printed").is_visible()
        return str(self.page.evaluate("document.body.innerText"))


@pytest.fixture(params=[DESKTOP, pytest.param(PHONE, marks=pytest.mark.slow)])
def officer(request: pytest.FixtureRequest, visit: Visit) -> Iterator[Officer]:
    """An officer at the front page, at a desk and with a phone."""
    yield Officer(visit("/", width=request.param))


def test_from_the_words_of_a_measure_to_the_strategy_that_it_rests_on(officer: Officer) -> None:
    officer.find("kaupunginjohtajan aamukahvit")
    officer.follow("Kaupunginjohtajan aamukahvit kahdesti vuodessa")

    expect(officer.main).to_contain_text("Osallistava kehittäminen ja yhteisöllisyys")
    paper = officer.printed()
    assert "Viisas Kemi" in paper
    assert "toimenpideohjelma 2026, rivi 12" in paper, "lines are named with their document"


def test_from_a_goal_to_what_became_of_it_in_the_next_period(officer: Officer) -> None:
    officer.find("liikkuminen on esteetöntä")
    officer.follow(re.compile("^Liikkuminen on esteetöntä ja palvelut helposti saatavilla"))
    officer.follow("Sama asia kausien yli")

    expect(officer.main).to_contain_text("vastinetta ei löydy myöhemmältä kaudelta")
    assert "Se ei kerro, että asiasta on luovuttu." in officer.printed()


def test_to_what_came_of_each_goal_and_the_words_behind_it(officer: Officer) -> None:
    officer.follow("Mitä saatiin aikaan?")

    paper = officer.printed()
    assert "Elinvoimainen kaupunki" in paper
    assert "raportoitu toteutuneeksi" in paper


def test_from_who_is_responsible_to_a_sectors_measures_of_a_report(officer: Officer) -> None:
    officer.follow("Kaikki toimenpiteet taulukkona")
    officer.choose("Vastuutaho", "Hyvinvointitoimiala")
    officer.choose("Kausi", "2022-2025")
    officer.choose("Mittari", "(any)")
    officer.show()

    rows = officer.main.get_by_role("row")
    count = rows.count() - 1 if officer.page.viewport_size == {"width": DESKTOP, "height": 900} else None
    paper = officer.printed(LANDSCAPE_WIDTH)
    assert count is None or f"{count} riviä" in paper
    assert "Vastuutaho: Hyvinvointitoimiala" in paper
    assert "Mittari: on asiakirjoissa" in paper


def test_to_the_measures_of_a_programme_without_an_indicator(officer: Officer) -> None:
    officer.follow("Kaikki toimenpiteet taulukkona")
    officer.choose("Kausi", "2026")
    officer.choose("Mittari", "(none)")
    officer.show()

    paper = officer.printed(LANDSCAPE_WIDTH)
    assert "57 riviä" in paper
    assert "Sarakkeet, joissa näillä riveillä ei ole arvoja: aikataulu, mittari, tila, toteuma" in paper


def test_to_what_the_committee_decided(officer: Officer) -> None:
    officer.follow("Mitä lautakunta päätti?")
    officer.follow("Hyvinvointilautakunta 20.2.2025 § 21")

    paper = officer.printed()
    assert paper.index("merkitsi tiedoksi") < paper.index("merkitsee tiedoksi")
    assert "Hyvinvointijohtaja" in paper


def test_to_the_whole_table_of_measures_in_a_spreadsheet(officer: Officer) -> None:
    officer.follow("Kaikki toimenpiteet taulukkona")
    officer.choose("Kausi", "2026")
    officer.show()
    with officer.page.expect_download() as saved:
        officer.main.get_by_role("link", name="Excel").click()
    assert officer.steps + 1 <= MOST_STEPS

    assert saved.value.suggested_filename == "measures.xlsx"
    assert "period=2026" in saved.value.url


def test_to_a_plan_on_paper_with_every_measure_and_who_is_responsible(officer: Officer) -> None:
    officer.follow("Mistä tämä tulee?")
    officer.follow("Hyvinvointisuunnitelman toimenpiteet vuodelle 2026")

    paper = officer.printed()
    assert officer.main.locator(".measures > li").count() == 57
    assert "Kaupunginjohtajan aamukahvit kahdesti vuodessa" in paper
    assert paper.count("Hyvinvointitoimiala") >= 48
