import html
import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from hytegraph.graph.query.named import Solutions, answer, load_competency_questions, parse_query, written_out
from hytegraph.graph.store.dataset import Dataset

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
QUESTIONS = load_competency_questions()
TRACE = "cq-30-trace-measure"
PLAN = "cq-17-construct-plan"
PERSONAL = "cq-21-personal-data"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_question_is_listed_with_its_honest_answer(kemi_client: FlaskClient, language: str) -> None:
    text = html.unescape(kemi_client.get(f"/queries?lang={language}", headers=BROWSER).text)

    for name, question in QUESTIONS.items():
        assert f'href="/questions/{name}"' in text
        assert question.query.summary[language] in text
        assert question.expects[language] in text


def test_the_list_says_how_many_rows_an_answer_has(kemi_client: FlaskClient, kemi: Dataset) -> None:
    text = kemi_client.get("/queries?lang=en", headers=BROWSER).text
    given = answer(kemi, QUESTIONS[TRACE].query, {})

    assert isinstance(given, Solutions)
    listed = text[text.index(f'href="/questions/{TRACE}"') :]
    assert f"{len(given.terms)} rows" in listed[: listed.index("</li>")]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_a_page_and_data(kemi_client: FlaskClient, name: str) -> None:
    page = kemi_client.get(f"/questions/{name}?lang=sv", headers=BROWSER)
    suffix = "ttl" if "\nCONSTRUCT" in QUESTIONS[name].query.text else "csv"

    assert page.status_code == 200
    assert QUESTIONS[name].expects["sv"] in html.unescape(page.text)
    assert kemi_client.get(f"/questions/{name}.{suffix}").status_code == 200


def test_an_answer_is_a_table_csv_and_json(kemi_client: FlaskClient) -> None:
    page = kemi_client.get(f"/questions/{TRACE}", headers=BROWSER).text
    table = kemi_client.get(f"/questions/{TRACE}.csv?measure=kuntalaiskysely")
    rows = kemi_client.get(f"/questions/{TRACE}", headers={"Accept": "application/json"}).get_json()

    assert "aamukahvit" in page
    assert re.search(r'<td[^>]*><a href="/source/id/kemi/document/[^"]+">', page)
    assert table.mimetype == "text/csv"
    assert table.text.startswith("measure,goal,aim")
    assert "aamukahvit" not in table.text
    assert len(rows["results"]["bindings"]) == page.count("<tr>") - 1


def test_a_constructed_graph_is_rdf(kemi_client: FlaskClient) -> None:
    turtle = kemi_client.get(f"/questions/{PLAN}.ttl")
    page = kemi_client.get(f"/questions/{PLAN}", headers=BROWSER).text

    assert len(list(parse(turtle.data, RdfFormat.TURTLE))) > 100
    assert kemi_client.get(f"/questions/{PLAN}.csv").status_code == 406
    assert f"/questions/{PLAN}.jsonld" in page


def test_a_yes_or_no_is_told_in_a_word(kemi_client: FlaskClient) -> None:
    assert "<strong>nej</strong>" in kemi_client.get(f"/questions/{PERSONAL}?lang=sv", headers=BROWSER).text
    assert kemi_client.get(f"/questions/{PERSONAL}.json").get_json() == {"head": {}, "boolean": False}
    assert kemi_client.get(f"/questions/{PERSONAL}.csv").text == "answer\r\nfalse\r\n"


def test_an_unknown_question_parameter_or_format_is_refused(kemi_client: FlaskClient) -> None:
    assert kemi_client.get("/questions/none").status_code == 404
    assert kemi_client.get(f"/questions/{TRACE}?colour=red").status_code == 400
    assert kemi_client.get(f"/questions/{TRACE}", headers={"Accept": "image/png"}).status_code == 406
    assert kemi_client.get("/sparql?question=none", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_written_out_gives_the_same_answer(kemi: Dataset, name: str) -> None:
    query = QUESTIONS[name].query
    plain = parse_query(name, f"#+ summary: x\n#+ summary_sv: x\n#+ summary_en: x\n{written_out(query, {})}")

    assert "?_" not in plain.text
    assert answer(kemi, plain, {}) == answer(kemi, query, {})


def test_a_question_opens_in_the_sparql_editor_with_its_values(kemi_client: FlaskClient) -> None:
    page = kemi_client.get(f"/questions/{TRACE}?measure=kysely", headers=BROWSER).text
    [address] = re.findall(r'href="(/sparql\?[^"]+)"', page)

    editor = html.unescape(kemi_client.get(html.unescape(address), headers=BROWSER).text)

    assert 'LCASE("kysely")' in editor
    assert "hyte:supportsGoal" in editor


def test_a_value_cannot_leave_its_quotes() -> None:
    text = written_out(QUESTIONS[TRACE].query, {"measure": 'x" ) } SERVICE <urn:x> { \\'})

    assert r"\" ) } SERVICE <urn:x> { \\" in text


@pytest.mark.parametrize("path", ["/queries", "/validation", "/ns"])
def test_the_pages_are_found_from_every_page(kemi_client: FlaskClient, path: str) -> None:
    assert f'href="{path}"' in kemi_client.get("/about", headers=BROWSER).text


def test_the_address_that_the_list_had_leads_to_the_tables(kemi_client: FlaskClient) -> None:
    moved = kemi_client.get("/questions", headers=BROWSER)

    assert (moved.status_code, moved.headers["Location"]) == (308, "/queries#questions")
