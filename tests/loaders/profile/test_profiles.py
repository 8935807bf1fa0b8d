"""A profile is proposed beside a document, edited and approved by a person, and used for the same headings again."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import ProfileError
from hytegraph.loaders.documents.folder import read_tables
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.extract import extract_files
from hytegraph.loaders.profile.file import PROFILE, read_profile
from hytegraph.loaders.profiling import apply_profiles
from hytegraph.loaders.replace import replace_document
from hytegraph.server.cli.main import main
from tests.loaders.conftest import MALLILA

PLAN = """Hyvinvointisuunnitelma {years};;;
Tavoite;Toimenpide;Hoitaja;Mittari
Yksinäisyys vähenee;Avataan kohtaamispaikka;Vanhusneuvosto;Kävijät
Nuoret liikkuvat;Hankitaan välineitä;Nuorisopalvelut;Lainat
"""


def _extract(folder: Path, name: str, years: str) -> Path:
    file = folder / f"{name}.csv"
    file.write_text(PLAN.format(years=years), encoding="utf-8")
    extract_files([file], folder / "mallila", MALLILA)
    return folder / "mallila"


def _measures(folder: Path, name: str) -> tuple[Row, ...]:
    return next(table.rows for table in read_tables(folder / name) if table.kind.name == "measures")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _extract(tmp_path, "suunnitelma", "2026–2029")


def test_rows_are_ambiguous_until_a_person_approves_the_profile(folder: Path) -> None:
    assert {row["certainty"] for row in _measures(folder, "suunnitelma")} == {"ambiguous"}
    [result] = apply_profiles(folder, approve=True)
    assert result.profile.is_approved
    assert {row["certainty"] for row in _measures(folder, "suunnitelma")} == {"sure"}


def test_an_edited_role_is_read_from_the_kept_text(folder: Path) -> None:
    file = folder / "suunnitelma" / PROFILE
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('heading = "Hoitaja"\nroles = []', 'heading = "Hoitaja"\nroles = ["responsible"]'),
        encoding="utf-8",
    )
    apply_profiles(folder)
    assert [row["responsible"] for row in _measures(folder, "suunnitelma")] == [
        "Vanhusneuvosto",
        "Nuorisopalvelut",
    ]


def test_the_same_headings_next_year_ask_nothing(folder: Path, tmp_path: Path) -> None:
    test_an_edited_role_is_read_from_the_kept_text(folder)
    apply_profiles(folder, approve=True)
    _extract(tmp_path, "seuraava", "2030–2033")
    assert {(row["responsible"], row["certainty"]) for row in _measures(folder, "seuraava")} == {
        ("Vanhusneuvosto", "sure"),
        ("Nuorisopalvelut", "sure"),
    }


def test_a_written_profile_is_read_back(folder: Path) -> None:
    file = folder / "suunnitelma" / PROFILE
    before = file.read_bytes()
    apply_profiles(folder)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ('roles = ["measure"]', 'roles = ["mesure"]', "'mesure' is no role"),
        ('shape = "header-rows"', 'shape = "rows"', "'shape' is 'rows'"),
        ("header_rows = 2", "header_rows = -2", "'header_rows' is no whole number"),
        ("approved = false", 'approved = "no"', "'approved' is no true or false"),
        ("approved = false", "aproved = false", "'aproved' is not known"),
        ("approved = false", "approved =", "at line 6"),
    ],
)
def test_a_wrong_profile_is_refused_by_file_key_and_line(
    folder: Path, right: str, wrong: str, sentence: str
) -> None:
    file = folder / "suunnitelma" / PROFILE
    text = file.read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        read_profile(file.parent)
    assert sentence in str(caught.value)
    assert f"line {line}" in str(caught.value)
    assert f"suunnitelma/{PROFILE}" in str(caught.value)


def test_a_replaced_document_keeps_its_approved_profile_by_the_headings(folder: Path, tmp_path: Path) -> None:
    test_an_edited_role_is_read_from_the_kept_text(folder)
    apply_profiles(folder, approve=True)
    newer = tmp_path / "uusi.csv"
    newer.write_text(
        PLAN.format(years="2026–2029") + "Uni paranee;Pidetään kursseja;Terveyskeskus;Kurssit\n", "utf-8"
    )
    replace_document(folder, "suunnitelma", newer)
    assert [(row["responsible"], row["certainty"]) for row in _measures(folder, "suunnitelma")] == [
        ("Vanhusneuvosto", "sure"),
        ("Nuorisopalvelut", "sure"),
        ("Terveyskeskus", "sure"),
    ]
    profile = read_profile(folder / "suunnitelma")
    assert profile and profile.is_approved


def test_a_name_that_a_person_removes_does_not_stay_in_the_headings_of_the_profile(tmp_path: Path) -> None:
    file, out = tmp_path / "suunnitelma.csv", tmp_path / "mallila"
    file.write_text(PLAN.format(years="2026").replace("Hoitaja", "Maija Pyrmark"), encoding="utf-8")
    extract_files([file], out, MALLILA)
    profile = out / "suunnitelma" / PROFILE
    assert "Maija Pyrmark" in profile.read_text("utf-8")

    assert main(["privacy", str(out), "--decide", "remove"]) == 0
    assert 'heading = "[nimi poistettu]"' in profile.read_text("utf-8")
    assert [
        other for other in out.rglob("*") if other.is_file() and "Pyrmark" in other.read_text("utf-8")
    ] == []
    assert read_profile(out / "suunnitelma")
