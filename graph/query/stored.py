"""Queries stored in `.rq` files beside the module that runs them, and lists of IRIs put into their VALUES.

A stored query has a `#+` header and no PREFIX lines: the prologue comes from `vocab.PREFIXES`. A single value is bound
as a substitution of `Dataset.select`; many values stand in the place of an empty `VALUES ?name { }`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from pyoxigraph import NamedNode

from hytegraph.graph.iris import is_iri
from hytegraph.graph.results import Row
from hytegraph.graph.sparql.guard import ParsedQuery
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import PREFIXES

_PREFIX = re.compile(r"(?<![\w-])([a-z][\w-]*):")
# Stores limit how long a query may be.
_VALUES_AT_ONCE = 500


@cache
def stored_query(module: str, name: str) -> str:
    """The text of `NAME.rq` in the folder of a module (its `__name__`), with a PREFIX line for every prefix it uses.

    Raises FileNotFoundError where there is no such file.
    """
    text = files(module.rpartition(".")[0]).joinpath(f"{name}.rq").read_text("utf-8")
    return with_prologue("".join(line for line in text.splitlines(True) if not line.startswith("#")))


def with_prologue(body: str) -> str:
    """A query with the PREFIX lines that it needs before it.

    >>> with_prologue("ASK { ?plan dct:title ?title }")
    'PREFIX dct: <http://purl.org/dc/terms/>\\n\\nASK { ?plan dct:title ?title }'
    """
    used = set(_PREFIX.findall(body))
    lines = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items() if name in used)
    return f"{lines}\n{body}" if lines else body


def with_values(query: str, name: str, iris: Iterable[str]) -> Iterator[str]:
    """The query with the IRIs, each once, in its `VALUES ?name { }`: a text for every 500 of them.

    What is no IRI is left out; without any there is no text. Raises ValueError where the query has no such place.
    """
    place = f"VALUES ?{name} {{ }}"
    if place not in query:
        raise ValueError(f"the query has no {place}")
    nodes = [str(NamedNode(iri)) for iri in sorted(set(iris)) if is_iri(iri)]
    for start in range(0, len(nodes), _VALUES_AT_ONCE):
        values = " ".join(nodes[start : start + _VALUES_AT_ONCE])
        yield query.replace(place, f"VALUES ?{name} {{ {values} }}")


def judged_values(dataset: Dataset, query: str, name: str, iris: Iterable[str]) -> Iterator[ParsedQuery]:
    """As `with_values`, judged as the query without its IRIs is: what is an IRI changes nothing that it reaches.

    To judge a text with hundreds of IRIs takes many times as long as to answer it.
    """
    judged = dataset.check(query)
    return (replace(judged, text=text) for text in with_values(judged.text, name, iris))


def select_values(dataset: Dataset, query: str, name: str, iris: Iterable[str]) -> tuple[Row, ...]:
    """The rows of a SELECT query for every one of the IRIs; raises as `Dataset.select` and `with_values` do."""
    return tuple(
        row for judged in judged_values(dataset, query, name, iris) for row in dataset.select(judged)
    )
