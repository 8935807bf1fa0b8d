"""A small folder of the invented town Saarela, whose links wait for review, and the page on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.reviewers import MUNICIPALITY, Reviewer, write_reviewers
from hytegraph.loaders.links.link import LEXICAL, NO_MATCH, SIMILARITY, LinkAssertion
from hytegraph.loaders.links.sssom import LinkTable, write_table
from hytegraph.server.cli.reviewing.gate import Gate
from hytegraph.server.cli.reviewing.page import ReviewPage, create_page

PORT = 8999
DAY = date(2026, 12, 1)
REVIEWER = Reviewer(
    "saarela:reviewer/hyte", MUNICIPALITY, Text("Hyte-koordinaattori", "Koordinator", "Coordinator")
)
CONTINUITY = (
    LinkAssertion(
        *(
            "saarela:goal/2022/arki",
            "hyte:continuedBy",
            "saarela:goal/2026/arki",
            "split",
            0.5,
            "m/1",
            SIMILARITY,
        ),
        subject_label="Sujuva arki kaikille",
        object_label="Arki on sujuvaa saarella",
    ),
    LinkAssertion(
        *("saarela:goal/2022/meri", "hyte:continuedBy", NO_MATCH, "dropped", 0.7, "m/1", SIMILARITY),
        subject_label="Puhdas meri",
    ),
)
THEMES = (
    LinkAssertion(
        *("saarela:goal/2022/meri", "dct:subject", "theme:nature", "theme", 0.9, "t/1", LEXICAL),
        cue="meri",
        subject_label="Puhdas meri",
    ),
)
Post = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "links").mkdir()
    for name, links in (("continuity", CONTINUITY), ("themes", THEMES)):
        write_table(tmp_path, LinkTable(name, "saarela", name, links))
    write_reviewers(tmp_path, [REVIEWER])
    return tmp_path


@pytest.fixture
def page(folder: Path) -> ReviewPage:
    return ReviewPage(folder, REVIEWER, Gate(PORT), lambda: DAY)


@pytest.fixture
def stranger(page: ReviewPage) -> FlaskClient:
    """A browser that has not been let in."""
    client = create_page(page).test_client()
    client.environ_base["HTTP_HOST"] = f"127.0.0.1:{PORT}"
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fi"
    return client


@pytest.fixture
def client(page: ReviewPage, stranger: FlaskClient) -> FlaskClient:
    """The browser in which the page was opened."""
    assert stranger.get(f"/?token={page.gate.token}", base_url=f"http://127.0.0.1:{PORT}").status_code == 303
    return stranger
