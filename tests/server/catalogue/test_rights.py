"""Licence, publisher and base are settings of a build; the service, its catalogue and its pages say the same of
them.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from hytegraph.graph.errors import BuildError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT
from hytegraph.loaders.catalogue import Rights
from hytegraph.server.app import create_app
from hytegraph.server.catalogue.rights import document_rights
from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.settings import SettingError, Settings

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
CC_BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"
BASE = "https://data.mallila.example/hyte/"
DATA = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix hyte: <https://w3id.org/hytegraph/ns#> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://data.mallila.example/hyte/graph/catalogue> {
  <https://data.mallila.example/hyte/id/dataset> a void:Dataset ; dct:title "Mallila"@fi ; dct:license <LICENCE> ;
    dct:rights "Lisenssi koskee väitteitä."@fi , "The licence is for the statements."@en .
  <https://data.mallila.example/hyte/id/mallila/document/a> a hyte:SourceDocument ; dct:title "Ohjelma"@fi ;
    dct:rights "Julkinen asiakirja; lisenssiä ei ole ilmoitettu."@fi .
  <https://data.mallila.example/hyte/id/mallila/document/c> a hyte:SourceDocument ; dct:title "Muistio"@fi .
  <https://data.mallila.example/hyte/id/mallila/document/b> a hyte:SourceDocument ; dct:title "Raportti"@fi ;
    dct:license <https://creativecommons.org/publicdomain/zero/1.0/> .
}
<https://data.mallila.example/hyte/graph/ontology> {
  <https://w3id.org/hytegraph/ns> dct:license <https://creativecommons.org/publicdomain/zero/1.0/> .
}
""".replace("LICENCE", CC_BY_SA)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    data = "".join(sorted(f"{quad} .\n" for quad in parse(DATA.encode(), format=RdfFormat.TRIG)))
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "data.nq").write_text(data, "utf-8")
    described = {"sha256": hashlib.sha256(data.encode()).hexdigest(), "bytes": len(data), "quads": 1}
    manifest = {"base": BASE, "publisher": "Mallilan kaupunki", "data": described, "inputs": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.fixture
def client(release: Path) -> FlaskClient:
    settings = settings_for_release({}, {"release": str(release)})
    return create_app(settings, Dataset.open(release)).test_client()


def catalogue(client: FlaskClient) -> set[Triple]:
    body = client.get("/catalog.nt").data
    return {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)}


def test_the_service_takes_base_licence_and_publisher_from_the_release(client: FlaskClient) -> None:
    triples = catalogue(client)

    assert Triple(NamedNode(f"{BASE}id/dataset"), DCT.license, NamedNode(CC_BY_SA)) in triples
    assert "Mallilan kaupunki" in {t.object.value for t in triples if isinstance(t.object, Literal)}
    assert client.get("/page/id/mallila/document/a").status_code == 200


def test_a_base_under_which_the_release_holds_nothing_is_refused(release: Path) -> None:
    for environment, given in (
        ({}, {"base": "https://b.example/"}),
        ({"HYTEGRAPH_BASE": "https://b.example/"}, {}),
    ):
        with pytest.raises(SettingError, match=BASE):
            settings_for_release(environment, {"release": str(release), **given})
    assert settings_for_release({}, {"release": str(release), "base": BASE}).base == BASE


def test_without_a_release_the_base_is_that_of_the_settings(release: Path, tmp_path: Path) -> None:
    assert settings_for_release({}, {"release": str(tmp_path / "nothing")}).base == Settings.of({}).base
    store = {"store": "http://127.0.0.1:1/query"}
    assert settings_for_release({}, store).base == Settings.of({}).base
    assert settings_for_release({}, {**store, "release": str(release)}).base == BASE


def test_each_document_has_its_own_terms_in_catalogue_and_page(client: FlaskClient, release: Path) -> None:
    first, second, _ = document_rights(Dataset.open(release))
    triples = catalogue(client)
    page = client.get("/about", headers={"Accept": "text/html"}).text

    [statement] = first.statements
    assert second.licence
    assert Triple(first.document, DCT.rights, statement) in triples
    assert Triple(second.document, DCT.license, second.licence) in triples
    assert statement.value in page
    assert second.licence.value in page
    assert f'href="{CC_BY_SA}" rel="license external" translate="no">CC BY-SA 4.0</a>' in page


def test_the_licence_of_the_statements_is_not_claimed_for_the_words_of_a_document(
    client: FlaskClient,
) -> None:
    assert CC_BY_SA in str(client.get("/about", headers={"Accept": "text/html"}).headers.getlist("Link"))
    assert CC_BY_SA not in str(client.get("/search", headers={"Accept": "text/html"}).headers.getlist("Link"))


