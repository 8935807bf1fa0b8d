"""Towns side by side, on three invented towns."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.store.dataset import Dataset
from tests.server.reading import rows_of, text_of

SUBJECTS = (
    "sdg=3",
    "theme=physicalActivity",
    "words=liikuntakerho",
    "group=nuoret",
    "indicator=liikuntakerhojen+määrä",
    "wording=liikkuva+arki",
)


def numbers(client: FlaskClient, query: str) -> dict[str, dict[str, int]]:
    """The counts of each town by what is counted, with how it is known after a slash."""
    found: dict[str, dict[str, int]] = {}
    for row in rows_of(client, f"/compare.csv?{query}"):
        what = f"{row['what']}/{row['how']}" if row["how"] else row["what"]
        found.setdefault(row["town"], {})[what] = int(row["count"])
    return found


def solutions(data: Dataset, name: str, values: dict[str, str]) -> list[dict[str, str | None]]:
    """The rows of a named query."""
    found = run(data, named_query(name), values)
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]


def items(client: FlaskClient, query: str) -> set[tuple[str, str, str]]:
    """The items of a comparison: town, words, and how each belongs to the subject."""
    rows = rows_of(client, f"/compare/items.csv?{query}")
    return {(row["town"], row["text"], row["how"]) for row in rows}


def test_everything_of_each_town_is_counted_where_no_subject_is_chosen(towns: FlaskClient) -> None:
    found = numbers(towns, "")

    assert list(found) == ["Lehtola", "Mallila", "Saarela"]
    levels = ("aim", "priority", "goal", "measure", "indicator")
    assert [found["Mallila"][level] for level in levels] == [1, 0, 1, 2, 1]
    assert [found["Lehtola"][level] for level in levels] == [0, 0, 0, 1, 0]


def test_facts_of_a_row_count_for_each_of_its_measures(towns: FlaskClient) -> None:
    found = numbers(towns, "")

    facts = ("responsible", "unassigned", "measured", "target", "status", "reported")
    assert [found["Mallila"][name] for name in facts] == [1, 1, 1, 1, 1, 1]
    assert [found["Saarela"][name] for name in facts] == [0, 2, 2, 0, 0, 0]


def test_a_status_that_is_suggested_is_no_printed_status(towns: FlaskClient) -> None:
    found = numbers(towns, "")

    assert found["Mallila"]["inProgress/suggested"] == 1
    text = text_of(towns, "/compare")
    assert "toimenpiteitä, joiden rivillä on ilmoitettu tila 0 1 (50 %) 0" in text
    assert (
        "käynnissä koneen ehdotus, ei tarkistettu 0 1 0" in text
        or "koneen ehdotus, ei tarkistettu 0 1 0" in text
    )


def test_links_to_a_goal_are_told_apart_and_rejected_ones_left_out(towns: FlaskClient) -> None:
    found = numbers(towns, "sdg=3")

    ways = ("links/stated", "links/accepted", "links/suggested")
    assert [found["Mallila"][way] for way in ways] == [0, 1, 1]
    assert [found["Saarela"][way] for way in ways] == [1, 0, 1]
    assert [found["Lehtola"][way] for way in ways] == [0, 0, 0]
    assert ("Mallila", "Kävelyreitti rantaan", "suggested") not in items(towns, "sdg=3")
    assert ("Saarela", "Liikkuvat arjet", "stated") in items(towns, "sdg=3")


def test_the_page_counts_what_the_named_query_counts(towns: FlaskClient, town_data: Dataset) -> None:
    query = {"goal": "3", "towns": "Mallila|Saarela|Lehtola"}
    named = solutions(town_data, "compare-sdg", query)
    found = numbers(towns, "sdg=3")

    for town, own in found.items():
        rows = [row for row in named if row["town"] == town]
        assert {row["documents"] for row in rows} == {"2" if town == "Mallila" else "1"}
        for way in ("stated", "accepted", "suggested"):
            assert own[f"links/{way}"] == sum(int(row[way] or 0) for row in rows), (town, way)
    assert len(named) == 3 * 4, "towns without a link have rows with zeros"


def test_the_named_query_of_words_has_towns_without_the_word(town_data: Dataset) -> None:
    rows = solutions(town_data, "compare-words", {"words": "liikuntakerho"})

    assert {(row["level"], row["town"]) for row in rows if row["count"] != "0"} == {
        ("measure", "Mallila"),
        ("indicator", "Mallila"),
        ("indicator", "Saarela"),
    }
    assert len(rows) == 3 * 6
    groups = solutions(
        town_data, "compare-words", {"words": "nuor", "level": "targetGroup", "towns": "Saarela"}
    )
    assert groups == [{"level": "targetGroup", "town": "Saarela", "documents": "1", "count": "1"}]


def test_a_target_is_narrower_than_its_goal(towns: FlaskClient) -> None:
    assert {(town, how) for town, _, how in items(towns, "sdg=3.4")} == {
        ("Mallila", "accepted"),
        ("Mallila", "suggested"),
        ("Mallila", "row"),
        ("Saarela", "stated"),
    }


def test_a_theme_is_suggested_or_accepted_and_told_apart(towns: FlaskClient) -> None:
    found = items(towns, "theme=physicalActivity")

    assert ("Mallila", "Kävelyreitti rantaan", "suggested") in found
    assert ("Saarela", "Kylien kerhot", "accepted") in found
    assert not any(text == "Matkatuki harrastuksiin" for _, text, _ in found), "what is rejected is left out"
    counted = numbers(towns, "theme=physicalActivity")
    assert counted["Mallila"]["links/suggested"] == counted["Saarela"]["links/accepted"] == 1
    assert "Teema tai kohderyhmä: liikunta" in text_of(towns, "/compare?theme=physicalActivity")


def test_words_are_found_in_any_form_and_as_parts_of_compounds(towns: FlaskClient) -> None:
    found = items(towns, "words=liikuntakerhot")

    assert ("Mallila", "Liikuntakerho joka kylälle", "words") in found
    assert ("Saarela", "määrä liikuntakerhoja", "words") in found
    assert not any(town == "Lehtola" for town, _, _ in found)
    assert items(towns, "words=kerho") >= {("Saarela", "Kylien kerhot", "words")}


def test_what_holds_only_some_of_the_words_is_not_found(towns: FlaskClient) -> None:
    assert items(towns, "words=liikuntakerho+avaruussukkula") == set()


def test_a_target_group_is_found_by_its_words_in_any_form(towns: FlaskClient) -> None:
    assert items(towns, "group=nuoret") == {
        ("Mallila", "Kaikki liikkuvat enemmän", "row"),
        ("Mallila", "Liikuntakerho joka kylälle", "row"),
        ("Mallila", "Liikuntakerhojen määrä", "row"),
        ("Saarela", "Kylien kerhot", "row"),
        ("Saarela", "Matkatuki harrastuksiin", "row"),
        ("Saarela", "määrä liikuntakerhoja", "row"),
    }
    assert {town for town, _, _ in items(towns, "group=Lapset+ja+nuoret")} == {"Mallila"}


def test_an_indicator_is_the_same_by_its_words_in_any_form_and_order(towns: FlaskClient) -> None:
    found = items(towns, "indicator=liikuntakerhojen+määrä")

    assert {(town, text) for town, text, how in found if how == "named"} == {
        ("Mallila", "Liikuntakerhojen määrä"),
        ("Saarela", "määrä liikuntakerhoja"),
    }
    assert items(towns, "indicator=määrä") == set()


def test_an_aim_is_compared_with_all_that_stands_under_it(towns: FlaskClient) -> None:
    found = items(towns, "wording=liikkuva+arki")

    assert {(town, text) for town, text, how in found if how == "named"} == {
        ("Mallila", "Liikkuva arki"),
        ("Saarela", "Liikkuvat arjet"),
    }
    assert ("Mallila", "Liikuntakerho joka kylälle", "under") in found
    assert ("Saarela", "Matkatuki harrastuksiin", "under") in found
    assert ("Mallila", "Kävelyreitti rantaan", "under") not in found


def test_a_goal_has_its_measures_under_it_also_without_a_row(towns: FlaskClient) -> None:
    found = items(towns, "wording=kaikki+liikkuvat+enemmän")

    assert ("Mallila", "Liikuntakerho joka kylälle", "under") in found
    assert {town for town, _, _ in found} == {"Mallila"}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_town_without_the_subject_is_said_to_have_it_not_in_its_documents(
    towns: FlaskClient, subject: str
) -> None:
    text = text_of(towns, f"/compare?town=lehtola&town=mallila&{subject}")
    lehtola = text[text.rindex("Lehtola ei löydy") :]

    assert "ei löydy asiakirjoista" in lehtola
    assert "Kunnan yhdestä luetusta asiakirjasta ei löytynyt tätä aihetta. Se ei tarkoita" in lehtola


def test_how_many_documents_were_read_of_which_periods_stands_above_the_numbers(towns: FlaskClient) -> None:
    text = text_of(towns, "/compare?town=mallila&town=saarela")

    assert "Luettuja asiakirjoja 2 1" in text
    assert "Asiakirjojen kaudet 2025–2028, 2026 2026" in text
    assert "Kunnista on luettu eri määrä asiakirjoja" in text
    assert "eri määrä asiakirjoja" not in text_of(towns, "/compare?town=lehtola&town=saarela")


@pytest.mark.parametrize("subject", ["", *SUBJECTS])
def test_the_page_and_its_items_count_the_same(towns: FlaskClient, subject: str) -> None:
    counted = numbers(towns, subject)
    rows = rows_of(towns, f"/compare/items.csv?{subject}")

    for town, own in counted.items():
        for level in ("aim", "priority", "goal", "measure", "indicator"):
            assert own[level] == sum(row["town"] == town and row["level"] == level for row in rows), (
                town,
                level,
            )


@pytest.mark.parametrize("subject", ["", *SUBJECTS])
def test_links_of_the_page_lead_somewhere(towns: FlaskClient, subject: str) -> None:
    text = towns.get(f"/compare?{subject}", headers={"Accept": "text/html"}).text
    main = text[text.index("<main") : text.index("</main>")]
    links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', main)}
    # The lines of the documents are in no release here.
    own = {link for link in links if not link.startswith("/source/")}

    assert {link: towns.get(link, follow_redirects=True).status_code for link in own} == dict.fromkeys(
        own, 200
    )


def test_towns_are_left_out_and_added_by_links_and_forms_alone(towns: FlaskClient) -> None:
    page = unescape(towns.get("/compare?town=mallila&town=saarela&sdg=3").text)

    assert 'href="/compare?town=saarela&sdg=3"' in page
    assert re.search(
        r'<input type="hidden" name="town" value="mallila">.*<select id="town" name="town">', page, re.DOTALL
    )
    assert '<option value="lehtola">Lehtola</option>' in page


def test_a_town_is_chosen_by_slug_or_by_name_in_any_language(towns: FlaskClient) -> None:
    for names in (
        "town=mallila&town=saarela",
        "town=Mallila&town=Holmby",
        "town=mallila&town=saarela&town=SAARELA",
    ):
        assert list(numbers(towns, names)) == ["Mallila", "Saarela"]


def test_names_that_several_towns_have_are_offered_first(towns: FlaskClient) -> None:
    page = unescape(towns.get("/compare").text)
    offered = re.findall(
        r'href="/compare\?[^"]*wording=([^"]+)" lang="fi">([^<]+)</a>( <span[^>]*>2 kunnassa)?', page
    )

    assert offered[0][1] == "Liikkuva arki"
    assert offered[0][2]
    assert not offered[1][2]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("town=malila", "The data have no town 'malila'. Towns with a name like it: mallila"),
        ("sdg=18", "sdg"),
        ("sdg=3.99", "sdg"),
        ("theme=astronomy", "theme"),
        ("sdg=3&words=koulu", "One subject"),
        ("&".join(f"town={name}" for name in ("mallila", "x")), "no town 'x'"),
    ],
)
def test_what_there_is_not_is_refused_with_a_reason(towns: FlaskClient, query: str, said: str) -> None:
    response = towns.get(f"/compare?{query}", headers={"Accept": "application/problem+json"})

    assert response.status_code == 400
    assert said in response.get_json()["detail"]


def test_a_level_that_there_is_not_is_refused(towns: FlaskClient) -> None:
    assert towns.get("/compare/items?level=sdg").status_code == 400
    assert towns.get("/compare/items?page=2").status_code == 404


def test_one_chosen_town_is_shown_and_another_asked_for(towns: FlaskClient) -> None:
    assert "Vertailuun tarvitaan vähintään kaksi kuntaa" in text_of(towns, "/compare?town=mallila&sdg=3")


def test_words_are_looked_for_as_written_without_an_index_and_it_is_said(
    towns_without_index: FlaskClient,
) -> None:
    assert items(towns_without_index, "words=liikuntakerho") >= {
        ("Mallila", "Liikuntakerho joka kylälle", "words")
    }
    assert items(towns_without_index, "indicator=Liikuntakerhojen+määrä") == {
        ("Mallila", "Kaikki liikkuvat enemmän", "row"),
        ("Mallila", "Liikuntakerho joka kylälle", "row"),
        ("Mallila", "Liikuntakerhojen määrä", "named"),
    }
    assert "vain siinä muodossa, jossa ne on kirjoitettu" in text_of(
        towns_without_index, "/compare?words=liikuntakerho"
    )


def test_the_forms_hold_the_same(towns: FlaskClient) -> None:
    rows = rows_of(towns, "/compare.csv?sdg=3")

    assert [row["what"] for row in towns.get("/compare.json?sdg=3").get_json()["rows"]] == [
        r["what"] for r in rows
    ]
    assert towns.get("/compare.xlsx?sdg=3").data.startswith(b"PK")
    turtle = towns.get("/compare.ttl?sdg=3").text
    assert "Kaikki liikkuvat enemmän" in turtle
    assert "Kirjaston aukioloa" not in turtle


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("address", ["/compare?sdg=3", "/compare?group=nuoret", "/compare/items?words=kerho"])
def test_the_pages_speak_three_languages(towns: FlaskClient, address: str, language: str) -> None:
    page = towns.get(f"{address}&lang={language}").text
    towns.get("/?lang=fi")

    assert f'<html lang="{language}">' in page
    heading = {"fi": "Vertaile kuntia", "sv": "Jämför kommuner", "en": "Compare towns"}[language]
    assert heading in page
