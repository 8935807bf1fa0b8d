"""Named queries: reads their `#+` headers, binds values, runs them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import yaml
from pyoxigraph import Literal, Triple

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import ResultFormat
from hytegraph.graph.languages import Text
from hytegraph.graph.resources import data_files
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.sparql.binding import substitute
from hytegraph.graph.store.dataset import Dataset

# grlc's convention: a variable that begins with an underscore is a parameter.
_MARK = "_"
_PARAMETER = re.compile(r" ?\?_\w+")
_PARAMETER_NAME = re.compile(r"\?(_\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query: the variable `?_name`, bound to text.

    Without a default it may be left out: the variable is then unbound, and the query gives every row. `values` names
    the query of `queries/values/` that lists the values it may have.
    """

    name: str
    summary: Text
    default: str | None = None
    example: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `queries/service/`: its public name, what it gives (fi, sv, en), its parameters and text.

    `description` is empty where the summary says it all; `subject` is what the query is about.
    """

    name: str
    summary: Text
    description: Text
    subject: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT: variables in projection order, and rows of terms as text, None where unbound."""

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> tuple[tuple[str | None, ...], ...]:
        """The terms as text."""
        return tuple(tuple(None if term is None else text_of(term) for term in row) for row in self.terms)


Answer = Solutions | bool | tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """A question that the graph must answer, from `queries/competency/`.

    `audience` is who asks it, `expects` the honest answer today (fi, sv, en), `graphs` what it needs beside the
    asserted facts: `default` nothing, `inferred` the inferred graph, `links` the link assertions.
    """

    number: int
    query: NamedQuery
    audience: str
    expects: Text
    graphs: str


@dataclass(frozen=True, slots=True)
class EngineTrap:
    """A query of `queries/traps/` that does what its writer means, and `trap`, the one that looks as if it did.

    The summary says what happens, the description why and what to do about it.
    """

    query: NamedQuery
    trap: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """A query of `queries/recipes/` that answers a question of research: how to read the answer, what misleads."""

    query: NamedQuery
    reading: str
    trap: str


@cache
def load_queries() -> dict[str, NamedQuery]:
    """All named queries by name, in the order of their names."""
    return {
        file.stem: parse_query(file.stem, file.read_text(encoding="utf-8"))
        for file in data_files("queries", "service/*.rq")
    }


@cache
def load_value_lists() -> dict[str, NamedQuery]:
    """The queries that list the values of parameters, by name: `?value`, and its `?label` in languages if it has
    one.
    """
    return {
        file.stem: parse_query(file.stem, file.read_text(encoding="utf-8"))
        for file in data_files("queries", "values/*.rq")
    }


@cache
def load_competency_questions() -> dict[str, CompetencyQuestion]:
    """All competency questions by name, in the order of their numbers."""
    return {
        file.stem: _question(file.stem, file.read_text(encoding="utf-8"))
        for file in data_files("queries", "competency/cq-*.rq")
    }


