"""`hytegraph diff` says what has changed from one release to another, in each form the same."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from hytegraph.server.cli.main import main
from tests.publishing import CORRECTED, WORDS, Row


@pytest.fixture
def told(row: Row, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """The changes from the first release to the second."""
    assert main(["diff", str(row.first), str(row.second), "--format", "json"]) == 0
    found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return found


def test_a_corrected_text_is_a_replaced_document_and_reworded_facts(told: list[dict[str, str]]) -> None:
    [document] = [change for change in told if change["what"] == "documentReplaced"]
    reworded = [change for change in told if change["what"] == "reworded" and WORDS in change["before"]]

    assert (document["town"], document["kind"]) == ("mallila", "SourceDocument")
    assert {change["kind"] for change in reworded} == {"Measure", "PlanRow"}
    assert all(CORRECTED in change["after"] for change in reworded)
    assert {change["document"] for change in reworded} == {document["document"]}


def test_places_that_have_moved_are_told_apart_from_facts_that_are_new(told: list[dict[str, str]]) -> None:
    moved = [change for change in told if change["what"] == "moved"]
    retired = {change["thing"]: change["after"] for change in told if change["what"] == "retired"}

    assert any(change["property"].endswith("#evidencedBy") for change in moved)
    assert retired
    assert all("/passage/" in thing for thing in retired)
    assert any("/v2/" in successor for successor in retired.values())
    assert not [change for change in told if change["what"] == "vanished"]


def test_the_way_back_loses_identifiers_and_says_so_by_its_exit_code(
    row: Row, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(row.second), str(row.first), "--format", "text", "--what", "vanished"]) == 1
    assert "identifier vanished: Passage <".replace(" <", " https") in capsys.readouterr().out


def test_a_release_differs_in_nothing_from_itself(row: Row, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(row.first), str(row.first)]) == 0
    assert capsys.readouterr().out == ""


def test_turtle_names_the_statements_that_were_put_for_others(
    row: Row, told: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(row.first), str(row.second), "--format", "turtle"]) == 0
    triples = list(parse(BytesIO(capsys.readouterr().out.encode()), RdfFormat.TURTLE))

    changesets = [t for t in triples if str(t.object) == "<http://purl.org/vocab/changeset/schema#ChangeSet>"]
    assert len(changesets) == len(told)
    assert any(CORRECTED in str(triple.object) for triple in triples)


def test_an_unknown_kind_and_a_folder_without_release_are_refused(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(row.first), str(row.second), "--what", "nothing"]) == 2
    assert main(["diff", str(row.first), str(tmp_path)]) == 2
    assert "no release here" in capsys.readouterr().err
