"""Each query of the package is timed over a release, and one that takes too long is told."""

import sys
from pathlib import Path

import pytest

from benchmarks import queries
from hytegraph.graph.query.named import NamedQuery, parse_query
from hytegraph.graph.store.dataset import Dataset

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def endless() -> NamedQuery:
    titles = "#+ summary: Loputon\n#+ summary_sv: Utan slut\n#+ summary_en: Endless\n"
    return parse_query("endless", titles + ENDLESS)


def test_every_query_that_is_asked_of_whole_data_is_there_once() -> None:
    names = [(kind, query.name) for kind, query in queries.queries()]

    assert len(names) == len(set(names)) > 100
    assert {kind for kind, _ in names} == {"service", "competency", "gaps", "checks"}


def test_a_query_that_takes_too_long_is_ended(kemi: Dataset, endless: NamedQuery) -> None:
    assert queries.seconds_of(kemi, endless, 0.2) is None


@pytest.mark.slow
def test_the_slowest_comes_first_and_one_that_takes_too_long_makes_the_exit_code(
    kemi_release: Path,
    endless: NamedQuery,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    few = [each for each in queries.queries() if each[1].name in ("goals", "decision-not-found")]
    monkeypatch.setattr(queries, "queries", lambda: [*few, ("service", endless)])
    monkeypatch.setattr(sys, "argv", ["queries", str(kemi_release), "--seconds", "2"])

    assert queries.main() == 1
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[-1] for line in lines]
    assert names[0] == "service/endless"
    assert set(names[1:]) == {f"{kind}/{query.name}" for kind, query in few}
