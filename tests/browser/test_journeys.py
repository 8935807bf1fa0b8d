"""The three users of the service reach what they came for, by keyboard and by phone."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hytegraph.server.text.messages import translate
from tests.browser.conftest import Visit
from tests.browser.reading import MOST_PRESSES, Finger, Keyboard, Reader, follow
from tests.browser.visiting import DESKTOP, PHONE

MEASURE = "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
GOAL = "Osallistava kehittäminen ja yhteisöllisyys"
Arrive = Callable[[str], Reader]
WAYS: dict[str, tuple[Callable[[Page], Reader], int]] = {
    "keyboard": (Keyboard, DESKTOP),
    "keyboard on a narrow page": (Keyboard, PHONE),
    "phone": (Finger, PHONE),
}


@pytest.fixture(
    params=[
        pytest.param(way, id=way, marks=[pytest.mark.slow] * (width == PHONE))
        for way, (_, width) in WAYS.items()
    ]
)
def arrive(request: pytest.FixtureRequest, visit: Visit) -> Arrive:
    """A reader at an address, in each way of reading."""
    way, width = WAYS[request.param]
    return lambda address: way(visit(address, width=width))


def text(key: str) -> str:
    return translate(key, "fi")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_a_policy_officer_gets_from_a_word_to_the_goal_and_its_words_in_the_document(arrive: Arrive) -> None:
    reader = arrive("/")
    page, main = reader.page, reader.page.get_by_role("main")

    search = main.get_by_role("search")
    reader.write(search.get_by_role("combobox"), "aamukahvit")
    follow(reader, search.get_by_role("button", name=text("search"), exact=True))
    expect(main.get_by_role("status").filter(has_text="aamukahvit")).to_be_visible()

    follow(reader, main.get_by_role("link", name=MEASURE).first)
    expect(page).to_have_url(re.compile("/trace/"))
    heading(page, MEASURE)
    expect(main).to_contain_text("Hyvinvointitoimiala")
    expect(main).to_contain_text(text("trace.break.realisation"))

    follow(reader, main.get_by_role("link", name=GOAL).first)
    expect(page).to_have_url(re.compile("/trace/"))
    heading(page, GOAL)

    follow(reader, main.get_by_role("link", name="rivi 12").first)
    expect(page).to_have_url(re.compile("/source/"))
    heading(page, "Hyvinvointisuunnitelman toimenpiteet vuodelle 2026")
    expect(main.locator("#L12")).to_contain_text(GOAL)
    expect(main.locator("#L12")).to_be_in_viewport()
    assert reader.presses <= MOST_PRESSES


def test_a_researcher_gets_from_a_question_to_its_table_and_to_a_query_of_their_own(
    arrive: Arrive, tmp_path: Path
) -> None:
    reader = arrive("/queries")
    page, main = reader.page, reader.page.get_by_role("main")

    follow(reader, main.get_by_role("link", name=text("questions.title")))
    follow(reader, main.get_by_role("link", name="Mitkä toimenpiteet tukevat tavoitetta").first)
    shown = main.get_by_role("row")
    expect(shown).not_to_have_count(0)

    header, *rows = csv.reader(io.StringIO(download(reader, "CSV", tmp_path)))
    assert header[:3] == ["period", "goal", "measure"]
    assert len(rows) == shown.count() - 1

    follow(reader, main.get_by_role("link", name=text("questions.sparql")))
    editor = main.get_by_role("textbox", name=text("sparql.query"), exact=True)
    expect(editor).to_be_visible()
    if not page.locator("#run").is_visible():
        pytest.skip("the query editor was not built (make editor)")
    assert "SELECT" in page.locator("#query").input_value()
    reader.write(editor, "PREFIX hyte: <https://w3id.org/hytegraph/ns#> ASK { ?measure a hyte:Measure }")
    reader.press(main.locator("#run"))
    expect(page.locator("#answer")).to_contain_text(text("yes"))
    assert reader.presses <= MOST_PRESSES


def test_a_publisher_gets_the_dump_and_the_report_of_its_validation(arrive: Arrive, tmp_path: Path) -> None:
    reader = arrive("/downloads")
    main = reader.page.get_by_role("main")

    turtle = download(reader, "hytegraph.ttl", tmp_path)
    assert turtle.startswith("@prefix ")
    assert "hyte:Measure" in turtle

    footer = reader.page.get_by_role("contentinfo")
    follow(reader, footer.get_by_role("link", name=text("nav.validation")))
    heading(reader.page, text("validation.title"))
    expect(main.locator(".verdict")).to_contain_text("menivät läpi")
    reader.press(main.locator("details > summary").first)
    expect(main.get_by_role("table").first).to_contain_text(text("validation.expected"))

    follow(reader, main.get_by_role("link", name="Turtle", exact=True).first)
    expect(reader.page.locator("body")).to_contain_text("sh:ValidationReport")
    assert reader.presses <= MOST_PRESSES


def download(reader: Reader, name: str, folder: Path) -> str:
    """The text of a file behind a link, which the browser saves."""
    link = reader.page.get_by_role("main").get_by_role("link", name=name, exact=True).first
    with reader.page.expect_download() as saved:
        reader.press(link)
    file = folder / "file"
    saved.value.save_as(file)
    return file.read_text("utf-8")
