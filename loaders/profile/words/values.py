"""The values of cells by their role, and what a printed row takes from the rows and headings above it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import CellReader, Words, split_number
from hytegraph.loaders.profile.context import Context
from hytegraph.loaders.profile.rows import Entry
from hytegraph.loaders.profile.words.joined_cells import split_joined
from hytegraph.loaders.profile.words.legend import Legend
from hytegraph.loaders.profile.words.status import status_of

_LISTED = ("measure", "indicator", "goal", "realisation")
# Roles whose words stand for the rows below, too, where their cells are empty.
_FILLED_DOWN = ("sector", "aim", "priority", "goal")
# Things that have a label in each language of the document.
TRANSLATED = ("aim", "priority", "goal", "measure", "indicator")
_FILLED = "Tavoitteen solu on tyhjä; tavoite on ylemmän rivin."


@dataclass(slots=True)
class ValueReader:
    """Reads cells into an entry; `known` are parties that "ja" may stand between, `legend` the meaning of signs."""

    cells: CellReader
    known: frozenset[str] = frozenset()
    legend: Legend = field(default_factory=dict)

    def read(self, entry: Entry, cell: Placed, roles: tuple[str, ...], *, wrapped: bool) -> None:
        """Add to the entry what a cell says in the roles of its column or label."""
        if roles == ("status",):
            words, note = status_of(cell, self.cells, self.legend)
            entry.add("status", words)
            entry.notes += [note] if note else []
        elif len(roles) > 1:
            for role, words in split_joined(cell, roles, self.cells, self.known, wrapped=wrapped):
                entry.add(role, words)
        else:
            entry.add(roles[0], self.of_role(cell, roles[0], wrapped=wrapped))

    def translated(
        self, entry: Entry, cells: tuple[Placed, Placed], role: str, language: str, *, wrapped: bool
    ) -> None:
        """Add to the entry what the second cell repeats of the first in another language, item by item."""
        if role not in TRANSLATED:
            return
        first, second = (self.of_role(cell, role, wrapped=wrapped) for cell in cells)
        if len(first) == len(second):
            pairs = zip(_without_numbers(first)[1], _without_numbers(second)[1], strict=True)
            entry.translations += [(one, other, language) for one, other in pairs]

    def of_role(self, cell: Placed, role: str, *, wrapped: bool) -> list[Words]:
        """The values of a cell of that role."""
        if role in ("responsible", "partner"):
            return self.cells.parties(cell, self.known)
        if role in _LISTED:
            return self.cells.items(cell, wrapped=wrapped, capitals=role == "indicator")
        return self.cells.whole(cell)


def fill_from(entry: Entry, context: Context, filled: Iterable[str] = ()) -> None:
    """Take the numbers off, keep what the row names for the rows below, and fill in what those above have named.

    A role of `filled` has a column of its own, which is empty: the row is doubtful then.
    """
    for role in _FILLED_DOWN:
        own = entry.cells.get(role, [])
        if own:
            numbers, texts = _without_numbers(own)
            entry.cells[role] = texts
            context.put(role, texts, number=numbers[0] if numbers else None)
        elif held := context.held.get(role):
            entry.cells[role] = held
            entry.notes += [_FILLED] if role == "goal" and role in filled else []
    if not entry.cells.get("number") and "goal" in context.numbers:
        entry.cells["goalNumber"] = [context.numbers["goal"]]


def with_numbers(entry: Entry) -> Iterator[Entry]:
    """The entry, or one for each measure where they have numbers of their own; without any the goal's number holds."""
    of_goal = entry.cells.pop("goalNumber", [])
    numbers, measures = _without_numbers(entry.measures)
    if len(entry.measures) > 1 and numbers and not entry.cells.get("number"):
        for printed in entry.measures:
            own, measure = _without_numbers([printed])
            yield replace(entry, cells={**entry.cells, "number": own or of_goal}, measures=measure)
        return
    entry.measures = measures
    if not entry.cells.get("number"):
        entry.cells["number"] = numbers or of_goal
    yield entry


def _without_numbers(words: Sequence[Words]) -> tuple[list[Words], list[Words]]:
    split = [(split_number(piece), piece) for piece in words]
    numbers = [Words(number, piece.lines[:1]) for (number, _), piece in split if number]
    return numbers, [rest for (_, rest), _ in split]
