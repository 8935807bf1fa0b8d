"""A mark says whose acceptance it is where readers of the project alone have reviewed."""

from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.pages.shared.reviewers import mark_key
from hytegraph.server.settings import Settings

DATA = Path(__file__).parents[3] / "data" / "server"
HYTE = "<https://w3id.org/hytegraph/ns#"
COORDINATOR = f"<https://w3id.org/hytegraph/id/saarela/reviewer/c> a {HYTE}ReviewerRole> ; {HYTE}reviewerSort> {HYTE}municipality> .\n"

MODEL = COORDINATOR.replace("municipality", "languageModel")


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("", "mark.accepted.projectReader"),
        (MODEL, "mark.accepted.projectReader"),
        (COORDINATOR, "mark.accepted"),
    ],
)
def test_accepted_links_say_that_only_readers_of_the_project_have_seen_them(
    tmp_path: Path, more: str, key: str
) -> None:
    file = tmp_path / "data.trig"
    file.write_text((DATA / "agreements.trig").read_text("utf-8") + more, "utf-8")
    with create_app(Settings.of({}), Dataset.open(file)).test_request_context("/"):
        assert mark_key("mark.accepted") == key
        assert mark_key("mark.suggested") == "mark.suggested"


def test_what_a_language_model_alone_accepted_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "data.trig"
    text = (DATA / "agreements.trig").read_text("utf-8")
    file.write_text(text.replace("projectReader", "languageModel"), "utf-8")
    with create_app(Settings.of({}), Dataset.open(file)).test_request_context("/"):
        assert mark_key("mark.accepted") == "mark.accepted.languageModel"
