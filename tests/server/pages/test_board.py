"""The front page of a town: a board of its plans, what came of them, what is not known, and ways to begin."""

import html
import re

from flask.testing import FlaskClient

from tests.server.reading import BROWSER


def read(client: FlaskClient) -> str:
    return html.unescape(client.get("/?lang=fi", headers=BROWSER).text)


def section(text: str, name: str) -> str:
    return text[text.index(f'aria-labelledby="{name}"') :].split("</section>")[0]


def test_the_board_asks_what_people_ask(kemi_client: FlaskClient) -> None:
    asked = dict(re.findall(r'<h3><a href="([^"]+)">([^<]+)</a>', section(read(kemi_client), "ask")))

    assert {"Mistä tämä tulee?", "Kuka vastaa?", "Mitä saatiin aikaan?"} <= set(asked.values())
    assert {"Mitä asiakirjoista ei löydy?", "Mitä lautakunta päätti?"} <= set(asked.values())
    assert {kemi_client.get(address, headers=BROWSER).status_code for address in asked} == {200}


def test_plans_with_a_period_are_drawn_and_every_plan_is_in_the_table(kemi_client: FlaskClient) -> None:
    plans = section(read(kemi_client), "plans")
    drawing, table = plans.split("</svg>")

    assert drawing.count('class="span"') == 4
    assert table.count('<th scope="row">') == 5
    assert "2022–2025" in table
    starts = [float(at) for at in re.findall(r'class="span" x="([\d.]+)%"', drawing)]
    assert starts == sorted(starts)
    assert starts[-1] == 80.0, "2026 is the last of the five years that are drawn"


def test_a_first_visit_has_three_ways_to_begin_and_each_answers(kemi_client: FlaskClient) -> None:
    ways = re.findall(r'<li><a href="([^"]+)">', section(read(kemi_client), "start"))

    assert [way.split("/")[1].split("?")[0] for way in ways] == ["trace", "measures", "decisions"]
    assert "48 riviä" in kemi_client.get(ways[1], headers=BROWSER).text
    assert {kemi_client.get(way, headers=BROWSER).status_code for way in ways} == {200}


def test_the_latest_documents_and_decisions_come_first(kemi_client: FlaskClient) -> None:
    text = read(kemi_client)

    assert re.findall(r"\d{4}", section(text, "documents"))[0] == "2026"
    assert section(text, "decisions").index("20.2.2025") < section(text, "decisions").index("4.12.2023")


def test_what_the_documents_do_not_say_is_counted_and_leads_to_the_rows(kemi_client: FlaskClient) -> None:
    rows = re.findall(
        r"<strong>(\d+)</strong> <a href=\"(/gaps/[^\"]+)\"", section(read(kemi_client), "unsaid")
    )

    assert [int(n) for n, _ in rows] == sorted((int(n) for n, _ in rows), reverse=True)
    for count, address in rows:
        data = kemi_client.get(f"{address}.json").get_json()["rows"]
        assert len(data) == int(count), address
