"""The lines of a release, graph by graph, whatever is kept before it is written."""

from pathlib import Path

import pytest

from hytegraph.graph.store.dumps import lines
from hytegraph.graph.store.dumps.lines import graph_lines, lines_by_graph, lines_of_graphs

LINES = """<urn:a> <urn:p> "yksi <urn:two> ." <urn:one> .
<urn:a> <urn:p> <urn:b> <urn:one> .
<urn:a> <urn:p> <urn:b> <urn:one/more> .
<urn:b> <urn:p> "ä" <urn:two> .
<urn:c> <urn:p> _:c14n0 <urn:one> .
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of release lines of three graphs."""
    file = tmp_path / "data.nq"
    file.write_text(LINES, "utf-8")
    return file


@pytest.mark.parametrize("kept", [0, 1 << 20])
def test_each_graph_gets_its_lines_in_their_order(
    file: Path, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_KEPT_BYTES", kept)
    (tmp_path / "graphs").mkdir()

    files = lines_by_graph(file, tmp_path / "graphs")

    assert {graph: place.read_text("utf-8").splitlines() for graph, place in files.items()} == {
        "urn:one": [
            '<urn:a> <urn:p> "yksi <urn:two> ." .',
            "<urn:a> <urn:p> <urn:b> .",
            "<urn:c> <urn:p> _:c14n0 .",
        ],
        "urn:one/more": ["<urn:a> <urn:p> <urn:b> ."],
        "urn:two": ['<urn:b> <urn:p> "ä" .'],
    }
    for graph, place in files.items():
        assert place.read_bytes() == b"".join(graph_lines(file, graph))


def test_the_lines_of_each_graph_are_counted(file: Path) -> None:
    assert lines_of_graphs(LINES.splitlines(keepends=True)) == {"urn:one": 3, "urn:one/more": 1, "urn:two": 1}


def test_a_graph_that_has_none_gives_none(file: Path) -> None:
    assert list(graph_lines(file, "urn:three")) == []
