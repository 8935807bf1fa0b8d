"""Where the cells of a table stand that cover several rows and columns."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Covered:
    """The places of the row in hand that cells of the rows above reach down to, by column: how many rows they go on."""

    rows_left: dict[int, int] = field(default_factory=dict)

    def free_from(self, column: int) -> int:
        """The first column from this one on that no cell from above covers."""
        while self.rows_left.get(column):
            column += 1
        return column

    def cover(self, column: int, columns: int, rows: int) -> None:
        """A cell begins in the row in hand."""
        for covered in range(column, column + columns):
            self.rows_left[covered] = max(rows, self.rows_left.get(covered, 0))

    def next_row(self) -> None:
        """Go on to the next row."""
        self.rows_left = {column: rows - 1 for column, rows in self.rows_left.items() if rows > 1}
