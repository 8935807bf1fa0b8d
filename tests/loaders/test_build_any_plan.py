"""A plan of any layout becomes a release without a violation."""

from pathlib import Path

import pytest

from hytegraph.graph.query.named import named_query, run
from hytegraph.graph.store.dataset import Dataset
from hytegraph.loaders.build import build
from hytegraph.loaders.extract import extract_files
from tests.loaders.conftest import MALLILA

TITLE = "<h1>Hyvinvointisuunnitelma 2026–2029</h1><h2>Painopiste: Turvallinen arki</h2>"
IN_A_COLUMN = f"""{TITLE}<table>
<tr><th>Toimiala</th><th>Tavoite</th><th>Toimenpide</th><th>Mittari</th><th>Tavoitetaso</th></tr>
<tr><td>Sivistyspalvelut</td><td>Lapset liikkuvat</td><td>Avataan salit iltaisin</td><td>Kävijät</td><td>500</td></tr>
</table>"""
AS_HEADINGS = f"""{TITLE}<table>
<tr><th>Tavoite</th><th>Sivistyspalvelut</th><th>Tekniset palvelut</th></tr>
<tr><td>Lapset liikkuvat</td><td><ul><li>Avataan salit iltaisin</li></ul></td>
<td><ul><li>Valaistaan ladut</li></ul></td></tr>
</table>"""


@pytest.mark.parametrize(
    ("page", "sectors"),
    [
        pytest.param(IN_A_COLUMN, {"Avataan salit iltaisin": "Sivistyspalvelut"}, marks=pytest.mark.slow),
        (
            AS_HEADINGS,
            {"Avataan salit iltaisin": "Sivistyspalvelut", "Valaistaan ladut": "Tekniset palvelut"},
        ),
    ],
    ids=["in a column", "as headings"],
)
def test_the_sectors_of_a_plan_have_their_evidence(
    page: str, sectors: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "suunnitelma.html"
    file.write_text(f"<!doctype html><html lang='fi'><body>{page}</body></html>", encoding="utf-8")
    extract_files([file], tmp_path / "mallila", MALLILA)

    built = build([tmp_path / "mallila"], tmp_path / "release")

    assert built.release, built.report
    found = run(Dataset.open(tmp_path / "release"), named_query("measures"), {})
    rows = [dict(zip(found.variables, row, strict=True)) for row in found.rows]
    assert {row["measure"]: row["sector"] for row in rows} == sectors
