"""How far a measure has come is told from claims about its row, and a paragraph that speaks of it tells no status."""

import sqlite3

import pytest
from pyoxigraph import Literal

from hytegraph.graph.summaries.cells import cell_of
from hytegraph.graph.summaries.definitions import summary_of
from hytegraph.graph.vocab import XSD

HYTE = "https://w3id.org/hytegraph/ns#"
TABLES = {
    "measure-rows": "town, measure, label, goal, aim, document, start, realisation",
    "result-claims": "measure, result, review",
    "report-claims": "target, review, confidence",
}


def state_of(
    *, realisation: str | None, result: str = "", paragraph: str = "", confidence: str = "0.9"
) -> str:
    """The state of a measure in a document that reports; `paragraph` is the review of a claim that one speaks of it."""
    connection = sqlite3.connect(":memory:")
    for name, columns in TABLES.items():
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
    rows = [("told", "Toteutui"), ("asked", realisation)]
    for measure, words in rows:
        connection.execute(
            'INSERT INTO "measure-rows" VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            ("mallila", measure, "", "goal", "aim", "report", 1, words),
        )
    if result:
        connection.execute(
            'INSERT INTO "result-claims" VALUES (?, ?, ?)', ("asked", HYTE + result, f"{HYTE}suggested")
        )
    if paragraph:
        values = ("asked", HYTE + paragraph, cell_of(Literal(confidence, datatype=XSD.decimal)))
        connection.execute('INSERT INTO "report-claims" VALUES (?, ?, ?)', values)
    states = {row[1]: row[-1] for row in connection.execute(summary_of("result-states").sql)}
    return str(states["asked"]).rstrip("\x1f")


@pytest.mark.parametrize(
    ("review", "state"), [("suggested", "otherwise"), ("accepted", "otherwise"), ("rejected", "notReported")]
)
def test_a_paragraph_that_speaks_of_a_measure_makes_it_reported_otherwise_unless_rejected(
    review: str, state: str
) -> None:
    assert state_of(realisation=None, paragraph=review) == state


def test_a_paragraph_changes_no_state_that_words_of_the_row_give() -> None:
    assert state_of(realisation="Laadittu.", result="done", paragraph="suggested") == "done"
    assert state_of(realisation=None) == "notReported"


def test_a_paragraph_that_only_may_speak_of_a_measure_counts_for_nothing() -> None:
    assert state_of(realisation=None, paragraph="suggested", confidence="0.66") == "notReported"
    assert state_of(realisation=None, paragraph="accepted", confidence="0.66") == "otherwise"
