"""How a reader arranges a table: sorted, narrowed, with some columns, dense or not. The address says all of it.

So an arrangement can be sent, printed, and asked for as data; nothing of it needs a script.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Self
from urllib.parse import urlencode

from flask import request

from hytegraph.server.http.parameters import Parameter
from hytegraph.server.pages.shared.paging import no_such_value

SORT = Parameter(
    "sort", "The column by which rows are sorted; with '-' before it downwards.", example="-period"
)
COLUMNS = Parameter("columns", "A column that is shown; without any, those of the page.", repeated=True)
DENSITY = Parameter("density", "How close the rows stand.", values=("tight",))
WORDS = Parameter("words", "Words that a row must hold.", example="nuoret")
ARRANGED = (SORT, COLUMNS, DENSITY, WORDS)
# What a facet calls an empty cell.
EMPTY, FILLED = "(none)", "(any)"
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `facet` says by what rows are narrowed, its values, whether it is filled, or nothing.

    One that `is_wide` holds sentences.
    """

    name: str
    facet: Literal["", "values", "filled"] = ""
    is_shown: bool = True
    is_numeric: bool = False
    is_wide: bool = False


def facets(columns: Iterable[Column]) -> tuple[Parameter, ...]:
    """The parameters by which a table of these columns is narrowed."""
    return tuple(
        Parameter(column.name, f"Narrows the rows by the column {column.name}.")
        for column in columns
        if column.facet
    )


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What an address asks of a table; `chosen` are the values of facets by column."""

    sort: str = ""
    columns: tuple[str, ...] = ()
    is_tight: bool = False
    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def asked(cls, columns: Sequence[Column]) -> Self:
        """What the address of the running request asks; raises the 400 for columns that the table does not have."""
        names = [column.name for column in columns]
        sort = request.args.get(SORT.name, "")
        if sort and sort.removeprefix("-") not in names:
            raise no_such_value(SORT.name, sort)
        shown = [name for name in request.args.getlist(COLUMNS.name) if name]
        for name in shown:
            if name not in names:
                raise no_such_value(COLUMNS.name, name)
        default = [column.name for column in columns if column.is_shown]
        density = request.args.get(DENSITY.name, "")
        if density not in ("", *DENSITY.values):
            raise no_such_value(DENSITY.name, density)
        return cls(
            sort,
            () if shown == default else tuple(name for name in names if name in shown),
            bool(density),
            request.args.get(WORDS.name, "").strip()[:_LONGEST_WORDS],
            {
                column.name: value
                for column in columns
                if column.facet and (value := request.args.get(column.name))
            },
        )

    @property
    def is_downwards(self) -> bool:
        """Whether the last rows come first."""
        return self.sort.startswith("-")

    def sorts_by(self, column: str) -> bool:
        """Whether the rows are sorted by that column."""
        return self.sort.removeprefix("-") == column

    def sorted_by(self, column: str) -> Self:
        """The same sorted by a column: upwards, or downwards where it is so already."""
        is_turned = self.sorts_by(column) and not self.is_downwards
        return replace(self, sort=f"-{column}" if is_turned else column)

    def without(self, name: str) -> Self:
        """The same not narrowed by a facet or the words."""
        if name == WORDS.name:
            return replace(self, words="")
        return replace(self, chosen={key: value for key, value in self.chosen.items() if key != name})

    def shows(self, column: Column) -> bool:
        """Whether a column is shown."""
        return column.name in self.columns if self.columns else column.is_shown

    def address(self, others: Iterable[tuple[str, str]] = ()) -> str:
        """The address, relative to the page, of the table so arranged, with other parameters of the page before."""
        pairs = [*others, *self.chosen.items()]
        pairs += [(WORDS.name, self.words)] if self.words else []
        pairs += [(SORT.name, self.sort)] if self.sort else []
        pairs += [(COLUMNS.name, name) for name in self.columns]
        pairs += [(DENSITY.name, DENSITY.values[0])] if self.is_tight else []
        return f"?{urlencode(pairs)}"
