"""Reads a card: a table of labels and what each says of one measure or goal."""

from collections.abc import Iterator
from dataclasses import dataclass

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import Words
from hytegraph.loaders.profile.context import Context, named_by
from hytegraph.loaders.profile.grids import Grid, words_of
from hytegraph.loaders.profile.headings import CARRYING, roles_of
from hytegraph.loaders.profile.model import TableProfile
from hytegraph.loaders.profile.rows import Entry
from hytegraph.loaders.profile.words.values import ValueReader, fill_from, with_numbers

_FEWEST_LABELS = 3


def label_columns(grid: Grid) -> list[int]:
    """The columns of labels, each with its values to the right; [] where the table is no card."""
    columns = grid.columns[::2]
    labels = [roles_of(text) for column in columns for text in _own_texts(grid, column)]
    values = [roles_of(text) for column in grid.columns[1::2] for text in _own_texts(grid, column)]
    roles = {role for named in labels for role in named}
    named = sum(map(bool, labels))
    is_card = (
        len(grid.columns) in (2, 4)
        and len(roles) >= _FEWEST_LABELS
        and bool(roles & CARRYING)
        and 5 * named >= 3 * len(labels)
        and 5 * sum(map(bool, values)) <= len(values)
    )
    return list(columns) if is_card else []


def _own_texts(grid: Grid, column: int) -> Iterator[str]:
    for row in grid.rows:
        cell = grid.cells.get((row, column))
        if cell and cell.block.row == row and cell.block.column == column and not grid.full_width(row):
            yield words_of(cell)


@dataclass(slots=True)
class CardReader:
    """Reads cards; a table may hold several, one below the other."""

    values: ValueReader

    def read(self, grid: Grid, profile: TableProfile, context: Context) -> Iterator[Entry]:
        """The entry of each card of the table."""
        entry, title, labels = Entry(), None, set[str]()
        context = context.copy()
        for row in grid.rows:
            wide = grid.full_width(row)
            if wide:
                if labels:
                    yield from self._finished(entry, title, context)
                    entry, labels = Entry(), set()
                title = self.values.cells.words(self.values.cells.numbered_lines(wide))
                continue
            for roles, value in self._pairs(grid, row, profile):
                if roles[0] in labels and roles[0] in CARRYING | {"aim"} and _is_next(roles[0], labels):
                    yield from self._finished(entry, title, context)
                    entry, title, labels = Entry(), None, set()
                labels.add(roles[0])
                self.values.read(entry, value, roles, wrapped=grid.is_wrapped)
        yield from self._finished(entry, title, context)

    def _pairs(self, grid: Grid, row: int, profile: TableProfile) -> Iterator[tuple[tuple[str, ...], Placed]]:
        last: tuple[str, ...] = ()
        for column in grid.columns[::2]:
            label, value = grid.cells.get((row, column)), grid.cells.get((row, column + 1))
            if label is None or value is None or value.block.row != row:
                continue
            roles = profile.labels.get(words_of(label), roles_of(words_of(label)))
            last = roles or last
            if roles and roles != ("note",):
                yield roles, value

    def _finished(self, entry: Entry, title: Words | None, context: Context) -> Iterator[Entry]:
        if title and not entry.measures:
            named = named_by(title)
            if named.role:
                entry.cells.setdefault(named.role, [named.words])
            else:
                entry.add("measure", [title])
        if not entry.cells and not entry.measures:
            return
        fill_from(entry, context)
        yield from with_numbers(entry)


def _is_next(role: str, labels: set[str]) -> bool:
    """Whether a label that comes again begins the next card: the first label, or the measure after other labels."""
    return len(labels) > 1 or role == "measure"
