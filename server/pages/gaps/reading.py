"""The things with a gap, some at a time."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.gaps import GapRow, gap_rows
from hytegraph.graph.summaries.tables import Summaries, Wanted
from hytegraph.server.pages.shared.paging import Part, part_of_rows

_PLACES = "gap-places"


def rows_of(
    summaries: Summaries, name: str, town: str | None, document: str | None, size: int
) -> Part[GapRow]:
    """The part that the address asks for of the things with a gap, in a town and a document (an IRI) or in all.

    In a document the rows have their places there only. Raises the 404 for a part that does not exist.
    """
    kind = Literal(name)
    where: Wanted = {"gap": kind} | ({"document": NamedNode(document)} if document else {"first": Literal(1)})

    def read(offset: int, limit: int) -> Sequence[GapRow]:
        places = summaries.rows(_PLACES, town, where, offset=offset, limit=limit)
        things = list(dict.fromkeys(row["thing"] for row in places))
        rows = summaries.rows("gaps", town, {"gap": kind, "thing": [thing for thing in things if thing]})
        chosen = rows if document is None else [row for row in rows if row.text("document") == document]
        found = {(row.thing, row.detail): row for row in gap_rows(chosen)}
        return tuple(found[row.text("thing"), row.text("detail")] for row in places)

    return part_of_rows(summaries.count(_PLACES, town, where), read, size)