def test_a_document_of_which_nothing_is_stated_is_said_to_have_unstated_terms_in_each_language(
    client: FlaskClient,
) -> None:
    document = NamedNode(f"{BASE}id/mallila/document/c")
    stated = {
        t.object.value
        for t in catalogue(client)
        if t.subject == document and t.predicate == DCT.rights
        if isinstance(t.object, Literal)
    }

    assert stated == {
        "Julkaisija ei ole ilmoittanut lisenssiä.",
        "Utgivaren har inte angett någon licens.",
        "The publisher has not stated a licence.",
    }
    page = client.get("/about?lang=sv", headers={"Accept": "text/html"}).text
    assert "Utgivaren har inte angett någon licens." in page


def test_vocabulary_and_statements_have_each_their_own_licence_where_they_are_described(
    client: FlaskClient,
) -> None:
    vocabulary = NamedNode("https://w3id.org/hytegraph/ns")
    void = client.get("/.well-known/void", headers={"Accept": "application/n-triples"}).data
    licences = {
        q.subject: q.object for q in parse(void, format=RdfFormat.N_TRIPLES) if q.predicate == DCT.license
    }

    assert Triple(vocabulary, DCT.license, NamedNode(CC0)) in catalogue(client)
    assert licences[NamedNode(f"{BASE}graph/ontology")] == NamedNode(CC0)
    assert licences[NamedNode(f"{BASE}graph/catalogue")] == NamedNode(CC_BY_SA)
    assert f'href="{CC0}" rel="license external" translate="no">CC0 1.0</a>' in client.get("/about").text
    assert CC0 in str(client.get("/ns", headers={"Accept": "text/html"}).headers.getlist("Link"))


def test_data_that_state_no_licence_get_that_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<a:a> <a:b> <a:c> .")
    licences = {
        licence: [
            t.object
            for t in catalogue(
                create_app(Settings.of({}, {"licence": licence}), Dataset.open(file)).test_client()
            )
            if t.predicate == DCT.license
        ]
        for licence in ("", "none", CC_BY_SA)
    }

    assert licences[""] == licences["none"] == []
    assert set(licences[CC_BY_SA]) == {NamedNode(CC_BY_SA)}


def test_the_licence_of_the_modelling_takes_the_place_of_the_one_that_its_files_state_and_of_no_other() -> (
    None
):
    licence = str(DCT.license)
    lines = [
        f"<a:ns> {licence} <a:old> <{BASE}graph/ontology> .\n",
        f"<a:document> {licence} <a:old> <{BASE}graph/mallila/document/a> .\n",
    ]

    assert list(Rights().stated(lines, BASE)) == lines
    assert list(Rights(modelling="").stated(lines, BASE)) == lines[1:]
    assert list(Rights(modelling=CC0).stated(lines, BASE)) == [lines[0].replace("a:old", CC0), lines[1]]


def test_rights_of_a_build_are_those_that_are_set() -> None:
    assert Rights.of("", "").licence == "https://creativecommons.org/licenses/by/4.0/"
    assert Rights.of("none", "Mallila") == Rights("", "Mallila")
    assert Rights.of(CC_BY_SA, "").licence == CC_BY_SA
    assert [Rights.of("", "", given).modelling for given in ("", "none", CC0)] == [None, "", CC0]
    with pytest.raises(BuildError, match="not an http"):
        Rights.of("CC BY", "")
    with pytest.raises(SettingError, match="licence"):
        Settings.of({"HYTEGRAPH_LICENCE": "CC BY"})


@pytest.mark.whole
@pytest.mark.slow
def test_a_build_writes_the_rights_into_data_and_manifest(
    copy_of: Callable[..., Path], tmp_path: Path
) -> None:
    from hytegraph.loaders.build import build
    from hytegraph.loaders.release.inputs import read_inputs
    from hytegraph.loaders.release.units import units_of

    folder = copy_of("003")
    manifest = folder / "manifest.toml"
    text = manifest.read_text("utf-8")
    assert "lisenssiä ei ole ilmoitettu" in text
    manifest.write_text(text.replace("Julkinen asiakirja; lisenssiä ei ole ilmoitettu.", CC_BY_SA), "utf-8")
    built = build([folder], tmp_path / "out", rights=Rights("", "Mallila"))
    assert built.release, built.report
    data = (tmp_path / "out" / "data.nq").read_text("utf-8")

    assert (built.release.manifest["licence"], built.release.manifest["publisher"]) == ("", "Mallila")
    assert f"<http://purl.org/dc/terms/license> <{CC_BY_SA}>" in data
    assert "id/dataset> <http://purl.org/dc/terms/license>" not in data
    assert '"No licence of the data is stated.' in data
    units = units_of([folder])
    assert read_inputs(units, BASE).told != read_inputs(units, BASE, Rights("", "")).told
    shutil.rmtree(folder)
