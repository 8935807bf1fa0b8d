"""The list of findings that are known and kept: one CSV per document folder."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from hytegraph.graph.csv_files import csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.graph.validation.report import Expected, Finding

FILE = "expected-findings.csv"
COLUMNS = ("shape", "focus", "value", "note")


def read_expected(file: Path, base: str) -> tuple[Expected, ...]:
    """The findings of a list, () when there is no such file; raises TableError for a line that says too little.

    A focus such as `kemi/row/…` is short for `{base}id/kemi/row/…`.
    """
    if not file.is_file():
        return ()
    table = read_csv(file, file.name)
    if table.header != COLUMNS:
        raise TableError(file.name, "-", f"the columns must be {', '.join(COLUMNS)}", line=table.header_line)
    return tuple(_expected(file, line, cells, base) for line, cells in table.records())


def _expected(file: Path, line: int, row: Mapping[str, str], base: str) -> Expected:
    cells = {name: cell.strip() for name, cell in row.items()}
    for name in ("shape", "focus", "note"):
        if not cells[name]:
            raise TableError(file.name, str(line), f"the {name} is missing", line=line)
    if "://" not in cells["focus"]:
        cells["focus"] = f"{base}id/{cells['focus']}"
    return Expected(**cells)


def expected_csv(expected: Iterable[Expected]) -> str:
    """The list as a file, with whole IRIs."""
    rows = [(each.shape, each.focus, each.value, each.note) for each in sorted(set(expected))]
    return csv_bytes(COLUMNS, rows).decode()


def mark(
    findings: Iterable[Finding], expected: Iterable[Expected]
) -> tuple[tuple[Finding, ...], tuple[Expected, ...]]:
    """The findings with those on the list marked, and what is on the list but was not found."""
    listed = sorted(set(expected))
    by_focus: dict[tuple[str, str], list[Expected]] = {}
    for each in listed:
        by_focus.setdefault((each.shape, each.focus), []).append(each)
    marked, met = [], set[Expected]()
    for finding in findings:
        covering = [each for each in by_focus.get((finding.shape, finding.iri), ()) if each.covers(finding)]
        met.update(covering)
        marked.append(replace(finding, expected=True, note=covering[0].note) if covering else finding)
    return tuple(marked), tuple(each for each in listed if each not in met)
