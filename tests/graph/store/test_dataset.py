import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, NamedNode, RdfFormat, parse, serialize
from pyoxigraph import Dataset as QuadSet

from hytegraph.graph.errors import (
    QueryFailedError,
    QuerySyntaxError,
    RdfFileError,
    ReleaseError,
)
from hytegraph.graph.formats import CSV, GRAPH_FORMATS, N_QUADS, TSV, TURTLE, GraphFormat
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.disk import make_store

SAMPLE = Path(__file__).parents[2] / "data" / "server" / "sample.trig"
DOCUMENT_GRAPH = "https://w3id.org/hytegraph/graph/kemi/document/toimenpiteet-2026"
SHAPES = "https://w3id.org/hytegraph/graph/shapes"
PERIOD = "https://w3id.org/hytegraph/id/period/2026"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset.open(SAMPLE)


def test_the_default_graph_holds_a_triple_of_two_graphs_once(dataset: Dataset) -> None:
    rows = dataset.select("SELECT ?s (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?s", s=NamedNode(PERIOD))

    assert [row.text("n") for row in rows] == ["1"]


def test_the_default_graph_leaves_the_shapes_out(dataset: Dataset) -> None:
    assert not dataset.ask("ASK { ?s a <http://www.w3.org/ns/shacl#NodeShape> }")
    assert dataset.ask(f"ASK {{ GRAPH <{SHAPES}> {{ ?s ?p ?o }} }}")


def test_graphs_are_listed_with_their_sizes(dataset: Dataset) -> None:
    sizes = {graph.name: graph.triples for graph in dataset.graphs()}

    assert sizes[SHAPES] == 1
    assert list(sizes) == sorted(sizes)
    assert len(sizes) == 5


def test_statements_are_those_of_named_graphs_and_not_of_their_merge(dataset: Dataset) -> None:
    own, pointing = dataset.statements(NamedNode(PERIOD))

    assert {type(quad.graph_name) for quad in (*own, *pointing)} == {NamedNode}
    assert {quad.subject for quad in own} == {quad.object for quad in pointing} == {NamedNode(PERIOD)}


def test_a_value_is_bound_and_not_written_into_the_text(dataset: Dataset) -> None:
    rows = dataset.select(
        "SELECT ?s ?label { ?s ?p ?label }", s=NamedNode("https://w3id.org/hytegraph/id/kemi/unit/kanslia")
    )

    assert "Kanslia" in {row.text("label") for row in rows}
    assert {row.language("label") for row in rows} == {"", "fi"}


def test_a_description_holds_both_directions(dataset: Dataset) -> None:
    found = dataset.describe("https://w3id.org/hytegraph/id/kemi/unit/kanslia")

    assert len(found.outgoing) == 3
    assert [triple.predicate.value.rpartition("#")[2] for triple in found.incoming] == ["rowResponsible"]


def test_chosen_graphs_replace_the_default_graph(dataset: Dataset) -> None:
    body = dataset.answer(COUNT, CSV, default_graphs=[SHAPES])

    assert body == b"n\r\n1\r\n"


def test_only_named_graphs_leave_the_default_graph_empty(dataset: Dataset) -> None:
    assert dataset.answer(COUNT, CSV, named_graphs=[SHAPES]) == b"n\r\n0\r\n"


def test_a_chosen_graph_that_is_not_here_is_empty_and_known_as_such(dataset: Dataset) -> None:
    elsewhere = "http://elsewhere.example/"

    assert dataset.answer(COUNT, CSV, default_graphs=[elsewhere]).split() == [b"n", b"0"]
    assert dataset.unknown([elsewhere, dataset.graphs()[0].name]) == (elsewhere,)


def test_an_unknown_prefix_is_a_syntax_error_with_its_place(dataset: Dataset) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        dataset.select("SELECT ?x {\n ?x a nowhere:Thing }")

    assert error.value.line == 2


def test_the_wrong_kind_of_answer_is_an_error(dataset: Dataset) -> None:
    with pytest.raises(QueryFailedError):
        dataset.answer("DESCRIBE <a:b>", CSV)
    with pytest.raises(QueryFailedError):
        dataset.answer(COUNT, TURTLE)


def test_tsv_writes_terms_as_turtle_and_names_with_question_marks(dataset: Dataset) -> None:
    text = 'SELECT ?s ?n ?t ?u { VALUES (?s ?n ?t) { (<a:b> 1 "x\\ty"@fi) } }'

    assert dataset.answer(text, TSV) == b'?s\t?n\t?t\t?u\n<a:b>\t1\t"x\\ty"@fi\t\n'


@pytest.mark.parametrize("syntax", GRAPH_FORMATS, ids=lambda syntax: syntax.name)
def test_the_same_query_gives_the_same_bytes_in_another_process(
    dataset: Dataset, syntax: GraphFormat
) -> None:
    program = (
        "import sys; from hytegraph.graph.store.dataset import Dataset; from hytegraph.graph.formats import graph_format;"
        "sys.stdout.buffer.write(Dataset.open(sys.argv[1]).answer("
        "'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', graph_format(sys.argv[2])))"
    )
    here = dataset.answer("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", syntax)

    there = subprocess.run(
        [sys.executable, "-c", program, str(SAMPLE), syntax.name], capture_output=True, check=True
    )

    assert there.stdout == here


