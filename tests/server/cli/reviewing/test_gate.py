"""No other site, no other name and no other program may read or write the page; the address opens it once."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.server.cli.reviewing.gate import FORM_FIELD
from hytegraph.server.cli.reviewing.page import ReviewPage
from tests.server.cli.reviewing.conftest import PORT

OWN = f"http://127.0.0.1:{PORT}"


def judgement(page: ReviewPage, **changes: str) -> dict[str, str]:
    item = page._queue().items[0].id
    return {FORM_FIELD: page.gate.form_key, "item": item, "verdict": "accept", **changes}


def states(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in sorted((folder / "links").glob("*.tsv")))


def test_without_the_token_the_page_says_how_it_is_opened(stranger: FlaskClient) -> None:
    for address in ("/", "/?token=", "/?token=x"):
        answer = stranger.get(address, base_url=OWN)
        assert answer.status_code == 403
        assert "avaa sivun vain kerran" in answer.text
        assert "Sujuva" not in answer.text


def test_the_token_opens_the_page_once(page: ReviewPage, stranger: FlaskClient) -> None:
    address = f"/?token={page.gate.token}"
    opened = stranger.get(address, base_url=OWN)
    assert (opened.status_code, opened.headers["Location"]) == (303, "/")
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/", base_url=OWN).status_code == 200
    stranger.delete_cookie(page.gate.cookie, domain="127.0.0.1")
    assert stranger.get(address, base_url=OWN).status_code == 403


@pytest.mark.parametrize("host", ["saarela.example", f"saarela.example:{PORT}", "127.0.0.1", "127.0.0.1:1"])
def test_a_name_that_is_pointed_at_this_machine_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", base_url=OWN, headers={"Host": host}).status_code == 421
    assert client.get("/static/review.js", base_url=OWN, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_read(client: FlaskClient, site: str) -> None:
    assert client.get("/", base_url=OWN, headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "changes"),
    [
        ("http://saarela.example", {}),
        ("http://127.0.0.1:1", {}),
        ("null", {}),
        ("", {}),
        (f"http://localhost:{PORT}", {}),
        (OWN, {FORM_FIELD: "x"}),
        (OWN, {FORM_FIELD: ""}),
    ],
)
@pytest.mark.parametrize("address", ["/judge", "/undo"])
def test_another_site_cannot_write(
    page: ReviewPage, client: FlaskClient, folder: Path, origin: str, changes: dict[str, str], address: str
) -> None:
    before = states(folder)
    form = judgement(page, **changes)
    headers = {"Origin": origin} if origin else {}
    assert client.post(address, base_url=OWN, data=form, headers=headers).status_code == 403
    assert states(folder) == before


def test_the_key_of_the_forms_is_not_enough_without_the_cookie(
    page: ReviewPage, stranger: FlaskClient, folder: Path
) -> None:
    before = states(folder)
    answer = stranger.post("/judge", base_url=OWN, data=judgement(page), headers={"Origin": OWN})
    assert answer.status_code == 403
    assert states(folder) == before


def test_the_page_cannot_be_framed_and_is_not_kept(client: FlaskClient) -> None:
    headers = client.get("/", base_url=OWN).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers
