"""Layouts of other towns are read as they are meant, or refused; what is written is read by every later command."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.documents.folder import Source, read_folder
from hytegraph.loaders.extract import extract_files
from hytegraph.loaders.quads.steps import folder_quads
from tests.loaders.conftest import MALLILA

LAYOUTS = Path(__file__).parents[1] / "data" / "loaders" / "layouts"


def extracted(file: Path, tmp_path: Path) -> Source:
    """The document as a later command reads it; its quads can be made."""
    extract_files([file], tmp_path / "out", MALLILA)
    folder = read_folder(tmp_path / "out")
    assert folder_quads(folder, "https://data.example.org/")
    return folder.sources[0]


def test_a_header_on_one_line_does_not_swallow_the_columns_below_it(tmp_path: Path) -> None:
    source = extracted(LAYOUTS / "header-on-one-line.txt", tmp_path)
    assert [len(source.tables[name].rows) for name in ("aims", "goals", "priorities")] == [1, 1, 1]
    assert source.coverage.unexplained == ()
    assert source.entry.strategy == "2026-2029"


@pytest.mark.parametrize("heading", ["Kuntastrategia 2026–2029:", "Vahvistamme yhteisöllisyyttä"])
def test_a_plan_without_a_goal_is_refused(heading: str, tmp_path: Path) -> None:
    text = (LAYOUTS / "header-on-one-line.txt").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith((heading, "Vahvistamme"))]
    file = tmp_path / "suunnitelma.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DocumentError, match="no goal was found"):
        extract_files([file], tmp_path / "out", MALLILA)
    assert not (tmp_path / "out").exists()


def test_minutes_may_name_no_year_of_their_matter(tmp_path: Path) -> None:
    entry = extracted(LAYOUTS / "minutes-without-year.txt", tmp_path).entry
    assert (entry.period, entry.date, entry.slug) == ("", "2025-12-12", "poytakirjanote-2025-12-12")


def test_a_matter_that_goes_on_in_another_body_keeps_its_decisions_and_its_title(tmp_path: Path) -> None:
    source = extracted(LAYOUTS / "two-bodies-in-one-extract.txt", tmp_path)
    first, second = source.tables["decisions"].rows
    assert (first["body"], second["body"]) == ("Hyvinvointilautakunta", "Kaupunginhallitus")
    assert first["decision"] == "Päätösehdotus hyväksyttiin."
    assert second["title"] == first["title"] == "Hyvinvointisuunnitelman toimenpiteet vuodelle 2024"
    assert (first["certainty"], second["certainty"]) == ("sure", "ambiguous")
