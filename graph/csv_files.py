"""CSV files as spreadsheets save them: read in their dialect, and written again in the same one."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.text_files import decode, normalise

# A cell may hold a whole paragraph; the csv module's own limit of 131,072 characters is lower than what it writes.
csv.field_size_limit(2**31 - 1)
_DELIMITERS = ",;\t"
_ANNOUNCED = "sep="


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a spreadsheet has saved a file; `mark` is a byte order mark, `announced` a first line such as `sep=;`."""

    delimiter: str = ","
    line_end: str = "\n"
    encoding: str = "utf-8"
    mark: bool = False
    announced: bool = False


PLAIN = Dialect()


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The cells of a CSV file: its header, the line that has it, and the other rows that hold something, by line."""

    name: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    dialect: Dialect

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows by line, as cells by column; raises TableError for a row of another length than the header."""
        for line, cells in self.rows:
            if len(cells) != len(self.header):
                reason = f"{len(cells)} cells under {len(self.header)} columns"
                raise TableError(self.name, cells[0] or "-", reason, line=line)
            yield line, dict(zip(self.header, cells, strict=True))


def read_csv(path: Path, name: str) -> CsvFile:
    """Read a CSV file; raises TableError, which calls the file `name`, for what cannot be read."""
    data = path.read_bytes()
    try:
        text, encoding = decode(data)
    except ValueError as error:
        raise TableError(name, "-", f"{error}; save it from the spreadsheet as CSV UTF-8") from error
    dialect, body = _dialect(text, encoding, mark=len(text.encode(encoding)) < len(data))
    before = 1 if dialect.announced else 0
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=dialect.delimiter, strict=True)
    try:
        lines = [(reader.line_num + before, tuple(cells)) for cells in reader if any(cells)]
    except csv.Error as error:
        reason = f"the CSV is broken ({error})"
        raise TableError(name, "-", reason, line=reader.line_num + before) from error
    header_line, header = lines[0] if lines else (before + 1, ())
    rows = tuple((line, _clean(name, cells, line)) for line, cells in lines[1:])
    return CsvFile(name, _clean(name, header, header_line), header_line, rows, dialect)


def _dialect(text: str, encoding: str, *, mark: bool) -> tuple[Dialect, str]:
    """The dialect of a text, and the text without the line that announces it."""
    line_end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    first, _, rest = text.partition(line_end)
    announced = first.startswith(_ANNOUNCED) and len(first.rstrip(",;\t")) in (4, 5) and len(first) > 4
    if announced:
        return Dialect(first[4], line_end, encoding, mark, announced=True), rest
    delimiter = max(_DELIMITERS, key=first.count)
    return Dialect(delimiter, line_end, encoding, mark), text


def _clean(name: str, cells: Sequence[str], line: int) -> tuple[str, ...]:
    try:
        return tuple(normalise(cell) for cell in cells)
    except ValueError as error:
        raise TableError(name, cells[0] or "-", str(error), line=line) from error


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]], dialect: Dialect = PLAIN) -> bytes:
    """The file in a dialect: the bytes that `read_csv` reads back as the same cells and the same dialect."""
    out = io.StringIO(newline="")
    if dialect.announced:
        out.write(f"{_ANNOUNCED}{dialect.delimiter}{dialect.line_end}")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    writer.writerow(header)
    writer.writerows(rows)
    mark = "\ufeff" if dialect.mark else ""
    return (mark + out.getvalue()).encode(dialect.encoding)
