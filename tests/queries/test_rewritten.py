"""Queries that were rewritten for large data give the rows of their plain form, which is kept beside the tests."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.named import named_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.plans import tree

PLAIN = Path(__file__).parents[1] / "data" / "queries" / "plain"
PLANS = ("CityStrategy", "WellbeingPlan", "AnnualActionPlan")


def plain(name: str) -> str:
    return (PLAIN / f"{name}.rq").read_text(encoding="utf-8")


def some(dataset: Dataset, *classes: str) -> list[NamedNode]:
    """The middle one of each class."""
    found = []
    for name in classes:
        rows = dataset.select(
            "SELECT ?thing ?class WHERE { ?thing a ?class } ORDER BY ?thing", **{"class": HYTE[name]}
        )
        found.append(NamedNode(rows[len(rows) // 2].text("thing")))
    return found


def labelled(rows: tuple[Row, ...]) -> set[Row]:
    """The rows that name something: a thing without a label is listed by the new form and shown by neither."""
    return {row for row in rows if "label" not in row.variables or row["label"] is not None}


@pytest.mark.parametrize(
    ("name", "rewritten", "variable", "classes"),
    [
        ("tree.TREE_LABELS", tree.TREE_LABELS, "plan", PLANS[1:2]),
    ],
)
def test_what_is_asked_of_a_thing_is_the_same(
    kemi: Dataset, name: str, rewritten: str, variable: str, classes: tuple[str, ...]
) -> None:
    asked = 0
    for thing in some(kemi, *classes):
        before = kemi.select(plain(name), **{variable: thing})
        assert labelled(kemi.select(rewritten, **{variable: thing})) == labelled(before)
        asked += len(before)
    assert asked


@pytest.mark.parametrize("words", ["aamukahvit", "uimahalli", "a", "avaruussukkula"])
def test_a_trace_gives_the_same_rows(kemi: Dataset, words: str) -> None:
    value = Literal(words)
    before = kemi.select(plain("service.trace"), _measure=value)
    now = kemi.select(named_query("trace").text, _measure=value)

    # The town is a column that the plain form does not have.
    named = [name for name in now[0].variables if name != "town"] if now else []
    assert [[row[name] for name in named] for row in now] == [[row[name] for name in named] for row in before]
