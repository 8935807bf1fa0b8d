"""The competency questions by who asks them, with today's answers in short."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.query.named import (
    Answer,
    CompetencyQuestion,
    NamedQuery,
    Solutions,
    answer,
    load_competency_questions,
)
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.context import dataset, has_several_towns, settings

AUDIENCES = ("policy", "researcher", "publisher")
_BASE = "base"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list, and the answer in short; `yes` is None but for a yes or no.

    `form` is empty where the answer is not given beside the question.
    """

    question: CompetencyQuestion
    form: str = ""
    count: int = 0
    yes: bool | None = None


def question_groups() -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """The questions of each audience; with several towns without the answers, which are a step away."""
    if has_several_towns():
        listed = tuple(map(Listed, load_competency_questions().values()))
    else:
        listed = _listed(dataset(), settings().base)
    return tuple(
        (audience, tuple(each for each in listed if each.question.audience == audience))
        for audience in AUDIENCES
    )


def with_base(query: NamedQuery, values: Mapping[str, str], base: str) -> dict[str, str]:
    """The values; a query that asks for the base gets that of the service unless the reader gives another."""
    needs_base = any(parameter.name == _BASE for parameter in query.parameters)
    return {_BASE: base} | dict(values) if needs_base else dict(values)


@lru_cache(maxsize=4)
def _listed(served: Dataset, base: str) -> tuple[Listed, ...]:
    """The answers in short; the data never change, so they are found once."""
    return tuple(
        _short(each, answer(served, each.query, with_base(each.query, {}, base)))
        for each in load_competency_questions().values()
    )


def _short(asked: CompetencyQuestion, given: Answer) -> Listed:
    if isinstance(given, bool):
        return Listed(asked, "ask", 0, given)
    if isinstance(given, Solutions):
        return Listed(asked, "select", len(given.terms), None)
    return Listed(asked, "construct", len(given), None)
