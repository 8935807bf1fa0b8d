"""The list of findings that are known and kept: one CSV per document folder."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

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
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise TableError(file.name, "1", f"the columns must be {', '.join(COLUMNS)}", line=1)
        return tuple(_expected(file, reader.line_num, row, base) for row in reader)


def _expected(file: Path, line: int, row: dict[str, str], base: str) -> Expected:
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    for name in ("shape", "focus", "note"):
        if not cells[name]:
            raise TableError(file.name, str(line), f"the {name} is missing", line=line)
    if "://" not in cells["focus"]:
        cells["focus"] = f"{base}id/{cells['focus']}"
    return Expected(**cells)


def expected_csv(expected: Iterable[Expected]) -> str:
    """The list as a file, with whole IRIs."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((each.shape, each.focus, each.value, each.note) for each in sorted(set(expected)))
    return stream.getvalue()


def mark(
    findings: Iterable[Finding], expected: Iterable[Expected]
) -> tuple[tuple[Finding, ...], tuple[Expected, ...]]:
    """The findings with those on the list marked, and what is on the list but was not found."""
    listed = sorted(set(expected))
    marked, met = [], set[Expected]()
    for finding in findings:
        covering = [each for each in listed if each.covers(finding)]
        met.update(covering)
        marked.append(replace(finding, expected=True, note=covering[0].note) if covering else finding)
    return tuple(marked), tuple(each for each in listed if each not in met)
