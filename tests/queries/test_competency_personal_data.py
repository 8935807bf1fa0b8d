"""The question about personal data (21) is answered yes when some is planted, and no for numbers of other kinds."""

from pathlib import Path

import pytest

from hytegraph.graph.query.named import answer, load_competency_questions
from hytegraph.graph.store.dataset import Dataset

QUESTION = load_competency_questions()["cq-21-personal-data"]


def planted(tmp_path: Path, turtle: str) -> Dataset:
    """A dataset of a few facts."""
    file = tmp_path / "planted.ttl"
    prefixes = (
        "@prefix : <https://w3id.org/hytegraph/id/testila/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "@prefix hyte: <https://w3id.org/hytegraph/ns#> . @prefix org: <http://www.w3.org/ns/org#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    )
    file.write_text(prefixes + turtle, encoding="utf-8")
    return Dataset.open(file)


@pytest.mark.parametrize(
    "facts",
    [
        ":x a foaf:Person .",
        ":post org:heldBy :x .",
        ':x rdfs:label "Soita 040 123 4567"@fi .',
        ':x rdfs:label "puh. +358 40 1234567"@fi .',
        ':x hyte:caseNumber "050-1234567" .',
        ':x rdfs:label "Kirjaamo, puh. 016 259 111"@fi .',
        ':x rdfs:label "etunimi.sukunimi@example.org"@fi .',
        ':x rdfs:label "131052-308T"@fi .',
        ':p hyte:passageKind hyte:personalData ; hyte:quote "Vastuuhenkilö: N. N."@fi .',
    ],
    ids=[
        "person",
        "holder",
        "phone",
        "foreign-phone",
        "phone-as-code",
        "switchboard",
        "mail",
        "identity",
        "quoted-line",
    ],
)
def test_planted_personal_data_is_found(facts: str, tmp_path: Path) -> None:
    assert answer(planted(tmp_path, facts), QUESTION.query, {}) is True


@pytest.mark.parametrize(
    "facts",
    [
        ':x hyte:caseNumber "691/00.01.02/2021" .',
        ':x hyte:incomeText "-906 298" .',
        ':x rdfs:label "Tavoite 2022-2025, 10 400 käyntiä, 0,040 %"@fi .',
        ':x rdfs:label "Kokous 04.12.2023 § 110"@fi .',
        ":p hyte:passageKind hyte:personalData .",
    ],
    ids=["case", "amount", "figures", "date", "unquoted-line"],
)
def test_numbers_of_other_kinds_are_no_personal_data(facts: str, tmp_path: Path) -> None:
    assert answer(planted(tmp_path, facts), QUESTION.query, {}) is False
