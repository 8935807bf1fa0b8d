"""What each file of the data holds is said everywhere in the same way, and the release's checksum can be verified."""

import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from hytegraph.graph.formats import GRAPH_FORMATS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import write_release
from hytegraph.graph.vocab import DCT
from hytegraph.server.app import create_app
from hytegraph.server.catalogue.dumps import dump_path, dumps, earlier_releases
from hytegraph.server.settings import Settings


def titles(client: FlaskClient) -> dict[str, str]:
    body = client.get("/catalog.nt").data
    return {
        str(quad.subject)[1:-1].rpartition("-")[2]: quad.object.value
        for quad in parse(body, format=RdfFormat.N_TRIPLES)
        if quad.predicate == DCT.title and isinstance(quad.object, Literal) and quad.object.language == "en"
        if isinstance(quad.subject, NamedNode) and "#distribution-" in quad.subject.value
    }


def test_the_catalogue_says_which_files_hold_everything(client: FlaskClient) -> None:
    said = titles(client)

    assert {name for name, title in said.items() if title.startswith("The whole dataset")} == {
        "nq",
        "trig",
        "jsonld",
    }
    assert {name for name, title in said.items() if "without suggestions" in title} == {"ttl", "nt", "rdf"}


def test_every_file_of_data_without_graphs_holds_everything(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<a:a> <a:b> <a:c> .")
    served = Dataset.open(file)

    assert all(dump.is_whole for dump in dumps(served))
    said = titles(create_app(Settings.of({}), served).test_client())
    assert len([title for title in said.values() if title.startswith("The whole dataset")]) == len(
        GRAPH_FORMATS
    )


@pytest.mark.whole
def test_the_identifier_of_the_dataset_is_the_checksum_of_its_n_quads(
    kemi: Dataset, kemi_client: FlaskClient
) -> None:
    syntax = next(each for each in GRAPH_FORMATS if each.extension == "nq")
    body = kemi_client.get(dump_path(kemi, syntax)).data
    identifiers = [
        quad.object.value
        for quad in parse(kemi_client.get("/catalog.nt").data, format=RdfFormat.N_TRIPLES)
        if quad.predicate == DCT.identifier and isinstance(quad.object, Literal)
    ]

    assert identifiers == [hashlib.sha256(body).hexdigest()]


@pytest.fixture
def two_releases(tmp_path: Path) -> tuple[Dataset, bytes, bytes]:
    out, bodies = tmp_path / "release", (b'<a:a> <a:b> "1" <a:g> .\n', b'<a:a> <a:b> "2" <a:g> .\n')
    for body in bodies:
        checksum = hashlib.sha256(body).hexdigest()
        manifest = {"data": {"sha256": checksum, "bytes": len(body), "quads": 1}, "inputs": {}}
        write_release(out, {"data.nq": body}, manifest)
    return Dataset.open(out), *bodies


def test_the_n_quads_of_the_release_before_stay_at_their_address(
    two_releases: tuple[Dataset, bytes, bytes],
) -> None:
    served, before, now = two_releases
    client = create_app(Settings.of({}), served).test_client()
    names = [hashlib.sha256(body).hexdigest()[:12] for body in (before, now)]

    assert [client.get(f"/dumps/{name}/hytegraph.nq").data for name in names] == [before, now]
    gone = client.get(f"/dumps/{names[0]}/hytegraph.ttl")
    assert gone.status_code == 404
    assert f"{names[0]} as N-Quads" in gone.get_json(force=True)["detail"]
    assert f"/dumps/{names[0]}/hytegraph.nq" in client.get("/catalog.ttl").text
    assert f"/dumps/{names[0]}/hytegraph.nq" in client.get("/downloads", headers={"Accept": "text/html"}).text


def test_an_earlier_release_that_was_changed_is_not_served(
    two_releases: tuple[Dataset, bytes, bytes],
) -> None:
    served, before, _ = two_releases
    [earlier] = earlier_releases(served)
    assert earlier.read() == before
    earlier.file.write_bytes(before.replace(b"1", b"9"))

    client = create_app(Settings.of({}), served).test_client()
    assert client.get(earlier.address).status_code == 404


def test_a_file_that_is_no_release_claims_no_identifier(client: FlaskClient) -> None:
    assert b"terms/identifier" not in client.get("/catalog.nt").data
