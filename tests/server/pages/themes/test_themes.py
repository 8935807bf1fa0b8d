"""The pages of themes and target groups, on the Kemi release and on three invented towns."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.named import load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.server.reading import rows_of, text_of

COMPARED = Path(__file__).parents[3] / "data" / "server" / "compared.trig"
LEVELS = ("aims", "goals", "priorities", "measures", "indicators", "realisations")


@pytest.fixture(scope="module")
def towns() -> FlaskClient:
    """A client of three towns; two have claims about physical activity, one of them accepted, one rejected."""
    return create_app(Settings.of({}), Dataset.open(COMPARED)).test_client()


def codes_in(text: str) -> set[str]:
    """The themes and target groups that a page links to."""
    return set(re.findall(r'href="/themes/(\w+)"', text))


def test_the_list_has_every_theme_and_target_group(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, "/themes.csv")
    schemes = {row["theme"]: row["scheme"] for row in rows}

    assert sorted(schemes.values()) == ["TargetGroup"] * 12 + ["Theme"] * 45
    assert codes_in(kemi_client.get("/themes").text) == set(schemes)


def test_the_pages_hold_every_claim_of_the_named_query(kemi_client: FlaskClient, kemi: Dataset) -> None:
    wanted = {
        (
            row.text("theme") or row.text("group"),
            row.text("level"),
            row.text("text"),
            float(row.text("confidence")),
            row.text("words"),
        )
        for row in kemi.select(load_queries()["themes"].text)
    }

    found = {
        (row["theme"], row["level"], row["text"], float(row["confidence"]), row["cue"])
        for code in codes_in(kemi_client.get("/themes").text)
        for row in rows_of(kemi_client, f"/themes/{code}.csv")
    }

    assert found == wanted


@pytest.mark.parametrize("code", ["housing", "pupils"])
def test_the_list_counts_what_the_page_of_a_theme_holds(kemi_client: FlaskClient, code: str) -> None:
    counted = [row for row in rows_of(kemi_client, "/themes.csv") if row["theme"] == code]
    claims = rows_of(kemi_client, f"/themes/{code}.csv")

    for state in ("suggested", "accepted", "rejected"):
        assert sum(int(row[state]) for row in counted) == sum(row["review"] == state for row in claims)
    things = {row["element"] for row in claims if row["review"] != "rejected"}
    assert sum(int(row[level]) for row in counted for level in LEVELS) == len(things)


def test_a_page_tells_definition_matches_and_neighbours(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/themes/pupils").text

    assert "Perusopetuksen oppilaat." in page
    assert re.search(r'href="http://www.yso.fi/onto/yso/p\d+" rel="external">YSO p\d+<', page)
    assert {"children", "youngPeople"} <= codes_in(page)
    assert 'href="/themes/pupils"' in kemi_client.get("/themes/children").text


def test_a_claim_has_its_words_mark_and_lines(kemi_client: FlaskClient) -> None:
    page = kemi_client.get("/themes/pupils").text
    claims = rows_of(kemi_client, "/themes/pupils.csv")

    marks = {"suggested": "koneen ehdotus", "accepted": "hyväksynyt kielimalli, ei ihminen eikä kunta"}
    for state, words in marks.items():
        # A sign at each claim, and once in the legend, which says what it means.
        assert page.count(f'class="known mark-{state}"') == 1 + sum(row["review"] == state for row in claims)
        assert page.count(words) == 1
    assert page.count("Sanat, joihin ehdotus perustuu:") == sum(bool(row["cue"]) for row in claims)
    assert all(row["sourceLines"] for row in claims)
    for link in sorted(set(re.findall(r'href="(/(?:source|trace|page|query)/[^"#]*)', page)))[:12]:
        assert kemi_client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_long_page_comes_in_parts_and_its_table_whole(kemi_client: FlaskClient) -> None:
    claims = rows_of(kemi_client, "/themes/education.csv")
    first = kemi_client.get("/themes/education").text

    assert first.count('class="sureness"') == min(90, len(claims))
    assert kemi_client.get("/themes/education?page=9").status_code == 404


def test_accepted_suggested_and_rejected_are_told_apart(towns: FlaskClient) -> None:
    accepted = rows_of(towns, "/saarela/themes.csv")[0]
    suggested = rows_of(towns, "/mallila/themes.csv")[0]

    assert (accepted["suggested"], accepted["accepted"], accepted["rejected"]) == ("0", "1", "1")
    assert (suggested["suggested"], suggested["accepted"], suggested["rejected"]) == ("1", "0", "0")
    # What is rejected is shown as such and counted as no link.
    assert (accepted["measures"], suggested["measures"]) == ("1", "1")
    page = text_of(towns, "/saarela/themes/physicalActivity")
    assert "Ehdotettuja yhteyksiä 0, hyväksyttyjä 1, hylättyjä 1." in page
    assert "tarkistettu ja hyväksytty" in page
    assert "tarkistettu ja hylätty" in page


def test_all_towns_are_counted_and_lead_to_the_comparison_and_the_query(towns: FlaskClient) -> None:
    line = next(row for row in rows_of(towns, "/themes.csv") if row["theme"] == "physicalActivity")
    by_town = {row["town"]: row for row in rows_of(towns, "/themes/physicalActivity.csv")}
    page = towns.get("/themes/physicalActivity").text

    assert [line[name] for name in ("suggested", "suggestedTowns", "accepted", "acceptedTowns")] == ["1"] * 4
    assert (by_town["Saarela"]["accepted"], by_town["Mallila"]["suggested"]) == ("1", "1")
    assert (by_town["Lehtola"]["accepted"], by_town["Lehtola"]["suggested"]) == ("0", "0")
    for link in ("/compare?theme=physicalActivity", "/query/themes?theme=physicalActivity"):
        assert f'href="{link}"' in page
        assert towns.get(link).status_code == 200
    assert 'href="/query/themes?group=youngPeople"' in towns.get("/themes/youngPeople").text


def test_a_theme_without_links_does_not_say_that_nothing_is_done(towns: FlaskClient) -> None:
    page = text_of(towns, "/lehtola/themes/physicalActivity")

    assert "yhteyttä ei ole ehdotettu" in page
    assert "Asiakirjoissa voi silti olla asiaa" in page


@pytest.mark.parametrize("address", ["/themes/none", "/themes/Theme", "/saarela/themes/none"])
def test_a_theme_that_there_is_not_is_not_found(towns: FlaskClient, address: str) -> None:
    assert towns.get(address).status_code == 404


def test_data_without_themes_are_said_to_have_none(tmp_path: Path) -> None:
    file = tmp_path / "empty.nq"
    file.write_text("")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    assert "Aineistossa ei ole teemoja" in text_of(client, "/themes")


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "koululaiset"), ("sv", "skolelever"), ("en", "pupils")]
)
def test_the_pages_speak_three_languages(kemi_client: FlaskClient, language: str, name: str) -> None:
    page = kemi_client.get(f"/themes/pupils?lang={language}").text

    assert f'<html lang="{language}">' in page
    assert f"<h1>{name}</h1>" in page