def test_turtle_uses_the_project_prefixes_that_it_needs(dataset: Dataset) -> None:
    text = dataset.answer("DESCRIBE <https://w3id.org/hytegraph/id/kemi/unit/kanslia>", TURTLE).decode()

    assert "@prefix hyte:" in text
    assert "@prefix qb:" not in text


def test_a_dump_of_quads_can_be_opened_again(dataset: Dataset, tmp_path: Path) -> None:
    copy = tmp_path / "copy.nq"
    copy.write_bytes(dataset.dump(N_QUADS))

    assert Dataset.open(copy).graphs() == dataset.graphs()
    assert Dataset.open(copy).default_size == dataset.default_size


MIXED = """@prefix : <http://a.example/> .
:d :p "in default", "in both" . _:x :p _:x .
:g1 { :a :p "in g1" . :d :p "in both" }
_:g { :b :p "in a graph without a name" }
"""


@pytest.mark.parametrize("suffix", ["trig", "nq"])
@pytest.mark.parametrize(
    "syntax", [form for form in GRAPH_FORMATS if form.holds_graphs], ids=lambda form: form.name
)
def test_a_dump_holds_what_a_file_states_outside_of_its_graphs(
    tmp_path: Path, suffix: str, syntax: GraphFormat
) -> None:
    stated = list(parse(MIXED.encode(), format=RdfFormat.TRIG))
    file = tmp_path / f"mixed.{suffix}"
    file.write_bytes(
        MIXED.encode() if suffix == "trig" else serialize(stated, format=RdfFormat.N_QUADS) or b""
    )

    dumped = QuadSet(parse(Dataset.open(file).dump(syntax), format=syntax.rdf))
    wanted = QuadSet(stated)
    for quads in (dumped, wanted):
        quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    assert set(dumped) == set(wanted)


def test_a_dump_from_disk_holds_it_too(tmp_path: Path) -> None:
    file = tmp_path / "mixed.trig"
    file.write_text(MIXED)
    stored = make_store(file, tmp_path / "stores").open()

    assert stored.dump(N_QUADS).count(b"\n") == Dataset.open(file).dump(N_QUADS).count(b"\n") == 6


def test_the_dump_of_a_release_is_its_data_byte_by_byte(kemi_release: Path, kemi: Dataset) -> None:
    assert kemi.dump(N_QUADS) == (kemi_release / "data.nq").read_bytes()


def test_a_release_folder_is_opened_with_its_manifest_and_checksum(dataset: Dataset, tmp_path: Path) -> None:
    data = b"<a:a> <a:b> <a:c> <a:g> .\n"
    (tmp_path / "data.nq").write_bytes(data)
    described = {"version": "0.1.0", "data": {"sha256": sha256(data).hexdigest()}}
    (tmp_path / "manifest.json").write_text(json.dumps(described))

    release = Dataset.open(tmp_path).release

    assert release is not None
    assert release.manifest["version"] == "0.1.0"
    assert release.checksum == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("manifest", "data", "reason"),
    [
        ([], b"", "does not describe a release"),
        ({"data": {}, "inputs": {}}, b"", "does not describe a release"),
        ({"data": {"sha256": sha256(b"").hexdigest()}}, b"<a:a> <a:b> <a:c> <a:g> .\n", "checksum differs"),
    ],
)
def test_a_release_whose_data_are_not_those_of_its_manifest_is_refused(
    manifest: object, data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "data.nq").write_bytes(data)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ReleaseError, match=reason):
        Dataset.open(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("anonymous.nq", '<a:a> <a:b> "_:x" .\n_:x <a:b> <a:c> .\n'), ("anonymous.ttl", "<a:a> <a:b> [] .\n")],
)
def test_an_outside_file_may_hold_blank_nodes(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)

    answer = Dataset.open(file).select("SELECT ?o WHERE { <a:a> <a:b> ?o }")

    assert len(answer) == 1


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("broken.nq", "<a:a> <a:b> <a:c> .\n<a:a> <a:b> .\n", 2),
        ("broken.ttl", "<a:a> <a:b> <a:c> .\n<a:a> <a:b> .\n", 2),
    ],
)
def test_a_file_that_cannot_be_served_is_named_with_its_line(
    tmp_path: Path, name: str, content: str, line: int | None
) -> None:
    file = tmp_path / name
    file.write_text(content)

    with pytest.raises(RdfFileError) as error:
        Dataset.open(file)

    assert error.value.line == line
    assert str(file) in str(error.value)


def test_what_is_no_release_and_no_rdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(b"")

    for path in (tmp_path, tmp_path / "missing.ttl", tmp_path / "table.xlsx"):
        with pytest.raises(ReleaseError):
            Dataset.open(path)
