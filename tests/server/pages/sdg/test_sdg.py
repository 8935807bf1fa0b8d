"""The pages of the Sustainable Development Goals, on the Kemi release and on a small file."""

import re
from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.named import load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.server.reading import BROWSER, rows_of

SMALL = Path(__file__).parents[3] / "data" / "server" / "periods.trig"


def test_the_pages_of_the_goals_hold_every_link_of_the_named_query(
    kemi_client: FlaskClient, kemi: Dataset
) -> None:
    wanted = {
        (
            row.text("level"),
            row.text("text"),
            row.text("target"),
            float(row.text("confidence")),
            row.text("words"),
        )
        for row in kemi.select(load_queries()["sdg"].text)
    }

    found = {
        (row["level"], row["text"], row["target"], float(row["confidence"]), row["cue"])
        for number in range(1, 18)
        for row in rows_of(kemi_client, f"/sdg/{number}.csv")
    }

    assert found == wanted


def test_the_overview_counts_the_links_of_the_goals(kemi_client: FlaskClient) -> None:
    overview = rows_of(kemi_client, "/sdg.csv")

    for number in ("3", "16"):
        links = rows_of(kemi_client, f"/sdg/{number}.csv")
        here = [row for row in overview if row["sdg"] == number]
        states = ("suggested", "accepted", "rejected")
        assert sum(int(row[state]) for row in here for state in states) == len(links)
        assert {row["period"] for row in here} == {row["period"] for row in links}
        for row in here:
            own = {
                each["element"]
                for each in links
                if each["period"] == row["period"] and each["review"] != "rejected"
            }
            assert sum(int(row[level]) for level in ("aims", "goals", "priorities", "measures")) == len(own)


def test_all_goals_are_there_and_those_without_links_are_listed(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/sdg").text
    unlinked = text[text.index('id="unlinked"') :]

    assert {int(number) for number in re.findall(r'href="/sdg/(\d+)"', text)} == set(range(1, 18))
    assert [int(number) for number in re.findall(r'href="/sdg/(\d+)"', unlinked)] == [1, 2, 5, 6, 14]
    assert {row["sdg"] for row in rows_of(kemi_client, "/sdg.csv") if not row["period"]} == {
        "1",
        "2",
        "5",
        "6",
        "14",
    }


@pytest.mark.parametrize("address", ["/sdg", "/sdg/3"])
def test_the_lost_icons_are_told_with_their_document(kemi_client: FlaskClient, address: str) -> None:
    text = kemi_client.get(address).text

    assert "kuvakkeet ovat kadonneet" in text
    assert "(17 taulukkoa)" in text
    assert 'href="/source/id/kemi/document/osavuosiraportti-2022-m01-m06"' in text


def test_a_goal_tells_words_confidence_and_review_of_each_link(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/sdg/3").text

    assert '<span class="code">3.4</span> Mielenterveys' in text
    links = rows_of(kemi_client, "/sdg/3.csv")
    assert f"Yhteyksiä {len(links)}. Alatavoitteita, joille on ehdotettu yhteys: " in text
    assert "osuvuus 0,95, vahva" in text
    states = Counter(row["review"] for row in links)
    for state, words in (
        ("suggested", "koneen ehdotus, ei tarkistettu"),
        ("accepted", "hyväksynyt kielimalli"),
    ):
        # A sign at each link, and once in the legend, which says what it means.
        assert text.count(f'class="known mark-{state}"') == 1 + states[state] > 1
        assert text.count(words) == 1
    assert 'href="/trace/id/kemi/' in text


def test_a_goal_without_links_says_so_and_does_not_say_that_nothing_is_done(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/sdg/14").text

    assert "yhteyttä ei ole ehdotettu" in text
    assert "Alatavoitteet ilman yhteyksiä (10)" in text


def test_links_lead_somewhere(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/sdg").text + kemi_client.get("/sdg/16").text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?:sdg|source)[^"]*)"', text)}

    assert {link: kemi_client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_what_is_rejected_is_shown_as_such_and_not_counted_as_linked(small: FlaskClient) -> None:
    found = {row["period"]: row for row in rows_of(small, "/sdg.csv") if row["sdg"] == "11"}

    assert [found[year]["goals"] for year in ("2020", "2021", "2022")] == ["0", "1", "1"]
    assert found["2020"]["rejected"] == found["2021"]["accepted"] == found["2022"]["suggested"] == "1"
    text = small.get("/sdg/11").text
    assert "tarkistettu ja hylätty" in text
    assert "tarkistettu ja hyväksytty" in text


def test_what_serves_a_goal_as_a_whole_stands_before_its_targets_in_their_order(small: FlaskClient) -> None:
    text = small.get("/sdg/11").text

    assert re.findall(r'<span class="code">([^<]+)</span>', text) == ["11", "11.7", "11.1", "11.a"]
    assert "Tavoite kokonaisuutena" in text
    assert "Koskee myös puistoja." in text


def test_the_forms_hold_the_same_rows(small: FlaskClient) -> None:
    assert [row["claim"] for row in small.get("/sdg/11.json").get_json()["rows"]] == [
        row["claim"] for row in rows_of(small, "/sdg/11.csv")
    ]
    turtle = small.get("/sdg.ttl").text
    assert turtle.count("hyte:SdgLinkAssertion") == 3


@pytest.mark.parametrize("address", ["/sdg/0", "/sdg/18", "/sdg/3.4", "/sdg/x"])
def test_a_goal_that_there_is_not_is_not_found(kemi_client: FlaskClient, address: str) -> None:
    assert kemi_client.get(address).status_code == 404


def test_a_page_that_there_is_not_is_not_found(kemi_client: FlaskClient) -> None:
    assert kemi_client.get("/sdg/3?page=2").status_code == 404


def test_data_without_the_goals_are_said_to_have_none(tmp_path: Path) -> None:
    file = tmp_path / "empty.nq"
    file.write_text("")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    response = client.get("/sdg")

    assert response.status_code == 200
    assert "Aineistossa ei ole YK:n tavoitteita" in response.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_speak_three_languages(kemi_client: FlaskClient, language: str) -> None:
    text = kemi_client.get(f"/sdg/3?lang={language}").text

    assert f'<html lang="{language}">' in text
    assert {"fi": "Väestön terveys", "sv": "Befolkningens hälsa", "en": "Health and wellbeing"}[
        language
    ] in text


@pytest.mark.parametrize("goal, before, after", [(1, None, 2), (2, 1, 3), (16, 15, 17), (17, 16, None)])
def test_a_goal_leads_to_those_beside_it(
    kemi_client: FlaskClient, goal: int, before: int | None, after: int | None
) -> None:
    text = kemi_client.get(f"/sdg/{goal}", headers=BROWSER).text

    for number, relation in ((before, "prev"), (after, "next")):
        leads = re.findall(rf'<a href="/sdg/(\d+)" rel="{relation}">', text)
        assert leads == ([str(number)] if number else [])
