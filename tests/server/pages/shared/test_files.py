"""Styles, scripts and pictures lie with the code of their page; nothing else of these folders is served."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jinja2 import Environment

from hytegraph.server.pages.shared.files import PAGES, kept_templates, template_loader


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


def test_a_template_is_compiled_once_and_found_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def environment() -> Environment:
        return Environment(
            loader=template_loader(),
            bytecode_cache=kept_templates(tmp_path),
            extensions=["jinja2.ext.do"],
            autoescape=True,
        )

    first = environment().get_template("shared/paging.html")
    monkeypatch.setattr(Environment, "compile", None)

    assert environment().get_template("shared/paging.html").blocks == first.blocks


def test_where_no_templates_can_be_kept_none_are(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert kept_templates(tmp_path / "file") is None
