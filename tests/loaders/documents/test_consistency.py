"""A correction takes effect or is refused: no cell is lost behind another."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from hytegraph.graph.errors import HytegraphError, TableError
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.folder import read_folder, read_manifest, write_manifest
from hytegraph.loaders.documents.tables import Row, Table, read_table, write_table
from hytegraph.loaders.quads.steps import folder_quads

# For each cell another value that its form allows; of words that stand in the lines, the first ones are kept.
FORMS = {
    "certainty": "ambiguous",
    "kind": "attachment",
    "date": "2001-02-03",
    "period": "2001",
    "what": "projects",
    "section": "999",
    "caseNumber": "1/2",
    "netConvention": "expenditureMinusIncome",
}
# The words of a passage are those of its lines; its other cells are a reviewer's, and so are the ids of rows.
NOT_SHOWN = {("passages", "text"), ("passages", "certainty"), ("passages", "note")}


def change(file: Path, row_id: str, column: str, value: str) -> None:
    table = read_table(file)
    rows = [Row({**row.cells, column: value}) if row.id == row_id else row for row in table.rows]
    file.write_bytes(write_table(Table(table.kind, table.header, tuple(rows), table.dialect)))


def stated(folder: Path) -> set[Quad]:
    quads = folder_quads(read_folder(folder), "https://data.example.org/")
    return {quad for quad in quads if quad.predicate != HYTE.basis}


def changes(folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    """A change of one cell in every column of every table."""
    for file in sorted(folder.glob("*/*.csv")):
        table = read_table(file)
        checked = dict(table.checked_columns())
        for column in table.header:
            row = next((row for row in table.rows if row[column]), table.rows[0])
            words = row[column].split()
            value = FORMS.get(column, "Muu")
            if column.endswith("lines"):
                value = ""
            elif column in checked and column not in FORMS:
                value = words[0] if len(words) > 1 else ""
            if value != row[column] and column != "id" and (table.kind.name, column) not in NOT_SHOWN:
                yield file, row.id, column, value


@pytest.mark.parametrize(
    "kind", ["action-plan", "realisation-report", "template", "minutes-extract", "interim-report"]
)
def test_every_changed_cell_takes_effect_or_is_refused(kind: str, mallila_copy: Path) -> None:
    [entry] = [entry for entry in read_manifest(mallila_copy) if entry.kind == kind]
    write_manifest(mallila_copy, [entry])
    for folder in mallila_copy.iterdir():
        if folder.is_dir() and folder.name != entry.name:
            shutil.rmtree(folder)
    before = stated(mallila_copy)
    kept, refused = [], 0
    for file, row_id, column, value in list(changes(mallila_copy)):
        original = file.read_bytes()
        change(file, row_id, column, value)
        try:
            if stated(mallila_copy) == before:
                kept.append((file.name, row_id, column, value))
        except HytegraphError:
            refused += 1
        file.write_bytes(original)
    assert kept == []
    assert refused > 3


@pytest.fixture
def refusal(mallila_copy: Path) -> Callable[..., TableError]:
    """Changes a cell of Mallila and gives the refusal."""

    def refuse(table: str, row_id: str, column: str, value: str) -> TableError:
        change(mallila_copy / f"{table}.csv", row_id, column, value)
        with pytest.raises(TableError) as caught:
            read_folder(mallila_copy)
        assert caught.value.row == row_id
        assert caught.value.line
        return caught.value

    return refuse


@pytest.mark.parametrize(
    ("table", "row_id", "column", "value", "reason"),
    [
        (
            "toteumaraportti/realisations",
            "L22",
            "aim",
            "Tuntematon päämäärä",
            "neither aims.csv nor goals.csv",
        ),
        (
            "toimenpideohjelma/measures",
            "L12",
            "aim",
            "Tuntematon päämäärä",
            "on the first line of the same table row",
        ),
        ("toimenpideohjelma/measures", "L12", "row", "L999", "the first has its id"),
        ("osavuosikatsaus/units", "L7", "parent", "Muu", "a sector has no parent"),
        ("poytakirjanote/decisions", "L2", "cites", "1.1.2001 § 1", "is not in"),
        ("poytakirjanote/decisions", "L2", "section", "7 a", "not of the form"),
        (
            "lomake/priorities",
            "L17",
            "lines",
            "L1-L24",
            "begins or ends with a line that has none of the words",
        ),
        ("lomake/priorities", "L17", "priority", "Yksinäi", "is not in"),
        ("lomake/priorities", "L17", "priority", "inäisyyden ehkäisy", "is not in"),
    ],
)
def test_a_cell_without_effect_is_refused_with_table_row_and_line(
    table: str, row_id: str, column: str, value: str, reason: str, refusal: Callable[..., TableError]
) -> None:
    error = refusal(table, row_id, column, value)
    assert reason in error.reason or reason in str(error)
    assert error.table == f"{table}.csv"
