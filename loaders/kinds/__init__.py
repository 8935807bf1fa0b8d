"""The kinds of documents: each module recognises one kind by its content and reads it into tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from hytegraph.graph.errors import DocumentError
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.tables import Table, table_of
from hytegraph.loaders.documents.text import Cleaner

MODULES = {
    "action-plan": "hytegraph.loaders.kinds.action_plan",
    "realisation-report": "hytegraph.loaders.kinds.realisation_report",
    "template": "hytegraph.loaders.kinds.template",
    "minutes-extract": "hytegraph.loaders.kinds.minutes",
    "interim-report": "hytegraph.loaders.kinds.interim_report.report",
}

Rows = dict[str, list[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read of a document: its kind, what it says of itself, and its tables."""

    kind: str
    title: str
    period: str
    date: str
    tables: tuple[Table, ...]
    strategy: str = ""


class KindModule(Protocol):
    """What a module of a kind of document offers."""

    def matches(self, document: SourceText) -> bool:
        """Whether the content is of this kind."""
        ...

    def extract(self, document: SourceText, cleaner: Cleaner, known_goals: Mapping[str, str]) -> Extraction:
        """Read the (already redacted) document into tables; `known_goals` gives the aim of a goal's wording key."""
        ...


def recognise(document: SourceText) -> str:
    """The name of the document's kind, from its content; raises DocumentError when no kind fits."""
    for name in MODULES:
        if module_of(name).matches(document):
            return name
    raise DocumentError(document.name, f"the content fits no known kind of document ({', '.join(MODULES)})")


def module_of(kind: str) -> KindModule:
    """The module that reads a kind, imported when first asked for."""
    return cast(KindModule, import_module(MODULES[kind]))


def tables_of(rows: Rows, *, extra: Iterable[str] = ()) -> tuple[Table, ...]:
    """Tables from rows by table name, rows in the order of the document; `extra` are the columns of figures."""
    return tuple(
        table_of(name, rows[name], tuple(extra) if name == "figures" else ())
        for name in sorted(rows)
        if rows[name]
    )
