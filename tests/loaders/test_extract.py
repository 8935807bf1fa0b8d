"""Files become a document folder that builds as it is; damaged input writes nothing."""

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError, ManifestError, TableError
from hytegraph.graph.resources import example_folder
from hytegraph.loaders.build import build
from hytegraph.loaders.documents.folder import read_folder, read_manifest
from hytegraph.loaders.documents.tables import read_table, write_table
from hytegraph.loaders.extract import Extracted, Town, extract_files
from tests.loaders.conftest import MALLILA

DATA = Path(__file__).parents[1] / "data" / "loaders"
KEMI = Town("Kemi", "240")
CopyOf = Callable[..., Path]
KINDS = {
    "000": ("action-plan", "2026"),
    "001": ("realisation-report", "2023"),
    "002": ("template", "2022-2025"),
    "003": ("minutes-extract", "2024"),
    "004": ("interim-report", "1-6/2022"),
}


@pytest.fixture(scope="module")
def renamed(kemi_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The redacted Kemi texts under names that say nothing, by the number of the document."""
    folder = tmp_path_factory.mktemp("texts")
    files = {}
    for number, name in zip(KINDS, ("e", "d", "c", "b", "a"), strict=True):
        [text] = kemi_folder.glob(f"{number}_*.txt")
        files[number] = Path(shutil.copy(text, folder / f"asiakirja-{name}.txt"))
    return files


@pytest.fixture(scope="module")
def extracted(
    renamed: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, tuple[Extracted, ...]]:
    """A folder extracted from the renamed texts, and what was reported."""
    out = tmp_path_factory.mktemp("extracted") / "kemi"
    return out, extract_files(list(renamed.values()), out, KEMI)


@pytest.mark.whole
def test_kind_and_period_are_told_by_the_content(
    renamed: dict[str, Path], extracted: tuple[Path, tuple[Extracted, ...]]
) -> None:
    found = {result.entry.name: (result.entry.kind, result.entry.period) for result in extracted[1]}
    assert found == {renamed[number].stem: kind for number, kind in KINDS.items()}


def test_every_line_and_word_is_explained(extracted: tuple[Path, tuple[Extracted, ...]]) -> None:
    for result in extracted[1]:
        assert (result.coverage.unexplained, result.coverage.unexplained_words) == ((), ())


def test_the_tables_are_those_that_were_reviewed_except_for_corrections(
    renamed: dict[str, Path], extracted: tuple[Path, tuple[Extracted, ...]], kemi_folder: Path
) -> None:
    for source in read_folder(kemi_folder).sources:
        for name, table in source.tables.items():
            fresh = read_table(extracted[0] / renamed[source.entry.name[:3]].stem / f"{name}.csv")
            kept = {row.id for row in table.rows} - {row for kind, row in source.corrected if kind == name}
            assert {row.id: row.cells for row in fresh.rows if row.id in kept} == {
                row.id: row.cells for row in table.rows if row.id in kept
            }


@pytest.mark.slow
def test_what_is_extracted_builds_without_an_edit(
    extracted: tuple[Path, tuple[Extracted, ...]], tmp_path: Path
) -> None:
    built = build([extracted[0]], tmp_path / "release")
    assert built.report
    assert built.release, built.report


def test_what_is_already_redacted_stays_as_it_is(
    renamed: dict[str, Path], extracted: tuple[Path, tuple[Extracted, ...]]
) -> None:
    assert {result.removed for result in extracted[1]} == {0}
    for file in renamed.values():
        assert (extracted[0] / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("tyhja.txt", b"", "empty"),
        ("kuva.txt", b"\x89PNG\r\n\x00\x01", "binary"),
        ("latin.txt", "Hyvinvointisuunnitelman tärkeä".encode("latin-1"), "not UTF-8"),
        ("poissa.txt", None, "No such file"),
        ("resepti.txt", "Keitä puuroa kymmenen minuuttia.\n".encode(), "fits no known kind"),
    ],
)
def test_damaged_input_is_refused_and_nothing_is_written(
    name: str, data: bytes | None, reason: str, renamed: dict[str, Path], tmp_path: Path
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(DocumentError, match=reason) as caught:
        extract_files([renamed["002"], file], tmp_path / "out", KEMI)
    assert name in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_two_documents_of_one_name_are_refused_and_nothing_is_written(
    renamed: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "muu").mkdir()
    other = Path(shutil.copy(renamed["003"], tmp_path / "muu" / renamed["002"].name))
    with pytest.raises(DocumentError, match="rename one"):
        extract_files([renamed["002"], other], tmp_path / "out", KEMI)
    assert not (tmp_path / "out").exists()


def test_another_document_of_a_name_in_the_folder_is_refused(
    renamed: dict[str, Path], tmp_path: Path
) -> None:
    extract_files([renamed["002"]], tmp_path / "out", KEMI)
    before = contents(tmp_path / "out")
    other = Path(shutil.copy(renamed["003"], tmp_path / renamed["002"].name))
    with pytest.raises(DocumentError, match="holds another document"):
        extract_files([other], tmp_path / "out", KEMI)
    assert contents(tmp_path / "out") == before


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_extracting_again_changes_no_byte(renamed: dict[str, Path], tmp_path: Path) -> None:
    extract_files([renamed["002"]], tmp_path, KEMI)
    before = contents(tmp_path)
    [result] = extract_files([renamed["002"]], tmp_path, KEMI)
    assert contents(tmp_path) == before
    assert result.differences == ()


def test_extracting_again_keeps_corrections_deletions_and_additions(
    renamed: dict[str, Path], tmp_path: Path
) -> None:
    extract_files([renamed["002"]], tmp_path, KEMI)
    file = tmp_path / renamed["002"].stem / "goals.csv"
    text = file.read_text(encoding="utf-8")
    rows = text.splitlines(keepends=True)
    added = rows[2].replace(rows[2].split(",")[0], "L9999", 1)
    corrected = rows[1].replace(",sure,", ",ambiguous,Tarkistettava.")
    file.write_text("".join([rows[0], corrected, *rows[3:], added]), encoding="utf-8")
    [result] = extract_files([renamed["002"]], tmp_path, KEMI)
    found = {row.id: row for row in read_table(file).rows}
    assert found[rows[1].split(",")[0]]["note"] == "Tarkistettava."
    assert rows[2].split(",")[0] not in found
    assert "L9999" in found
    assert {(d.row, d.column) for d in result.differences} == {
        (rows[1].split(",")[0], "certainty"),
        (rows[1].split(",")[0], "note"),
        (rows[2].split(",")[0], "(row)"),
        ("L9999", "(row)"),
    }


def test_a_corrected_row_is_a_curators_judgement(copy_of: CopyOf) -> None:
    folder = copy_of("002")
    [file] = folder.glob("*/goals.csv")
    table = read_table(file)
    assert ("goals", table.rows[0].id) not in read_folder(folder).sources[0].corrected
    text = write_table(table).decode().replace(",sure,", ",ambiguous,Tarkistettava.", 1)
    file.write_text(text, encoding="utf-8")
    assert ("goals", table.rows[0].id) in read_folder(folder).sources[0].corrected


def test_the_town_is_given_once_and_never_assumed(renamed: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="--town"):
        extract_files([renamed["002"]], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    extract_files([renamed["002"]], tmp_path / "out", Town("Tornio", "851"))
    extract_files([renamed["003"]], tmp_path / "out")
    towns = {(entry.town, entry.municipality) for entry in read_manifest(tmp_path / "out")}
    assert towns == {("Tornio", "851")}
    with pytest.raises(ManifestError, match=r"holds documents of Tornio \(851\)"):
        extract_files([renamed["001"]], tmp_path / "out", KEMI)


@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        (str, "utf-8-sig"),
        (str, "utf-16"),
        (lambda text: text.replace("\n", "\r\n"), "utf-8"),
        (lambda text: text.replace("\n", "\r"), "utf-8"),
        (lambda text: unicodedata.normalize("NFD", text), "utf-8"),
        (lambda text: "\f" + text.replace("\n\n", "\n\f\n", 2), "utf-8"),
    ],
    ids=["mark", "utf-16", "crlf", "cr", "nfd", "form feeds"],
)
def test_a_text_is_the_same_however_it_is_saved(
    change: Callable[[str], str], encoding: str, text_of: Callable[..., Path], mallila: Path, tmp_path: Path
) -> None:
    file = text_of("toteumaraportti", change, encoding)
    for _ in range(2):
        extract_files([file], tmp_path / "out", MALLILA)
    assert (tmp_path / "out" / file.name).read_bytes() == (mallila / file.name).read_bytes()
    assert [source.coverage.unexplained for source in read_folder(tmp_path / "out").sources] == [()]


def test_a_text_whose_line_ends_git_has_changed_is_still_the_one_of_its_tables(mallila_copy: Path) -> None:
    for file in mallila_copy.glob("*.txt"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_folder(mallila_copy).sources) == len(KINDS)


def test_a_refused_extraction_leaves_nothing_half_written(
    mallila_copy: Path, text_of: Callable[..., Path], tmp_path: Path
) -> None:
    before = contents(mallila_copy)
    registry = mallila_copy / "registry.csv"
    registry.write_text(registry.read_text(encoding="utf-8") + "goal,x,ei käy,Sanat\n", encoding="utf-8")
    with pytest.raises(TableError, match="the slug 'ei käy'"):
        extract_files([text_of("lomake", lambda text: text, "utf-8-sig")], mallila_copy)
    assert contents(mallila_copy) == before | {"registry.csv": registry.read_bytes()}


def test_the_strategy_is_that_of_the_towns_own_header(tmp_path: Path) -> None:
    """A goal that another town states in the same words does not lend its period."""
    text = (DATA / "toteumaraportti.txt").read_text(encoding="utf-8")
    known = "Olemme avoin ja luotettava arjen kumppani."
    file = tmp_path / "raportti.txt"
    file.write_text(text.replace("Kuulemme asukkaita.", known), encoding="utf-8")
    assert known in (example_folder() / "registry.csv").read_text(encoding="utf-8")
    extract_files([file], tmp_path / "out", Town("Mallila", "999"))
    [entry] = read_manifest(tmp_path / "out")
    assert (entry.town, entry.period, entry.strategy) == ("Mallila", "2024", "2023-2026")
    registry = (tmp_path / "out" / "registry.csv").read_text(encoding="utf-8")
    assert "goal,2023-2026,olemme-avoin-luotettava-arjen-kumppani" in registry
    assert "2022-2025" not in registry
