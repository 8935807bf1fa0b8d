"""A person judges links one by one: each judgement is in the table at once and can be taken back."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hytegraph.loaders.links.link import ACCEPTED, REJECTED, SUGGESTED, LinkAssertion
from hytegraph.loaders.links.sssom import read_links, table_file
from hytegraph.server.cli.reviewing.gate import FORM_FIELD
from hytegraph.server.cli.reviewing.page import ReviewPage
from tests.server.cli.reviewing.conftest import CONTINUITY, PORT, REVIEWER

OWN = f"http://127.0.0.1:{PORT}"


def get(client: FlaskClient, address: str = "/") -> str:
    answer = client.get(address, base_url=OWN)
    assert answer.status_code == 200
    return answer.text


def post(client: FlaskClient, page: ReviewPage, address: str, **form: str) -> TestResponse:
    data = {FORM_FIELD: page.gate.form_key, **form}
    return client.post(address, base_url=OWN, data=data, headers={"Origin": OWN})


def judge(client: FlaskClient, page: ReviewPage, text: str, **form: str) -> TestResponse:
    """Send the form of a page that shows a link."""
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text))
    return post(client, page, "/judge", **{**held, **form})


def links(folder: Path, name: str = "continuity") -> dict[str, LinkAssertion]:
    return {link.subject_label: link for link in read_links(table_file(folder, name)).links}


def seen(text: str) -> str:
    """The words of the link that the page shows."""
    sides = re.findall(r'<span class="words"[^>]*>(.*?)</span>', text, re.DOTALL)
    return " | ".join(unescape(re.sub(r"<[^>]+>", "", side)) for side in sides)


def test_the_most_uncertain_link_comes_first_with_what_differs_marked(client: FlaskClient) -> None:
    text = get(client)
    assert seen(text) == "Sujuva arki kaikille | Arki on sujuvaa saarella"
    assert re.findall("<mark>(.*?)</mark>", text) == ["kaikille", "saarella"]
    assert "Tarkistettu 0/3" in text


def test_a_theme_is_shown_with_its_meaning_and_the_words_that_led_to_it(client: FlaskClient) -> None:
    text = get(client, "/?table=themes")
    assert re.findall("<mark>(.*?)</mark>", text) == ["meri"]
    assert seen(text).startswith("Puhdas meri | ")
    assert "theme:nature" not in text


@pytest.mark.parametrize(("language", "words"), [("fi", "Hyväksy"), ("sv", "Godkänn"), ("en", "Accept")])
def test_the_page_is_in_three_languages(client: FlaskClient, language: str, words: str) -> None:
    text = get(client, f"/?lang={language}")
    assert f'<html lang="{language}">' in text
    assert words in text


def test_a_judgement_is_in_the_table_and_the_next_link_follows(
    client: FlaskClient, page: ReviewPage, folder: Path
) -> None:
    answer = judge(client, page, get(client), verdict="accept", right="narrowed", comment="vain saarella")
    assert answer.status_code == 303
    link = links(folder)["Sujuva arki kaikille"]
    assert (link.review_status, link.kind, link.suggested_kind) == (ACCEPTED, "narrowed", "split")
    assert (link.reviewer, link.review_date) == (REVIEWER.curie, "2026-12-01")
    assert link.opinions == f"{REVIEWER.curie} 2026-12-01 accept as narrowed: vain saarella"
    after = get(client, answer.headers["Location"])
    assert seen(after).startswith("Puhdas meri")
    assert "Tarkistettu 1/3" in after


def test_the_kind_of_a_rejected_link_is_no_matter(
    client: FlaskClient, page: ReviewPage, folder: Path
) -> None:
    judge(client, page, get(client), verdict="reject", right="narrowed")
    link = links(folder)["Sujuva arki kaikille"]
    assert (link.review_status, link.kind) == (REJECTED, "split")


def test_unsure_leaves_the_link_open_and_out_of_what_waits(
    client: FlaskClient, page: ReviewPage, folder: Path
) -> None:
    judge(client, page, get(client), verdict="unsure", comment="ehkä")
    assert links(folder)["Sujuva arki kaikille"].review_status == SUGGESTED
    assert "Sujuva" not in seen(get(client))
    assert "Sujuva" in seen(get(client, "/?state=disputed"))


def test_steps_are_taken_back_one_by_one(client: FlaskClient, page: ReviewPage, folder: Path) -> None:
    before = links(folder)
    judge(client, page, get(client), verdict="accept", right="merged")
    judge(client, page, get(client), verdict="reject")
    for _ in range(2):
        back = post(client, page, "/undo")
        assert "item=" in back.headers["Location"]
    assert links(folder) == before
    assert "Sujuva" in seen(get(client, back.headers["Location"]))
    assert post(client, page, "/undo").status_code == 303


def test_a_link_that_was_skipped_comes_again(client: FlaskClient) -> None:
    text = get(client)
    [onward] = re.findall(r'class="later" href="([^"]+)"', text)
    second = get(client, unescape(onward))
    assert seen(second) != seen(text)
    assert seen(get(client)) == seen(text)


def test_a_second_thought_replaces_the_first(client: FlaskClient, page: ReviewPage, folder: Path) -> None:
    judge(client, page, get(client), verdict="accept")
    mine = get(client, "/?state=mine")
    assert "Arviosi: hyväksytty" in re.sub(r"\s+", " ", mine)
    judge(client, page, mine, verdict="reject")
    assert links(folder)["Sujuva arki kaikille"].opinions == f"{REVIEWER.curie} 2026-12-01 reject"


def test_a_comment_that_names_a_person_is_not_kept(
    client: FlaskClient, page: ReviewPage, folder: Path
) -> None:
    before = links(folder)
    for comment in ("soita 040 123 4567", "kysy: maija@saarela.example"):
        answer = judge(client, page, get(client), verdict="accept", comment=comment)
        assert answer.status_code == 422
        assert "arviota ei vielä kirjattu" in answer.text
        assert f'value="{comment}"' in answer.text
    assert links(folder) == before


def test_a_link_that_a_new_run_has_removed_is_told(
    client: FlaskClient, page: ReviewPage, folder: Path
) -> None:
    text = get(client)
    file = table_file(folder, "continuity")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "Sujuva" not in line), "utf-8")
    answer = judge(client, page, text, verdict="accept")
    assert answer.status_code == 409
    assert "Linkkiä ei enää ole taulukossa" in answer.text


def test_a_table_that_broke_is_told_with_its_line(client: FlaskClient, folder: Path) -> None:
    file = table_file(folder, "continuity")
    file.write_text(file.read_text("utf-8").replace("\t0.50\t", "\tpuolet\t"), "utf-8")
    answer = client.get("/", base_url=OWN)
    assert answer.status_code == 409
    assert "confidence is no number" in answer.text


def test_when_all_is_judged_the_page_says_so(client: FlaskClient, page: ReviewPage) -> None:
    for _ in range(len(CONTINUITY) + 1):
        judge(client, page, get(client), verdict="accept")
    assert "ei ole enää arvioitavaa" in get(client)


def test_the_page_has_its_own_styles_and_script_and_those_of_the_service(client: FlaskClient) -> None:
    found = {}
    for address in [*re.findall(r'(?:href|src)="(/static/[^"?]+)', get(client)), "/static/page.py"]:
        with client.get(address, base_url=OWN) as answer:
            found[address.removeprefix("/static/")] = answer.status_code

    assert {"review.css", "review.js", "hytegraph.css"} <= found.keys()
    assert {name for name, status in found.items() if status != 200} == {"page.py"}
