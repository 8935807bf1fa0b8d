"""What was published under a name and is no longer stated: `replaced.csv` of a folder says what has taken its place."""

from collections.abc import Mapping
from pathlib import Path

from hytegraph.graph.csv_files import csv_bytes, read_csv
from hytegraph.graph.errors import TableError

FILE = "replaced.csv"
COLUMNS = ("thing", "replacedBy")


def read_replaced(folder: Path) -> Mapping[str, str]:
    """The path of each retired thing, after the town, with the path of what has taken its place, '' for nothing.

    Raises TableError for a line that cannot be read.
    """
    file = folder / FILE
    if not file.exists():
        return {}
    table = read_csv(file, FILE)
    if table.header != COLUMNS:
        raise TableError(FILE, "-", f"the columns are not {', '.join(COLUMNS)}", line=table.header_line)
    return {cells["thing"]: cells["replacedBy"] for _, cells in table.records()}


def write_replaced(folder: Path, replaced: Mapping[str, str]) -> None:
    """Write the file, sorted by path."""
    (folder / FILE).write_bytes(csv_bytes(COLUMNS, sorted(replaced.items())))
