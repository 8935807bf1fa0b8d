"""A kind of document as one object, and what reading a document of that kind gives."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.tables import Table, table_of
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.profile.model import Profile
from hytegraph.loaders.row_writer import Rows


@dataclass(frozen=True, slots=True)
class KnownGoal:
    """A goal that another document of the town states: its wording, its aim, its strategy's period or date."""

    text: str
    aim: str
    strategy: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read of a document: what it says of itself, and its tables.

    `strategy` is the version of the city strategy whose goals the document states, '' where it names none, `language`
    that of its words. `profile` is what its tables were taken for, None where the kind knows its layout.
    """

    title: str
    period: str
    tables: tuple[Table, ...]
    date: str = ""
    strategy: str = ""
    language: str = "fi"
    profile: Profile | None = None


Matches = Callable[[SourceText], bool]
Extract = Callable[[SourceText, Cleaner, tuple[KnownGoal, ...]], Extraction]
ExtractByProfile = Callable[[SourceText, Cleaner, Profile], Extraction]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    `slug` begins the readable name of a document, `code` is its term in the graph. `matches` recognises the kind by the
    content; `extract` reads the redacted document. `states_goals`: a document of this kind states at least one goal,
    else it has not been read. `needs_goals`: the documents name no aims, so they are read after those that do.
    `orders_goals`: the goals stand in the order of the plan. `itemises_measures`: each measure of a table row has lines
    of its own. `is_report`: the document reports on measures and is not the plan that holds them. `extract_by_profile`
    reads the document by what a person has approved of its tables, where the kind has any layout.
    """

    name: str
    slug: str
    code: NamedNode
    matches: Matches
    extract: Extract
    states_goals: bool = True
    needs_goals: bool = False
    orders_goals: bool = False
    itemises_measures: bool = False
    is_report: bool = False
    extract_by_profile: ExtractByProfile | None = None


def tables_of(rows: Rows, *, extra: Iterable[str] = ()) -> tuple[Table, ...]:
    """Tables from rows by table name, rows in the order of the document; `extra` are the columns of figures."""
    return tuple(
        table_of(name, rows[name], tuple(extra) if name == "figures" else ())
        for name in sorted(rows)
        if rows[name]
    )
