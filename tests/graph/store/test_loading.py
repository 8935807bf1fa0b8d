"""A file is loaded the fast way with the same content as the slow one."""

from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, parse

from hytegraph.graph.errors import RdfFileError
from hytegraph.graph.store import loading
from hytegraph.graph.store.loading import _chunks, default_size, graph_sizes, load, merged

LINES = (
    b'<a:s> <a:p> "text > with <a:x> . and \\"quotes\\""@fi <a:/graph/g> .\n'
    b"<a:s> <a:p> <a:o> <a:/graph/g> .\n"
    b"<a:s> <a:p> <a:o> <a:/graph/h> .\n"
    b'<a:s> <a:p> "_:not blank" <a:/graph/h> .\n'
    b"_:b <a:p> _:c <a:/graph/h> .\n"
    b"_:c <a:p> <a:o> <a:/graph/shapes> .\n"
    b"<a:s> <a:p> <a:o> <a:/graph/validation> .\n"
)


def slowly(data: bytes) -> Store:
    quads = list(parse(data, format=RdfFormat.N_QUADS))
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend(list(merged(quads)))
    return store


@pytest.mark.parametrize("chunk", [10, 100, 1 << 20])
def test_lines_are_loaded_with_the_merged_default_graph(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(loading, "_CHUNK", chunk)
    store = load(Path("data.nq"), BytesIO(LINES), RdfFormat.N_QUADS).store

    assert set(store) == set(slowly(LINES))
    assert default_size(store) == 4
    assert graph_sizes(store) == {
        "a:/graph/g": 2,
        "a:/graph/h": 3,
        "a:/graph/shapes": 1,
        "a:/graph/validation": 1,
    }


def test_lines_as_a_release_has_them_are_taken_the_fast_way() -> None:
    assert list(_chunks(BytesIO(LINES))) == [LINES]


@pytest.mark.parametrize(
    "lines",
    [
        LINES.replace(b"\n", b"\r\n"),
        LINES.replace(b"\n", b"\r", 1),
        b"# made by hand\n" + LINES,
        LINES + b"# made by hand\n" + LINES,
        LINES[:-1],
        LINES + b"<a:s> <a:p> <a:o> <a:/graph/g>.\n",
    ],
    ids=["CRLF", "CR", "comment first", "comment within", "no end of line", "no blank before the full stop"],
)
def test_other_lines_are_not(lines: bytes) -> None:
    with pytest.raises(ValueError, match="not as a release has it"):
        list(_chunks(BytesIO(lines)))


@pytest.mark.parametrize(
    "lines",
    [
        b'<a:s> <a:p> "in default" .\n<a:s> <a:p> "x" <a:/graph/g> .\n',
        b'<a:s> <a:p> <a:o> .\n<a:s> <a:p> "x" <a:/graph/g> .\n',
        b'<a:s> <a:p> "x" <a:/graph/g> .\n<a:s> <a:p> "x" .\n_:b <a:p> _:c <a:/graph/g> .\n',
        b"_:b <a:p> _:c .\n<a:s> <a:p> <a:o> <a:/graph/g> .\n",
    ],
)
def test_what_a_file_states_outside_of_its_graphs_is_kept_apart_from_the_merge(lines: bytes) -> None:
    loaded = load(Path("data.nq"), BytesIO(lines), RdfFormat.N_QUADS)
    own = [
        quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS) if quad.graph_name == DefaultGraph()
    ]

    assert set(loaded.own) == set(own)
    assert set(loaded.store) == set(slowly(lines))


def test_a_blank_node_stays_one_in_all_graphs() -> None:
    store = load(Path("data.nq"), BytesIO(LINES), RdfFormat.N_QUADS).store
    graphs = (DefaultGraph(), NamedNode("a:/graph/h"))
    subjects = [
        [
            q.subject
            for q in store.quads_for_pattern(None, None, None, graph)
            if isinstance(q.subject, BlankNode)
        ]
        for graph in graphs
    ]
    assert subjects[0] == subjects[1]


@pytest.mark.slow
def test_a_release_is_loaded_the_fast_way_and_whole(kemi_release: Path) -> None:
    data = (kemi_release / "data.nq").read_bytes()
    assert set(load(kemi_release, BytesIO(data), RdfFormat.N_QUADS, trusted=True).store) == set(slowly(data))


def test_a_broken_line_is_named() -> None:
    with pytest.raises(RdfFileError) as error:
        load(
            Path("data.nq"),
            BytesIO(LINES + b"<a:s> <a:p> <a:g> .\n<a:s> <a:p> .\n<a:s> <a:p> <a:o> <a:g> .\n"),
            RdfFormat.N_QUADS,
        )
    assert error.value.line == 9
