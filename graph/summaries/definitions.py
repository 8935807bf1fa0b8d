"""What summaries there are: the queries of this folder with their headers, and the queries of the gaps.

The header of a query says `town`, the variable whose IRI lies under a town, `order`, the variables by which its rows
are ordered in a town, and `indexes`, lists of columns that pages choose rows by. A `.sql` file sums up summaries that
are named in its `sources`; its first column is the town.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.query.gaps import load_gaps
from hytegraph.graph.query.named import header_of
from hytegraph.graph.query.stored import stored_query

GAPS = "gaps"
_GAP_COLUMNS = ("gap", "thing", "detail", "label", "document", "passage", "lineStart", "lineEnd")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary: SPARQL queries, each with the values of columns that it does not give, or the SQL of other summaries.

    `columns` are given where several queries make up one summary, else they are those of the query.
    """

    name: str
    queries: tuple[tuple[str, Mapping[str, str]], ...]
    town: str = ""
    order: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()
    sql: str = ""
    sources: tuple[str, ...] = ()


@cache
def load_summaries() -> Mapping[str, Summary]:
    """All summaries by name, each after those that it is made of."""
    folder = Path(__file__).parent
    asked = [_of_query(file) for file in sorted(folder.glob("*.rq"))]
    summed = [_of_sql(file) for file in sorted(folder.glob("*.sql"))]
    return {summary.name: summary for summary in (_gaps(), *asked, *summed)}


def summary_of(name: str) -> Summary:
    """The summary of that name; raises UnknownNameError with the names there are."""
    known = load_summaries()
    if name not in known:
        raise UnknownNameError("summary", name, known)
    return known[name]


@cache
def layout() -> str:
    """A checksum of all definitions: tables that were made by others are not read."""
    texts = "\n".join(map(repr, load_summaries().values()))
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def _of_query(file: Path) -> Summary:
    header = header_of(file.read_text("utf-8"))
    text = stored_query(__name__, file.stem)
    return Summary(file.stem, ((text, {}),), header["town"], tuple(header["order"]), _indexes(header))


def _of_sql(file: Path) -> Summary:
    text = file.read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("--+")]
    header = header_of("\n".join(f"#+{line.removeprefix('--+')}" for line in lines))
    return Summary(file.stem, (), indexes=_indexes(header), sql=text, sources=tuple(header["sources"]))


def _indexes(header: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(columns) for columns in header.get("indexes", ()))


def _gaps() -> Summary:
    return Summary(
        GAPS,
        tuple((gap.query.text, {"gap": name}) for name, gap in load_gaps().items()),
        town="thing",
        order=("gap", "document", "lineStart", "thing", "detail"),
        indexes=(("gap", "thing"),),
        columns=_GAP_COLUMNS,
    )
