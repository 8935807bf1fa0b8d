"""The page of results says what came of each goal in numbers, words and lines, and never more than the report."""

import csv
import re
from collections import Counter

import pytest
from flask.testing import FlaskClient

from tests.server.reading import BROWSER

LIMIT_BYTES = 150_000


@pytest.fixture(scope="module")
def rows(kemi_client: FlaskClient) -> list[dict[str, str]]:
    return list(csv.DictReader(kemi_client.get("/results.csv").text.splitlines()))


def html(client: FlaskClient, address: str) -> str:
    return client.get(address, headers=BROWSER).text


def states(rows: list[dict[str, str]]) -> Counter[str]:
    return Counter({row["iri"]: row["state"] for row in rows if row["state"]}.values())


def test_the_sentence_counts_each_measure_once_in_the_state_of_the_table(
    kemi_client: FlaskClient, rows: list[dict[str, str]]
) -> None:
    counted = states(rows)
    page = html(kemi_client, "/results?lang=fi")

    assert f"{sum(counted.values())} toimenpidettä" in page
    assert f"{counted['done']} raportoitu toteutuneeksi" in page
    assert f"{counted['notReported']} ei raportoitu" in page


def test_every_part_of_the_bar_leads_to_the_measures_it_counts(
    kemi_client: FlaskClient, rows: list[dict[str, str]]
) -> None:
    page = html(kemi_client, "/results")
    addresses = set(re.findall(r'<a href="(/results\?[^"]*state=\w+)" tabindex', page))
    assert addresses

    for state, count in states(rows).items():
        found = list(csv.DictReader(kemi_client.get(f"/results.csv?state={state}").text.splitlines()))
        assert f"/results?state={state}" in addresses
        assert len({row["iri"] for row in found}) == count
        assert {row["state"] for row in found} == {state}


def test_what_is_done_has_words_of_the_report_and_its_lines(rows: list[dict[str, str]]) -> None:
    done = [row for row in rows if row["state"] == "done" and row["result"] == "done"]
    assert done
    for row in done:
        assert all(word.lower() in row["realisation"].lower() for word in row["words"].split(" | "))
        assert row["document"] and int(row["lineStart"]) <= int(row["lineEnd"])


@pytest.mark.parametrize(
    "measure",
    ["CO2 kasvihuonepäästöjen vähentäminen.", "Palveluverkko tarkastelu", "Kulttuurikumppanuus"],
)
def test_a_measure_of_which_a_step_or_nothing_is_told_is_not_done(
    rows: list[dict[str, str]], measure: str
) -> None:
    assert {row["state"] for row in rows if row["measure"] == measure} <= {"step", "otherwise"}


def test_a_target_stands_with_the_words_that_say_whether_it_was_met(kemi_client: FlaskClient) -> None:
    page = html(kemi_client, "/results?lang=fi")

    assert "ei ole täyttynyt" in page or "ei ollut täyttynyt" in page
    assert "Päiväkodeista kaksi auditoitu, jäljellä kuusi" in page
    assert "aikaa ei ole sanottu" in page


@pytest.mark.parametrize("address", ["/results?state=finished", "/results?goal=kemi/goal/none"])
def test_a_state_or_goal_that_does_not_exist_is_refused(kemi_client: FlaskClient, address: str) -> None:
    assert kemi_client.get(address, headers=BROWSER).status_code == 400


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_is_light(kemi_client: FlaskClient, language: str) -> None:
    assert len(kemi_client.get(f"/results?lang={language}", headers=BROWSER).data) < LIMIT_BYTES


def test_every_paragraph_of_a_report_stands_under_its_aim_with_lines_and_what_it_seems_to_speak_of(
    kemi_client: FlaskClient, rows: list[dict[str, str]]
) -> None:
    paragraphs = [row for row in rows if "/realisation/" in row["iri"]]
    likely = re.findall(
        r"Ne näyttävät puhuvan (\d+) painopisteestä \(painopisteitä on (\d+)\), (\d+) tavoitteesta",
        html(kemi_client, "/results?lang=fi"),
    )
    page = html(kemi_client, "/results?lang=fi")

    assert len({row["iri"] for row in paragraphs}) == 26
    assert all(row["aim"] and row["realisation"] and row["lineStart"] for row in paragraphs)
    assert {row["review"] for row in paragraphs if row["result"] != "reportsOnAim"} == {"suggested"}
    assert {row["state"] for row in paragraphs} == {""}
    assert "Lisäksi 26 raportin kappaletta kertoo päämääristä" in page
    [(spoken, priorities, goals)] = likely
    assert 0 < int(spoken) < len({row["priority"] for row in paragraphs} - {""}) < int(priorities)
    # Of goals no link is sure enough to count; those there are stand among the possible ones.
    assert int(goals) == 0 and {row["goal"] for row in paragraphs} - {""}
    assert "Mahdollinen kohta" in page and "kappaletta ei löytynyt" in page
    assert all(words in page for words in ("toteutumisraportti 2023, rivit 257–259", "ehdotettu, varmuus"))


def test_a_paragraph_that_speaks_of_a_measure_stands_with_the_words_about_it(
    kemi_client: FlaskClient, rows: list[dict[str, str]]
) -> None:
    [row, *_] = [row for row in rows if row["result"] == "reportsOnMeasure"]

    assert row["review"] == "suggested" and row["words"] and row["state"]
    page = html(kemi_client, f"/results?state={row['state']}&lang=fi")
    assert 'näyttää kertovan tästä (<span class="muted">ehdotettu' in page
    assert row["realisation"][:60] in page


def test_of_one_goal_only_its_own_paragraphs_are_told(kemi_client: FlaskClient) -> None:
    goal = "kemi/goal/2022-2025/rakennamme-vahvoja-kumppanuuksia-jarjestotoimijoiden-kanssa"
    found = list(csv.DictReader(kemi_client.get(f"/results.csv?goal={goal}").text.splitlines()))
    told = [row for row in found if row["result"].startswith("reportsOn")]

    assert [(row["goal"], row["lineStart"]) for row in told] == [(told[0]["goal"], "97")]
