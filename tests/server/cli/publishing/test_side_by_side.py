"""Two releases that differ in a corrected document are asked together by the queries of the documentation."""

from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.main import main
from tests.docs.examples import blocks
from tests.publishing import CORRECTED, WORDS, Row

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "compare-releases.md"
BASE = "https://data.mallila.example/hyte/"


@pytest.fixture(scope="module")
def both(row: Row, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The two releases, side by side."""
    file = tmp_path_factory.mktemp("both") / "both.nq"
    options = [
        "--release",
        str(row.second),
        "--beside",
        str(row.first),
        "--format",
        "nquads",
        "-o",
        str(file),
    ]
    assert main(["export", *options]) == 0
    return Dataset.open(file)


def documented(number: int) -> str:
    """A query of the page, with this town's graphs in the place of those shown there."""
    return blocks(PAGE, "sparql")[number].replace("https://data.kemi.example/hyte/", BASE)


def test_each_release_is_a_graph_named_by_its_version(both: Dataset, row: Row) -> None:
    sizes = {graph.name: graph.triples for graph in both.graphs()}

    assert sizes == {
        f"{BASE}release/2026.1": Dataset.open(row.first).default_size,
        f"{BASE}release/2026.2": Dataset.open(row.second).default_size,
    }


def test_what_was_worded_otherwise_is_told_with_both_wordings(both: Dataset) -> None:
    rows = both.select(documented(0))

    assert [(row.text("before"), row.text("after")) for row in rows] == [(WORDS, CORRECTED)]


def test_what_only_one_release_has_is_told(both: Dataset) -> None:
    assert both.select(documented(1)) == ()

    left_out = [
        quad for quad in both.quads() if CORRECTED in str(quad.object) and "/release/2026.2" in str(quad)
    ]
    gone = {quad.subject for quad in left_out}
    kept = [quad for quad in both.quads() if quad.subject not in gone or "/release/2026.1" in str(quad)]
    rows = Dataset.of("".join(f"{quad} .\n" for quad in kept).encode()).select(documented(1))

    assert [row.text("words") for row in rows] == [WORDS]


@pytest.mark.parametrize(
    "options, said",
    [
        (["--beside", "FIRST"], "a format that holds graphs"),
        (["--beside", "SECOND", "--format", "nquads"], "the same name"),
        (["--beside", "FIRST", "--graph", "inferred"], "not allowed with"),
    ],
)
def test_what_cannot_be_put_side_by_side_is_refused_in_a_sentence(
    row: Row, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"FIRST": str(row.first), "SECOND": str(row.second)}
    command = ["export", "--release", str(row.second), *(places.get(each, each) for each in options)]
    code: object
    try:
        code = main(command)
    except SystemExit as error:
        code = error.code

    assert code in (1, 2)
    assert said in capsys.readouterr().err
