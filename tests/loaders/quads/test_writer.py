"""Tables that pass every check of their cells but cannot become quads are refused with table and row."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from hytegraph.graph.errors import ManifestError, TableError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.documents.tables import Row, Table, read_table, write_table
from hytegraph.loaders.quads.statistics import number_of
from hytegraph.loaders.quads.steps import folder_quads

CopyOf = Callable[..., Path]


def change(folder: Path, name: str, **cells: str) -> Row:
    """Set cells of the first row of a table; gives the row as it was."""
    [file] = folder.rglob(f"{name}.csv")
    table = read_table(file)
    first, *others = table.rows
    rows = (Row({**first.cells, **cells}), *others)
    file.write_bytes(write_table(Table(table.kind, table.header, rows)))
    return first


@pytest.mark.parametrize(
    ("document", "table", "cells", "reason"),
    [
        ("002", "goals", {"goal": ""}, "goal must hold one text, it holds 0"),
        ("002", "priorities", {"priority": ""}, "priority must hold one text, it holds 0"),
        ("003", "projects", {"project": "Palveluverkkoprojekti | Palveluverkkoprojekti"}, "it holds 2"),
        ("003", "narratives", {"text": ""}, "text must hold one text, it holds 0"),
        ("004", "units", {"unit": ""}, "unit must hold one text, it holds 0"),
        ("004", "amendments", {"net": ""}, "net: '' is no amount"),
        ("004", "figures", {"parent": "Ei ole"}, "no figure of its group is called 'Ei ole'"),
    ],
)
def test_a_row_that_gives_no_thing_is_refused(
    document: str, table: str, cells: dict[str, str], reason: str, copy_of: CopyOf
) -> None:
    folder = copy_of(document)
    row = change(folder, table, **cells)
    with pytest.raises(TableError) as caught:
        folder_quads(read_folder(folder), DEFAULT_BASE)
    assert (caught.value.row, caught.value.line) == (row.id, 2)
    assert table in caught.value.table
    assert reason in caught.value.reason


@pytest.mark.parametrize("column", ["TP pian", "Ennuste 2022"])
def test_a_column_of_figures_that_names_no_scenario_and_period_is_refused(
    column: str, copy_of: CopyOf
) -> None:
    folder = copy_of("004")
    [file] = folder.rglob("figures.csv")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("TP 2021", column, 1), encoding="utf-8")
    with pytest.raises(TableError, match=f"the column '{column}'"):
        folder_quads(read_folder(folder), DEFAULT_BASE)


def test_a_kind_of_document_that_there_is_not_is_refused(copy_of: CopyOf) -> None:
    folder = copy_of("002")
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"template"', '"lomake"'), "utf-8")
    with pytest.raises(ManifestError, match="'lomake' is no kind of document"):
        folder_quads(read_folder(folder), DEFAULT_BASE)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("714 192", "714192"),
        ("27,7", "27.7"),
        ("27,7 Elinkeinopalv. 2 htv", "27.7"),
        ("672700 € Kemin kp. 109 047 €", "672700"),
        ("+ 1 310 855", "1310855"),
        ("-20 200", "-20200"),
        ("\u221215", "-15"),
        ("0", "0"),
        ("1 kpl", "1"),
        ("53 %", "53"),
        ("-", None),
        ("", None),
        ("7 14", None),
        ("Elinkeinopalv. 2 htv", None),
    ],
)
def test_the_number_a_cell_begins_with_is_its_value(text: str, number: str | None) -> None:
    assert number_of(text) == (None if number is None else Decimal(number))
