"""Where in its file a passage stands: page, sheet, table, row and column, in words and as facts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.languages import Text
from hytegraph.graph.vocab import HYTE, RDF, RDFS, XSD
from hytegraph.loaders.documents.blocks import Block, Placed

# The fragments of a PDF, after the number sign of its address: `page=2&viewrect=72,90,300,40`.
PDF_FRAGMENTS = NamedNode("http://tools.ietf.org/rfc/rfc3778")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A page or sheet of a file, and a row of a table on it; 0 and '' where the form has none."""

    page: int = 0
    sheet: str = ""
    sheet_number: int = 0
    table: int = 0
    row: int = 0

    @property
    def slug(self) -> str:
        """The place as the end of an IRI: `p2-t1-r5`."""
        parts = {"p": self.page, "s": self.sheet_number, "t": self.table, "r": self.row}
        return "-".join(f"{letter}{number}" for letter, number in parts.items() if number)

    @property
    def words(self) -> Text:
        """The place as a reader finds it: `s. 2, taulukko 1, rivi 5`.

        >>> FilePlace(page=2, table=1, row=5).words.en
        'p. 2, table 1, row 5'
        >>> FilePlace(sheet="Toimet", sheet_number=1, table=1, row=4).words.fi
        'taulukko Toimet, rivi 4'
        """
        return Text(
            fi=self._in_words("s.", "taulukko", "taulukko", "rivi"),
            sv=self._in_words("s.", "blad", "tabell", "rad"),
            en=self._in_words("p.", "sheet", "table", "row"),
        )

    def _in_words(self, page: str, sheet: str, table: str, row: str) -> str:
        parts = [f"{page} {self.page}" if self.page else "", f"{sheet} {self.sheet}" if self.sheet else ""]
        # The first table of a sheet is the sheet itself.
        if self.table and (self.table > 1 or not self.sheet):
            parts.append(f"{table} {self.table}")
        return ", ".join(filter(None, (*parts, f"{row} {self.row}" if self.row else "")))

    def facts(self) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        """What is stated of the place."""
        yield RDF.type, HYTE.DocumentPlace
        for label in self.words.literals():
            yield RDFS.label, label
        if self.sheet:
            yield HYTE.sheetName, Literal(self.sheet)
        for predicate, number in (
            (HYTE.pageNumber, self.page), (HYTE.tableNumber, self.table), (HYTE.tableRow, self.row)
        ):  # fmt: skip
            if number:
                yield predicate, Literal(str(number), datatype=XSD.integer)


class FilePlaces:
    """The places of a document's lines; a document that was text has none."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = sorted(placed, key=lambda each: each.span.first)
        self._firsts = [each.span.first for each in self._placed]
        self._sheets = list(dict.fromkeys(each.block.sheet for each in placed if each.block.sheet))

    def of_line(self, line: int) -> tuple[FilePlace, int] | None:
        """The place of a line and the column of the table there, 0 where it is none; None for a line without place."""
        block = self._block(line)
        if block is None:
            return None
        sheet_number = self._sheets.index(block.sheet) + 1 if block.sheet else 0
        place = FilePlace(block.page, block.sheet, sheet_number, block.table, block.row)
        return (place, block.column) if place.slug else None

    def fragment(self, line: int) -> str:
        """The page of a line and the box of its block (left, top, width and height in points), '' without pages.

        Behind the number sign of its address it opens a PDF there.
        """
        block = self._block(line)
        if block is None or not block.page:
            return ""
        if not block.box:
            return f"page={block.page}"
        left, top, right, bottom = block.box
        return f"page={block.page}&viewrect={left},{top},{right - left},{bottom - top}"

    def _block(self, line: int) -> Block | None:
        at = bisect_right(self._firsts, line) - 1
        is_held = at >= 0 and line <= self._placed[at].span.last
        return self._placed[at].block if is_held else None