@cache
def load_engine_traps() -> dict[str, EngineTrap]:
    """All traps of the query language and of the engine, by name."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in data_files("queries", "traps/*.rq")}
    return {
        name: EngineTrap(parse_query(name, text), header_of(text)["trap"]) for name, text in texts.items()
    }


@cache
def load_recipes() -> dict[str, Recipe]:
    """All recipes of the cookbook by name, in their order."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in data_files("queries", "recipes/*.rq")}
    headers = {name: header_of(text) for name, text in texts.items()}
    return {
        name: Recipe(parse_query(name, text), headers[name]["reading"], headers[name]["trap"])
        for name, text in texts.items()
    }


def _question(name: str, text: str) -> CompetencyQuestion:
    header = header_of(text)
    return CompetencyQuestion(
        int(name.split("-")[1]),
        parse_query(name, text),
        header["audience"],
        in_languages(header, "expects"),
        header["graphs"],
    )


def named_query(name: str) -> NamedQuery:
    """The query of that name; raises UnknownNameError with the names there are."""
    queries = load_queries()
    if name not in queries:
        raise UnknownNameError("query", name, queries)
    return queries[name]


# The headers of all queries take half a second of a start with the loader that is written in Python.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def header_of(text: str) -> dict[str, Any]:
    """The values of a query's `#+` header."""
    lines = (line[2:] for line in text.splitlines() if line.startswith("#+"))
    return yaml.load("\n".join(lines), _LOADER) or {}


def in_languages(header: Mapping[str, Any], key: str) -> Text:
    """A header's text in fi, sv and en: `key`, `key_sv` and `key_en`."""
    return Text(header[key], header[f"{key}_sv"], header[f"{key}_en"])


def parse_query(name: str, text: str) -> NamedQuery:
    """A named query from its text with a grlc header; the summary of a check is its problem."""
    header = header_of(text)
    parameters = tuple(
        Parameter(
            cells["name"],
            Text.of(cells),
            str(cells["default"]) if "default" in cells else None,
            str(cells.get("example", "")),
            cells.get("values", ""),
        )
        for cells in header.get("params", ())
    )
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"
    return NamedQuery(
        name,
        in_languages(header, "summary" if "summary" in header else "problem"),
        in_languages(header, "description") if "description" in header else Text(),
        header.get("subject", ""),
        tuple(header.get("tags", ())),
        parameters,
        body,
    )


def bind(query: NamedQuery, values: Mapping[str, str]) -> dict[str, Literal]:
    """The substitutions for a query's parameters; one that has no default is left unbound by an empty value too.

    Raises UnknownNameError for a value it has no parameter for.
    """
    names = {parameter.name for parameter in query.parameters}
    for name in values:
        if name not in names:
            raise UnknownNameError("parameter", name, names)
    given = ((each, values.get(each.name, each.default or "")) for each in query.parameters)
    return {
        f"{_MARK}{each.name}": Literal(value) for each, value in given if value or each.default is not None
    }


def written_out(query: NamedQuery, values: Mapping[str, str]) -> str:
    """The text of a query with its parameters put in and out of its columns, so that it runs anywhere.

    The filter of a parameter that is left out is left out too.
    """
    terms = bind(query, values)
    lines = []
    for line in query.text.split("\n"):
        begin = line.lstrip()
        if begin.startswith(("SELECT ", "GROUP BY ")):
            lines.append(_PARAMETER.sub("", line))
        elif not begin.startswith("FILTER") or set(_PARAMETER_NAME.findall(line)) <= set(terms):
            lines.append(line)
    return substitute("\n".join(lines), terms)


def run(dataset: Dataset, query: NamedQuery, values: Mapping[str, str]) -> Solutions:
    """The rows of a named SELECT query; parameters are left out of the columns."""
    if dataset.is_immutable:
        return _kept(dataset, query, tuple(sorted(values.items())))
    return _run(dataset, query, values)


@lru_cache(maxsize=2)
def _kept(dataset: Dataset, query: NamedQuery, values: tuple[tuple[str, str], ...]) -> Solutions:
    """The rows of the last answers: a page and its data are asked for one after the other."""
    return _run(dataset, query, dict(values))


def _run(dataset: Dataset, query: NamedQuery, values: Mapping[str, str]) -> Solutions:
    names, rows = dataset.solutions(query.text, **bind(query, values))
    shown = [index for index, name in enumerate(names) if not name.startswith(_MARK)]
    return Solutions(tuple(names[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in rows))


def answer_in(dataset: Dataset, query: NamedQuery, values: Mapping[str, str], syntax: ResultFormat) -> bytes:
    """The answer of a SELECT or ASK query in a format of SPARQL results; parameters are left out of the columns."""
    return dataset.answer(written_out(query, values), syntax)


def answer(dataset: Dataset, query: NamedQuery, values: Mapping[str, str]) -> Answer:
    """The answer of a query of any form: rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT."""
    form = dataset.check(query.text).form
    if form == "SELECT":
        return run(dataset, query, values)
    if form == "ASK":
        return dataset.ask(query.text, **bind(query, values))
    return dataset.construct(query.text, **bind(query, values))
