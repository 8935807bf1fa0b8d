"""The matrix across periods and the history of one element, on the Kemi release and on a small file."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.query.named import load_queries
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from tests.server.reading import rows_of

SMALL = Path(__file__).parents[3] / "data" / "server" / "periods.trig"
LEVELS = ("aim", "goal", "priority", "measure")
ROUTE = "/periods/id/kemi/goal/2022-2025/liikkuminen-esteetonta-palvelut-helposti-saatavilla"
COFFEE = "/periods/id/kemi/measure/toimenpideohjelma-2026/L12-1"


def cells(text: str, own: str) -> list[str]:
    """The cells of the thread whose own element has these words, without tags."""
    threads = text[text.find('id="threads"') :]
    found = next(row for row in re.findall(r"<tr>(.*?)</tr>", threads, re.DOTALL) if f">{own}</a>" in row)
    parts = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", found, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in parts]


def test_the_levels_together_hold_every_link_of_the_named_query(
    kemi_client: FlaskClient, kemi: Dataset
) -> None:
    query = load_queries()["continuity"]
    wanted = Counter(
        (
            row.text("from"),
            row.text("kind"),
            row.text("to"),
            row.text("confidence") and float(row.text("confidence")),
            row.text("review"),
        )
        for row in kemi.select(query.text)
    )

    found = {
        row["claim"]: (
            row["from"],
            row["kind"],
            row["to"],
            row["confidence"] and float(row["confidence"]),
            row["review"],
        )
        for level in LEVELS
        for row in rows_of(kemi_client, f"/periods.csv?level={level}")
    }

    shown = Counter(found.values())
    assert shown <= wanted
    # That one reader sees no successor is told on the element's own page, not in a column that shows a possible one.
    assert {(kind, review) for _, kind, _, _, review in wanted - shown} <= {("dropped", "suggested")}


@pytest.mark.parametrize(("level", "heading"), [("aim", "Päämäärät"), ("measure", "Toimenpiteet")])
def test_the_tabs_count_what_the_data_hold(
    kemi_client: FlaskClient, kemi: Dataset, level: str, heading: str
) -> None:
    kind = {"aim": "StrategicAim", "measure": "Measure"}[level]
    count = kemi.select(
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <https://w3id.org/hytegraph/ns#{kind}> }}"
    )[0].text("n")

    text = kemi_client.get(f"/periods?level={level}").text

    assert re.search(rf'aria-current="true">{heading} <span class="n">{count}</span>', text)


def test_the_columns_are_the_periods_of_the_data_in_their_order(kemi_client: FlaskClient) -> None:
    text = kemi_client.get("/periods?level=goal").text
    matrix = text[text.index('class="stack matrix"') :]

    assert re.findall(r'<th scope="col">([^<]+)</th>', matrix[: matrix.index("</thead>")]) == [
        "2022–2025",
        "2023",
        "4.12.2023–",
        "2026",
    ]


def test_a_goal_that_a_later_report_names_again_is_told_as_stated_and_not_as_a_suggestion(
    kemi_client: FlaskClient,
) -> None:
    row = cells(
        kemi_client.get("/periods").text, "Liikkuminen on esteetöntä ja palvelut helposti saatavilla."
    )

    assert row[1].startswith("Mainitaan sellaisenaan: Sanottu asiakirjassa")
    assert "rivit 150–151" in row[1]
    assert "ehdotus" not in row[1]


def test_where_only_a_rejected_candidate_is_left_no_successor_was_found(kemi_client: FlaskClient) -> None:
    row = cells(
        kemi_client.get("/periods").text, "Liikkuminen on esteetöntä ja palvelut helposti saatavilla."
    )

    assert row[2].startswith("vastinetta ei löydy myöhemmältä kaudelta")
    assert "Se ei kerro, että asiasta on luovuttu." in row[2]
    assert "1 heikompi tai hylätty vastine" in row[2]
    assert "hylätty" in row[2]


def test_what_a_rule_accepted_is_not_told_as_reviewed(kemi_client: FlaskClient) -> None:
    row = cells(kemi_client.get("/periods?level=aim&kind=sameText").text, "Viisas Kemi")

    assert "jatkuu samoin sanoin osuvuus 1,00, vahva" in row[-1]
    assert "sama sanamuoto" in row[-1]
    assert "tarkistettu" not in row[-1]


def test_links_of_a_kind_are_chosen_by_the_address(kemi_client: FlaskClient) -> None:
    chosen = rows_of(kemi_client, "/periods.csv?level=measure&kind=split")
    everything = rows_of(kemi_client, "/periods.csv?level=measure")

    split = {row["claim"] for row in everything if row["kind"] == "split"}
    assert split
    assert split <= {row["claim"] for row in chosen}
    assert len(chosen) < len(everything)


def test_an_aim_chooses_the_threads_under_it(kemi_client: FlaskClient) -> None:
    chosen = rows_of(kemi_client, "/periods.csv?level=goal&aim=id/kemi/aim/2022-2025/sujuva-arki")

    assert {row["aim"] for row in chosen} == {"Sujuva arki"}
    assert any("Liikkuminen on esteetöntä" in row["from"] for row in chosen)


@pytest.mark.parametrize(
    "asked", ["level=plan", "kind=gone", "review=maybe", "confidence=0.55", "aim=id/kemi/aim/none"]
)
def test_an_unknown_choice_is_refused(kemi_client: FlaskClient, asked: str) -> None:
    assert kemi_client.get(f"/periods?{asked}").status_code == 400


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_that_there_is_not_is_not_found(kemi_client: FlaskClient, page: str) -> None:
    assert kemi_client.get(f"/periods?page={page}").status_code == 404


def test_a_higher_confidence_folds_more_and_loses_nothing(kemi_client: FlaskClient) -> None:
    def folded(address: str) -> int:
        found = re.search(r"Piilossa on (\d+)", kemi_client.get(address).text)
        assert found
        return int(found[1])

    assert folded("/periods?confidence=0.9") > folded("/periods?confidence=0.3")
    assert {row["claim"] for row in rows_of(kemi_client, "/periods.csv?confidence=0.9")} >= {
        row["claim"] for row in rows_of(kemi_client, "/periods.csv") if row["level"] == "goal"
    }


def test_all_threads_stand_on_the_pages_together(kemi_client: FlaskClient) -> None:
    first = kemi_client.get("/periods?level=measure").text
    said = re.search(r"Rivejä (\d+)", first)
    assert said
    last = max(int(number) for number in re.findall(r'href="\?level=measure&amp;page=(\d+)"', first))

    texts = [kemi_client.get(f"/periods?level=measure&page={page}").text for page in range(1, last + 1)]

    owns = [own for text in texts for own in re.findall(r'<div class="own">\s*<a href="([^"]+)"', text)]
    assert len(owns) == len(set(owns)) == int(said[1])


def flow_of(client: FlaskClient, query: str) -> tuple[str, list[str]]:
    """The figure of the first flow of the page, and the rows of its table."""
    text = html.unescape(client.get(f"/periods?{query}", headers={"Accept-Language": "fi"}).text)
    figure = text[text.index('<figure class="flow-figure">') : text.index("</figure>")]
    return figure, re.findall(r"<tr><th.*?</tr>", figure[figure.index("<tbody>") :], re.DOTALL)


def bands_of(svg: str, look: str = "") -> int:
    """How many bands a drawing has, of which those of one look are one path."""
    paths = re.findall(rf'class="band {look}[^"]*" d="([^"]+)"', svg)
    return sum(path.count("Z") for path in paths)


def test_a_flow_has_a_band_and_a_row_for_every_link_that_stands(kemi_client: FlaskClient) -> None:
    figure, rows = flow_of(kemi_client, "level=goal")
    standing = [
        row
        for row in rows_of(kemi_client, "/periods.csv?level=goal")
        if row["level"] == "goal" and row["review"] not in ("rejected", "superseded")
        if row["fromPeriod"] in ("", "2022–2025") and row["toPeriod"] in ("", "2026")
        if not (row["kind"] == "new" and row["toPeriod"] != "2026")
    ]
    goals = {row["fromIri"] for row in standing} | {row["toIri"] for row in standing}
    linked = [row for row in standing if row["kind"] in ("new", "dropped") or "/goal/" in row["toIri"]]

    assert goals and len(rows) == len(linked)
    for name in ("wide", "narrow"):
        svg = figure[figure.index(f'class="flow {name}"') :].split("</svg>")[0]
        assert bands_of(svg) == len(rows)
        assert bands_of(svg, "suggested") == sum(row["review"] == "suggested" for row in linked)


def test_the_title_of_a_flow_tells_what_came_of_the_goals(kemi_client: FlaskClient) -> None:
    figure, _ = flow_of(kemi_client, "level=goal")
    title = re.sub(r"<[^>]+>", "", figure[figure.index("<figcaption") : figure.index("</figcaption>")])

    assert title == (
        "2022–2025 → 2026: 16 kohdasta jatkuu 4 (joista hyväksyttyjä 4); 10 sivuaa vain samaa aihetta; "
        "2 jää vaille vastinetta; 5 uutta ilman vastinetta"
    )


def test_the_measures_flow_between_their_aims(kemi_client: FlaskClient) -> None:
    figure, rows = flow_of(kemi_client, "level=measure")
    wide = figure.split("</svg>")[0]

    assert "Elinvoimainen kaupunki" in wide and "siirtynyt hyvinvointialueelle" in wide
    assert bands_of(wide) == len(rows)


def test_the_height_of_goals_can_go_by_their_measures(kemi_client: FlaskClient) -> None:
    def heights(query: str) -> set[str]:
        figure, _ = flow_of(kemi_client, query)
        return set(re.findall(r'class="bar" [^>]*height="([\d.]+)"', figure.split("</svg>")[0]))

    assert len(heights("level=goal")) == 1
    assert len(heights("level=goal&height=measures")) > 4
    assert kemi_client.get("/periods?height=width").status_code == 400


def test_the_history_of_an_element_holds_both_sides_and_who_judged(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(ROUTE).text

    assert "Esteetön liikkuminen koskee saavutettavuutta" in text
    assert "tarkastanut kielimalli kerran, ei ihminen eikä kunta" in text
    assert "Aineiston toimittaja" in text
    assert "Ilmastoystävällinen" in text
    assert text.count("<blockquote") == 3 + 4
    assert "<del>" in text
    assert "<ins>" in text


def test_the_words_of_each_document_stand_on_the_side_of_their_period(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(ROUTE).text
    sides = re.findall(r"<h4>(\w+)</h4>(.*?)</ol>", text, re.DOTALL)
    words = [
        (side, set(re.findall("<blockquote[^>]*>(.*?)</blockquote>", passages))) for side, passages in sides
    ]

    assert words == [
        ("Aiempi", {"Liikkuminen on esteetöntä ja palvelut helposti saatavilla."}),
        ("Aiempi", {"Liikkuminen on esteetöntä ja palvelut helposti saatavilla."}),
        ("Myöhempi", {"Ilmastoystävällinen liikkuminen ja energiaratkaisut"}),
    ]


def test_the_history_reads_backward_too(kemi_client: FlaskClient) -> None:
    text = kemi_client.get(COFFEE).text

    assert "Osallistava budjetointi, kuulemistilaisuudet" in text
    assert "jakautunut useaksi" in text
    assert "hyväksynyt kielimalli, ei ihminen eikä kunta" in text
    assert [row["kind"] for row in rows_of(kemi_client, COFFEE + ".csv")] != []


@pytest.mark.parametrize("address", ["/periods?level=measure", "/periods?level=goal", ROUTE, COFFEE])
@pytest.mark.slow
def test_links_to_other_threads_sources_and_forms_lead_somewhere(
    kemi_client: FlaskClient, address: str
) -> None:
    text = kemi_client.get(address).text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?:periods|source)[^"]*)"', text)}

    assert any(link.startswith("/source/") for link in links)
    assert {link: kemi_client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_forms_hold_the_same_rows(kemi_client: FlaskClient) -> None:
    table = rows_of(kemi_client, "/periods.csv?level=priority")
    found = kemi_client.get("/periods.json?level=priority").get_json()["rows"]

    assert [row["claim"] or "" for row in found] == [row["claim"] for row in table]
    turtle = kemi_client.get("/periods.ttl?level=priority").text
    assert all(row["claim"].rpartition("/")[2] in turtle for row in table)


def test_an_element_that_goes_on_twice_is_one_thread(small: FlaskClient) -> None:
    text = small.get("/periods?confidence=0.3").text

    row = cells(text, "Rakennamme uuden puiston")
    assert [cell.split(" osuvuus")[0] for cell in row[1:3]] == ["sama asia", "supistunut"]
    assert "Verrattu kohtaan: Rakennamme suuren puiston" in row[2]
    assert '<div class="own">\n  <a href="/trace/id/kemi/goal/2021/puisto"' not in text


def test_rejected_and_superseded_candidates_are_folded_whatever_their_confidence(small: FlaskClient) -> None:
    row = cells(small.get("/periods").text, "Rakennamme uuden puiston")

    shown, _, folded = row[1].partition("2 heikompaa tai hylättyä vastinetta")
    assert "Pyöräily puistossa" not in shown
    assert "hylätty" in folded
    assert "korvattu" in folded


def test_what_has_no_period_stands_in_the_last_column(small: FlaskClient) -> None:
    row = cells(small.get("/periods").text, "Kaikille oma harrastus")

    assert len(row) == 4
    assert row[3].startswith("Kaikille oma harrastus")
    assert row[:3] == ["– ei mahdollista vastinetta"] * 3


def test_what_no_link_is_about_is_in_the_table_too(small: FlaskClient) -> None:
    alone = [row for row in rows_of(small, "/periods.csv") if not row["claim"]]

    assert {row["from"] for row in alone} == {"Kaikille oma harrastus"}


def test_data_without_elements_are_said_to_have_none(tmp_path: Path) -> None:
    file = tmp_path / "empty.nq"
    file.write_text("")
    client = create_app(Settings.of({}), Dataset.open(file)).test_client()

    response = client.get("/periods")

    assert response.status_code == 200
    assert "kausia ei voi verrata" in response.text


def test_an_unknown_element_is_not_found(small: FlaskClient) -> None:
    assert small.get("/periods/id/kemi/goal/2020/none").status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_speak_three_languages_and_mark_the_words_of_documents(
    kemi_client: FlaskClient, language: str
) -> None:
    for address in ("/periods?level=goal&", ROUTE + "?"):
        text = kemi_client.get(f"{address}lang={language}").text

        assert f'<html lang="{language}">' in text
        marked = re.search(r'<a href="/trace/[^"]*" lang="fi">Liikkuminen on esteetöntä', text)
        assert bool(marked) == (language != "fi")


def test_a_claim_that_nobody_has_judged_names_no_reviewer(kemi_client: FlaskClient) -> None:
    path = "/periods/id/kemi/goal/2022-2025/liikkuminen-esteetonta-palvelut-helposti-saatavilla"
    text = kemi_client.get(f"{path}?lang=fi", headers={"Accept": "text/html"}).text

    states = [row["review"] for row in rows_of(kemi_client, f"{path}.csv")]
    assert text.count("Tarkistaja</dt>") == sum(state in ("accepted", "rejected") for state in states)
    assert "Köyhyyden poistaminen" not in text
