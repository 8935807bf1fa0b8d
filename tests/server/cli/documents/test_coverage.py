"""`coverage` tells of rows that were not read, tables of other things, and what waits for a person."""

from pathlib import Path

import pytest

from hytegraph.server.cli.main import main

PLAN = """<h1>Mallilan hyvinvointisuunnitelma 2026</h1>
<table><tr><th>Tavoite<th>Toimenpide<th>Hinta
<tr><td>Nuoret liikkuvat<td>Hankitaan palloja<td>12
<tr><td><td><td>Yhteensä 12 euroa</table>
<p>Hinnasto</p><table><tr><th>Tuote<th>Euroa<tr><td>Pallo<td>3</table>"""


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a plan with a row that is none and a table of other things."""
    file = tmp_path / "suunnitelma.html"
    file.write_text(PLAN, encoding="utf-8")
    assert main(["extract", str(file), "-o", str(tmp_path / "out"), "--town", "Kemi"]) == 0
    capsys.readouterr()
    return tmp_path / "out"


def test_a_row_that_was_not_read_is_named_by_its_place_and_other_tables_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["coverage", str(folder), "--language", "fi"]) == 1
    lines = capsys.readouterr().out.splitlines()
    [document] = [line.split() for line in lines if line.startswith("suunnitelma ")]
    # Rows read of rows seen, and tables of other things.
    assert document[-2:] == ["1/2", "1"]
    assert "  taulukko 1, rivi 3 on jäänyt lukematta: ”Yhteensä 12 euroa”" in lines


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "suunnitelma: 1 riviä odottaa, että joku hyväksyy taulukoiden tulkinnan"),
        ("sv", "suunnitelma: 1 rader väntar på att någon godkänner hur tabellerna har tolkats"),
        ("en", "suunnitelma: 1 rows wait until a person approves what the tables are taken for"),
    ],
)
def test_rows_of_a_profile_that_nobody_has_approved_wait(
    language: str, sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["coverage", str(folder), "--language", language])
    assert sentence in capsys.readouterr().out

    main(["profile", str(folder), "--approve"])
    capsys.readouterr()
    main(["coverage", str(folder), "--language", language])
    assert sentence not in capsys.readouterr().out


def test_a_plan_of_which_nothing_was_read_and_a_header_of_a_page_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = folder / "suunnitelma"
    header = (tables / "passages.csv").read_text("utf-8").splitlines()[0]
    lines = (folder / "suunnitelma.txt").read_text("utf-8").count("\n")
    for name in ("goals", "measures"):
        (tables / f"{name}.csv").unlink()
    rows = f"{header}\nL1,furniture,,L1-L{lines},sure,\n"
    (tables / "passages.csv").write_text(rows, encoding="utf-8")

    assert main(["coverage", str(folder)]) == 1
    assert "no goal and no measure has been read of the document" in capsys.readouterr().out
