"""The columns of figures are those that the document's header lines name, in their order."""

from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.loaders.documents.figure_headers import printed_columns, scenario_of
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.documents.tables import read_table

FIGURES = Path("osavuosikatsaus") / "figures.csv"


def rename(folder: Path, names: dict[str, str]) -> None:
    file = folder / FIGURES
    header, _, rest = file.read_text(encoding="utf-8").partition("\n")
    columns = [names.get(column, column) for column in header.split(",")]
    file.write_text(",".join(columns) + "\n" + rest, encoding="utf-8")


def test_swapped_headings_are_refused_with_the_row_and_the_headers_line(mallila_copy: Path) -> None:
    rename(mallila_copy, {"TP 2022": "TA 2023", "TA 2023": "TP 2022"})
    with pytest.raises(TableError, match=r"L78 .*the header's order \(line 47\), TP 2022, TA 2023") as caught:
        read_folder(mallila_copy)
    assert caught.value.table == "osavuosikatsaus/figures.csv"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("TP 2019", "names no 'TP 2019'"), ("TP 2O22", "is not a period"), ("Vuosi 2022", "no scenario")],
)
def test_a_heading_that_no_header_names_is_refused(name: str, reason: str, mallila_copy: Path) -> None:
    rename(mallila_copy, {"TP 2022": name})
    with pytest.raises(TableError, match=reason):
        read_folder(mallila_copy)


def test_columns_in_another_order_under_their_own_names_are_right(mallila_copy: Path) -> None:
    file = mallila_copy / FIGURES
    table = read_table(file)
    header = (*reversed(table.header),)
    lines = [";".join(header), *(";".join(row[name] for name in header) for row in table.rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert not [row for row in read_folder(mallila_copy).sources[1].corrected if row[0] == "figures"]


def test_columns_are_read_from_broken_header_lines() -> None:
    lines = ["Suorite TP 2021 TA 2022 TOTEUMA", "1–6/2022", "TP-", "ENNUSTE", "2022"]
    assert printed_columns(lines) == ("TP 2021", "TA 2022", "TOTEUMA 1-6/2022", "ENNUSTE 2022")
    assert scenario_of("TOTEUMA 1-6/2022")[1].slug == "2022-m01-m06"
