"""The quads of one town: those that a query over the whole data reads for that town."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.named import NamedQuery, load_competency_questions, load_queries, run
from hytegraph.graph.query.town_quads import KEPT, TownQuads, town_lines
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import Loaded, load, load_default
from tests.graph.conftest import FIRST, SECOND, Country

TOWNS = frozenset((FIRST, SECOND))
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
SAMPLE = Path(__file__).parents[2] / "data" / "server" / "towns.trig"
BASE = DEFAULT_BASE
# Their rows are of things that are in both towns, or count over all.
OF_ALL = frozenset(
    (
        "cq-07",
        "cq-12",
        "cq-14",
        "cq-18",
        "cq-19",
        "cq-20",
        "cq-22",
        "cq-23",
        "cq-24",
        "cq-25",
        "cq-28",
        "cq-56",
        "cq-57",
    )
)


@pytest.fixture(scope="module")
def file(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("towns") / "data.nq"
    data.write_bytes(b"".join(sorted({*country.first, *country.second})))
    return data


@pytest.fixture(scope="module")
def whole(country: Country) -> Dataset:
    return country.whole()


@pytest.fixture(scope="module")
def of_second(file: Path) -> Dataset:
    return Dataset.of(town_lines(file, SECOND, TOWNS, BASE))


def other_lines(line: bytes, town: str) -> bool:
    return any(
        line.startswith(f"<{BASE}{kind}/{town}{end}".encode()) for kind in ("id", "graph") for end in "/>"
    )


def test_the_lines_are_those_of_the_town_and_of_no_town(file: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)

    for town, other in ((FIRST, SECOND), (SECOND, FIRST)):
        expected = [line for line in lines if not other_lines(line, other)]
        assert town_lines(file, town, TOWNS, BASE) == b"".join(expected)
        assert len(expected) < len(lines)


def test_a_slug_that_another_begins_with_is_another_town(tmp_path: Path) -> None:
    slugs = ("salo", "salo-2", "saloinen", "salon")
    rest = '<urn:p> "o" <urn:g> .\n'
    subjects = [
        f"<{BASE}{kind}/{slug}{end}" for kind in ("graph", "id") for slug in slugs for end in ("/a>", ">")
    ]
    subjects += [f"<{BASE}id/period/2026>", f"<{BASE}ns#a>", "<http://a.example/a>", f"<{BASE}graph/shapes>"]
    (tmp_path / "data.nq").write_text("".join(sorted(f"{subject} {rest}" for subject in subjects)), "utf-8")

    for slug in slugs:
        text = town_lines(tmp_path / "data.nq", slug, frozenset(slugs), BASE).decode()
        found = {line.split(" ")[0] for line in text.splitlines()}
        own = {subject for subject in subjects if subject.partition(slug)[2][:1] in ("/", ">")}
        assert found == own | set(subjects[-4:]), slug


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
@pytest.mark.slow
def test_a_named_query_finds_in_a_town_what_it_finds_of_it_in_the_whole(
    query: NamedQuery, kemi: Dataset, of_second: Dataset, whole: Dataset
) -> None:
    assert_parts(query, kemi, of_second, whole)


def lists_of_a_towns_rows() -> list[NamedQuery]:
    """The questions that are lists of rows which are each of one town."""
    questions = load_competency_questions().items()
    return [
        question.query
        for name, question in questions
        if name[:5] not in OF_ALL and re.search("^SELECT", question.query.text, re.MULTILINE)
    ]


@pytest.mark.parametrize("query", lists_of_a_towns_rows(), ids=lambda query: query.name)
@pytest.mark.slow
def test_a_question_finds_in_a_town_what_it_finds_of_it_in_the_whole(
    query: NamedQuery, kemi: Dataset, of_second: Dataset, whole: Dataset
) -> None:
    assert_parts(query, kemi, of_second, whole)


def assert_parts(query: NamedQuery, first: Dataset, second: Dataset, whole: Dataset) -> None:
    """The rows of the whole are those of both towns; names of the second are those of the first, IRIs are not."""
    parts = Counter(run(first, query, {}).terms) + Counter(run(second, query, {}).terms)
    assert Counter(run(whole, query, {}).terms) == parts


def test_named_graphs_of_a_town_are_read_when_a_query_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def reading(file: Path, *arguments: Any, **options: Any) -> Loaded:
        read.append(file)
        return load(file, *arguments, **options)

    monkeypatch.setattr("hytegraph.graph.query.town_quads.load", reading)
    dataset = Dataset.open(SAMPLE)
    town = TownQuads(dataset, ("lehtola", "aanekunta"), BASE).of("lehtola")
    whole = Dataset.of(b"".join(f"{quad} .\n".encode() for quad in town.quads()))
    read.clear()
    again = TownQuads(dataset, ("lehtola", "aanekunta"), BASE).of("lehtola")

    assert again.construct(EVERYTHING) == whole.construct(EVERYTHING) != ()
    assert read == []
    assert again.select(GRAPHS) == whole.select(GRAPHS) != ()
    assert again.sizes == whole.sizes
    assert len(read) == 1


def test_triples_outside_of_named_graphs_are_in_the_default_graph_of_a_town() -> None:
    lines = b'<urn:a> <urn:p> "1" .\n<urn:a> <urn:p> _:b <urn:g> .\n<urn:b> <urn:p> <urn:c> <urn:g> .\n'
    objects = sorted(str(quad.object)[:2] for quad in load_default(lines))

    assert objects == ['"1', "<u", "_:"]


def test_an_rdf_file_has_towns_too_and_those_asked_last_are_kept() -> None:
    dataset = Dataset.open(SAMPLE)
    quads = TownQuads(dataset, ("lehtola", "aanekunta", "oravala"), BASE)
    town = quads.of("lehtola")

    subjects = {str(quad.subject) for quad in town.quads()}
    assert f"<{BASE}id/lehtola>" in subjects
    assert not any("aanekunta" in subject for subject in subjects)
    assert f"<{BASE}id/period/2026>" in subjects
    assert quads.of("lehtola") is town
    for number in range(KEPT):
        quads.of(f"nowhere-{number}")
    assert quads.of("lehtola") is not town
