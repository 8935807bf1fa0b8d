"""Folders of invented towns are the same every time, read without a refusal, and build without a violation."""

from pathlib import Path

import pytest

from benchmarks.folders.__main__ import make_folders
from benchmarks.folders.interim import interim_report
from benchmarks.folders.towns import invent_towns
from benchmarks.reading.author import WORDS as READING_WORDS
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.authorities.municipalities import OWN_LIST, read_municipalities
from hytegraph.loaders.build import build
from hytegraph.loaders.documents.folder import read_manifest
from hytegraph.loaders.privacy.waiting import refuse_unjudged

pytestmark = pytest.mark.whole

TOWNS = 2


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_folders(tmp_path_factory.mktemp("towns"), TOWNS)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_a_town_has_the_five_documents_and_no_word_of_them_waits_for_a_person(folders: list[Path]) -> None:
    names = ["osavuosikatsaus", "poytakirja", "strategia", "suunnitelma", "toteuma"]
    for folder in folders:
        assert sorted(entry.name.partition("-")[0] for entry in read_manifest(folder)) == names
    refuse_unjudged(folders)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_one_process_and_in_two(
    folders: list[Path], tmp_path: Path
) -> None:
    again = make_folders(tmp_path, TOWNS, jobs=2)
    assert [contents(folder) for folder in again] == [contents(folder) for folder in folders]


def test_another_seed_gives_other_towns() -> None:
    assert {town.name for town in invent_towns(5, 1)} != {town.name for town in invent_towns(5, 2)}


def test_towns_of_a_country_have_names_and_codes_that_no_municipality_has() -> None:
    towns = invent_towns(309, 1)
    official = read_municipalities(OWN_LIST)
    assert not {town.name for town in towns} & {name for town in official for name in town.names.values()}
    assert not {town.code for town in towns} & {town.code for town in official}
    assert len({town.slug for town in towns}) == len({town.code for town in towns}) == 309


def test_every_town_of_a_country_has_figures_enough() -> None:
    reports = [interim_report(town, 2025) for town in invent_towns(309, 1)]
    assert 5 < max(map(len, reports)) / min(map(len, reports)) < 20


def test_more_towns_than_there_are_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="towns can be invented"):
        invent_towns(1000, 1)


@pytest.mark.slow
def test_the_folders_build_without_violation_and_their_links_mean_something(
    folders: list[Path], tmp_path: Path
) -> None:
    built = build(folders, tmp_path / "release")
    assert built.release, built.report
    dataset = Dataset.open(tmp_path / "release")
    towns = len(folders)
    assert 20_000 * towns < built.release.quads < 70_000 * towns
    graphs = {graph.name.rpartition("/graph/")[2]: graph.triples for graph in dataset.graphs()}
    assert graphs["links/suggested"] > 1000 * towns
    assert graphs["status"] > 100 * towns


@pytest.mark.parametrize("table", ["continuity", "pairings", "sdg", "status"])
@pytest.mark.slow
def test_each_kind_of_link_is_suggested(folders: list[Path], table: str) -> None:
    for folder in folders:
        lines = (folder / "links" / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if not line.startswith("#")]) > 5


@pytest.mark.slow
def test_no_name_of_an_invented_person_remains(folders: list[Path]) -> None:
    surnames = {name.split()[-1] for names in READING_WORDS["people"].values() for name in names}
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and file.name != "privacy.csv":
                assert not surnames & set(file.read_text(encoding="utf-8").split()), file
