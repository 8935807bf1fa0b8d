"""The folder of a published release: whole, verifiable, the same bytes from the same release, and valid as described."""

import csv
import gzip
import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from backports import zstd
from openpyxl import load_workbook
from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, parse
from pyoxigraph import Dataset as QuadSet

from hytegraph.graph.releases.row import row_of
from hytegraph.graph.store.release import checksum_of
from tests.publishing import Row, publication, publish

DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def again(row: Row, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the same release, written once more by another run into another folder."""
    folder = tmp_path_factory.mktemp("again")
    releases = Path(shutil.copytree(row.release.parent, folder / "releases", symlinks=True)) / "release"
    assert publish(folder / "out", row.documents, publication(folder, "2026.2", "2026-11-29"), releases) == 0
    return folder / "out"


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def dumps(row: Row) -> Path:
    return row.out / "dumps" / row_of(row.release)[0].name


def test_every_file_has_its_checksum(row: Row) -> None:
    lines = (row.out / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: checksum for checksum, name in (line.split("  ") for line in lines)}

    assert set(told) == set(files(row.out)) - {"SHA256SUMS"}
    assert all(checksum_of(row.out / name) == checksum for name, checksum in told.items())


def test_the_same_release_gives_the_same_bytes(row: Row, again: Path) -> None:
    assert files(again) == files(row.out)


@pytest.mark.slow
def test_another_run_writes_nothing_anew_and_removes_what_it_wrote_before(row: Row, again: Path) -> None:
    old = again / "query" / "gone.csv"
    old.write_text("x", "utf-8")
    own = again / "mine.txt"
    own.write_text("mine", "utf-8")
    sums = again / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  query/gone.csv\n" + sums.read_text("utf-8"), "utf-8")
    before = {file: file.stat().st_mtime_ns for file in again.rglob("*.ttl")}

    file = publication(again.parent, "2026.2", "2026-11-29")
    assert publish(again, row.documents, file, again.parent / "releases" / "release") == 0

    assert not old.exists()
    assert own.read_text("utf-8") == "mine"
    assert {file: file.stat().st_mtime_ns for file in before} == before
    own.unlink()


def test_a_folder_of_other_files_is_not_written_into(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("Hei!", "utf-8")
    file = publication(tmp_path, "2026.2", "2026-11-29")

    assert publish(tmp_path / "out", row.documents, file, row.release) == 2
    assert "name an empty folder" in capsys.readouterr().err


def test_compressed_files_hold_the_files(row: Row) -> None:
    packed = [file for file in row.out.rglob("*") if file.suffix in (".gz", ".zst")]
    assert {file.suffix for file in packed} == {".gz", ".zst"}
    for file in packed:
        read = gzip.decompress if file.suffix == ".gz" else zstd.decompress
        assert read(file.read_bytes()) == file.with_suffix("").read_bytes()


def test_the_n_quads_are_canonical_and_their_checksum_is_that_of_the_release(row: Row) -> None:
    body = (dumps(row) / "hytegraph.nq").read_bytes()
    quads = QuadSet(parse(body, RdfFormat.N_QUADS))
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    assert "".join(sorted(f"{quad} .\n" for quad in quads)).encode() == body
    assert checksum_of(dumps(row) / "hytegraph.nq") == row_of(row.release)[0].checksum


def test_a_town_and_each_document_have_turtle_of_their_own(row: Row) -> None:
    whole = {quad.triple for quad in parse((dumps(row) / "hytegraph.nq").read_bytes(), RdfFormat.N_QUADS)}
    town = {quad.triple for quad in parse((dumps(row) / "mallila.ttl").read_bytes(), RdfFormat.TURTLE)}
    [document] = (dumps(row) / "mallila").glob("*.ttl")
    text = document.read_text("utf-8")
    stated = {quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)}

    assert stated < town < whole
    assert "@prefix mallila-measure-toimenpideohjelma-2027:" in text
    assert re.search(r"\n\nmallila-measure-toimenpideohjelma-2027:\S+ a hyte:Measure", text)
    assert {
        quad.triple for quad in parse((dumps(row) / "mallila.jsonld").read_bytes(), RdfFormat.JSON_LD)
    } == town


def test_tables_are_as_their_metadata_say(row: Row) -> None:
    metadata: dict[str, Any] = json.loads((row.out / "query" / "csv-metadata.json").read_text("utf-8"))
    tables = {table["url"]: table["tableSchema"]["columns"] for table in metadata["tables"]}

    assert set(tables) == {file.name for file in (row.out / "query").glob("*.csv")}
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    for name, columns in tables.items():
        with (row.out / "query" / name).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        assert [column["titles"] for column in columns] == header
        for place, column in enumerate(columns):
            cells = [line[place] for line in rows if line[place]]
            if column["datatype"] in ("integer", "decimal"):
                assert all(DECIMAL.fullmatch(cell) for cell in cells), (name, column)
            if column["datatype"] == "anyURI":
                assert all("://" in cell for cell in cells), (name, column)


@pytest.mark.parametrize(
    "language, sheet", [("fi", "Lähde ja lisenssi"), ("sv", "Källa och licens"), ("en", "Source and licence")]
)
def test_a_workbook_tells_source_and_licence_first(row: Row, language: str, sheet: str) -> None:
    book = load_workbook(row.out / "query" / f"hytegraph.{language}.xlsx", read_only=True)
    told = [cell.value for line in book.worksheets[0].iter_rows() for cell in line]

    assert book.sheetnames[0] == sheet
    assert {"2026.2", "2026-11-29", "Mallilan kunta"} <= set(told)
    # That of the statements, and that of the vocabulary.
    assert told.count("CC BY 4.0 https://creativecommons.org/licenses/by/4.0/") == 2
    assert any(str(cell).endswith(". Julkinen asiakirja.") for cell in told)
    assert "goals" in book.sheetnames


def test_readme_datacite_and_csv_metadata_tell_statements_vocabulary_and_documents_apart(row: Row) -> None:
    readme = (row.out / "README.md").read_text("utf-8")
    rights = json.loads((row.out / "datacite.json").read_text("utf-8"))["rightsList"]
    csvw = json.loads((row.out / "query" / "csv-metadata.json").read_text("utf-8"))

    for words in (
        "The statements and structure of the data: CC BY 4.0",
        "Vocabulary, code lists and shapes: CC BY 4.0",
    ):
        assert words in readme
        assert any(one["rights"].startswith(words) and "rightsUri" in one for one in rights)
    assert readme.count(": Julkinen asiakirja.") == 3
    assert {one["@language"] for one in csvw["dc:rights"]} == {"fi", "sv", "en"}


def test_the_catalogue_tells_the_row_the_making_and_the_files_of_the_town(row: Row) -> None:
    text = (row.out / "catalog.ttl").read_text("utf-8")
    triples = [quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)]
    addresses = {str(t.object)[1:-1] for t in triples if str(t.predicate).endswith("downloadURL>")}

    for word in ("dcat:version", "dcat:previousVersion", "adms:versionNotes", "prov:wasGeneratedBy"):
        assert word in text or word.partition(":")[2] in text
    base = "https://data.mallila.example/hyte/"
    assert addresses
    assert all((row.out / address.removeprefix(base)).is_file() for address in addresses)
    assert "sparql" not in text
    assert "DatasetSeries" in text


def test_a_citation_names_version_date_and_checksum(row: Row) -> None:
    checksum = row_of(row.release)[0].checksum
    cited = yaml.safe_load((row.out / "CITATION.cff").read_text("utf-8"))
    described = json.loads((row.out / "datacite.json").read_text("utf-8"))
    indexed = json.loads((row.out / "dataset.schema.json").read_text("utf-8"))

    assert (cited["version"], cited["date-released"], cited["type"]) == ("2026.2", "2026-11-29", "dataset")
    assert cited["identifiers"] == [{"type": "other", "value": f"urn:sha256:{checksum}"}]
    assert (described["publicationYear"], described["version"]) == (2026, "2026.2")
    assert (indexed["@type"], indexed["identifier"]) == ("Dataset", f"urn:sha256:{checksum}")


def test_the_data_of_older_releases_stay_at_their_addresses(row: Row) -> None:
    first = row_of(row.release)[1]
    assert checksum_of(row.out / "dumps" / first.name / "hytegraph.nq") == first.checksum


@pytest.mark.slow
def test_large_data_are_written_whole_in_two_formats_and_town_by_town(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written of large data is valid and says the same; here the limits are lowered instead."""
    monkeypatch.setattr("hytegraph.server.publishing.data.MOST_QUADS", 10)
    monkeypatch.setattr("hytegraph.server.publishing.tables.MOST_QUADS", 10)
    releases = Path(shutil.copytree(row.release.parent, tmp_path / "releases", symlinks=True)) / "release"
    file = publication(tmp_path, "2026.2", "2026-11-29")
    assert publish(tmp_path / "out", row.documents, file, releases) == 0
    folder = tmp_path / "out" / "dumps" / dumps(row).name

    def quads(data: bytes, syntax: RdfFormat) -> QuadSet:
        found = QuadSet(Quad(*quad) for quad in parse(BytesIO(data), syntax))
        found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return found

    trig = quads((folder / "hytegraph.trig").read_bytes(), RdfFormat.TRIG)
    assert trig == quads((dumps(row) / "hytegraph.nq").read_bytes(), RdfFormat.N_QUADS)
    assert not (folder / "hytegraph.rdf").exists()
    assert (tmp_path / "out" / "mallila" / "query" / "goals.csv").is_file()
