"""Styles, scripts and pictures lie with the code of their page; nothing else of these folders is served."""

import pytest
from flask.testing import FlaskClient

from hytegraph.server.pages.shared.files import PAGES


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("hytegraph.css", "text/css"), ("search.js", "text/javascript"), ("icon.svg", "image/svg+xml")],
)
def test_a_static_file_has_its_type_and_is_asked_again_only_for_a_change(
    client: FlaskClient, name: str, media_type: str
) -> None:
    response = client.get(f"/static/{name}", buffered=True)
    again = client.get(f"/static/{name}", headers={"If-None-Match": response.headers["ETag"]}, buffered=True)

    assert (response.status_code, response.mimetype) == (200, media_type)
    assert response.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name", ["view.py", "base.html", "described.rq", "../shared/view.py", "shared/icon.svg"]
)
def test_code_templates_and_queries_are_not_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_no_two_pages_have_a_style_or_script_of_one_name() -> None:
    names = [file.name for file in PAGES.glob("*/*") if file.suffix in (".css", ".js", ".svg")]

    assert len(names) == len(set(names)) > 5
