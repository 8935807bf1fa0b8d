"""Rows of serialised answers are counted exactly and cut after a row, whatever the values hold."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, Variable, parse_query_results

from hytegraph.graph.evaluation.cutting import count_rows, cut_rows

FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TRICKY = st.text(alphabet='"\\{}[],:<>/\r\n\tä' + string.ascii_letters[:3], max_size=12) | st.sampled_from(
    ['}},{"', "</result>", "<result/>", '"\r\n"', "]}}", '\\"},{', '"results":{"bindings":[']
)
CELLS = st.none() | TRICKY


def answer(rows: list[tuple[str | None, str | None]], name: str) -> bytes:
    """What pyoxigraph writes for those rows."""
    cells = "".join(
        "(" + " ".join("UNDEF" if cell is None else str(Literal(cell)) for cell in row) + ")" for row in rows
    )
    result = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {cells} }} }}")
    assert isinstance(result, QuerySolutions)
    return result.serialize(format=FORMATS[name]) or b""


def solutions(body: bytes, name: str) -> list[tuple[object, object]]:
    result = parse_query_results(body, format=FORMATS[name])
    assert isinstance(result, QuerySolutions)
    return [(each[Variable("a")], each[Variable("b")]) for each in result]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6), limit=st.integers(0, 7))
def test_an_answer_is_cut_to_its_first_rows(
    name: str, rows: list[tuple[str | None, str | None]], limit: int
) -> None:
    body = answer(rows, name)

    assert count_rows(body, name) == len(rows)
    cut, kept = cut_rows(body, name, limit, ("rows", limit))
    assert kept == min(limit, len(rows)) == count_rows(cut, name)
    if name == "csv":
        assert body.startswith(cut)
    else:
        assert solutions(cut, name) == solutions(body, name)[:limit]
    if name == "json":
        assert json.loads(cut)["truncated"] == {"limit": "rows", "value": limit, "rows": kept}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), share=st.floats(0.0, 1.0))
def test_an_answer_that_breaks_off_is_cut_after_its_last_whole_row(
    name: str, rows: list[tuple[str | None, str | None]], share: float
) -> None:
    body = answer(rows, name)
    head = len(answer([], name))
    broken = body[: head + int(share * (len(body) - head))]

    cut, kept = cut_rows(broken, name, 100, ("bytes", len(broken)))

    assert kept <= len(rows)
    if name == "csv":
        assert body.startswith(cut)
    else:
        assert solutions(cut, name) == solutions(body, name)[:kept]
