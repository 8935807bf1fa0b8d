from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from hytegraph.graph.errors import HytegraphError, NotOfferedError, QueryFailedError, QueryLimitError
from hytegraph.graph.evaluation.question import Question, evaluate
from hytegraph.graph.store.dataset import Dataset

SELECT = Question("SELECT * { ?s ?p ?o }", "json", "ttl")
CONSTRUCT = replace(SELECT, text="CONSTRUCT WHERE { ?s ?p ?o }")
FAILURES = {
    "no format": (replace(SELECT, result_format=None), NotOfferedError),
    "no format of triples": (replace(CONSTRUCT, graph_format=None), NotOfferedError),
    "rows": (replace(SELECT, max_rows=3), QueryLimitError),
    "bytes": (replace(SELECT, max_bytes=100), QueryLimitError),
    "triples": (replace(CONSTRUCT, max_rows=3), QueryLimitError),
    "bytes of triples": (replace(CONSTRUCT, max_bytes=100), QueryLimitError),
}


@pytest.fixture
def dataset() -> Dataset:
    store = Store()
    store.extend(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(str(n))) for n in range(20))
    return Dataset(store)


def frames(error: BaseException | None) -> Iterator[FrameType]:
    while error is not None:
        trace = error.__traceback__
        while trace:
            yield trace.tb_frame
            trace = trace.tb_next
        error = error.__context__


def held(error: BaseException) -> list[Any]:
    values = [value for frame in frames(error) for value in frame.f_locals.values()]
    return [value for value in values if isinstance(value, QuerySolutions | QueryTriples)]


@pytest.mark.parametrize("name", FAILURES)
def test_an_error_holds_no_answer_of_the_engine(dataset: Dataset, name: str) -> None:
    question, kind = FAILURES[name]

    with pytest.raises(HytegraphError) as caught:
        evaluate(dataset, question)

    assert type(caught.value) is kind
    assert not held(caught.value)


def test_an_error_of_the_engine_holds_no_answer_of_it(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr("hytegraph.graph.evaluation.question.clean_results", broken)

    with pytest.raises(QueryFailedError, match="the disk is gone") as caught:
        evaluate(dataset, SELECT)

    assert isinstance(caught.value.__cause__, RuntimeError)
    assert not held(caught.value)
