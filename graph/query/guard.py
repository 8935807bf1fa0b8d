"""Judges a SPARQL text before it is run: only queries, without SERVICE and without graphs from outside.

pyoxigraph sends SERVICE requests and has no switch against it, and a deeply nested text overflows its stack, which
ends the process. So a text is read first by another parser (rdflib's), the tree is searched, and what that parser
cannot read is refused. Both parsers get the same normalised text: where they read escapes or line ends differently,
a SERVICE could hide in what one of them takes for a string or a comment. A query in which the keywords can stand
nowhere (see `keywords`) is left to pyoxigraph: the other parser needs milliseconds.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import Store

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.query.keywords import may_reach_outside

REFUSALS = ("update", "service", "graph", "unsupported", "nesting", "size")
# pyoxigraph 0.5.13 overflowed its stack at 3 000 chained MINUS, at 10 000 operators and at 5 000 brackets.
MAX_NESTING = 24
MAX_STRUCTURE = 1000

_FORMS = {
    "SelectQuery": "SELECT",
    "AskQuery": "ASK",
    "ConstructQuery": "CONSTRUCT",
    "DescribeQuery": "DESCRIBE",
}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BRACKET = re.compile(r"[({\[\]})]")
_OPENING = re.compile(r"[({\[]|<<")
# Brackets that are hidden from _check_size in what only looks like an IRI or a comment; at 1 000 EXISTS overflowed.
_MAX_OPENINGS = 200
_FORM = re.compile(
    r"(?:\s|BASE(?=\s)|PREFIX\s+[^\s:]*:)*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:.\-])", re.IGNORECASE
)
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
)
_OPAQUE = re.compile(rf"{_STRING}|{_IRI}|#[^\n]*", re.DOTALL)
_SERVICE_WORD = re.compile(r"(?<![\w:?$.\-@])SERVICE(?![\w:\-])", re.IGNORECASE)
_STRUCTURE = re.compile(r"[{(\[!+\-*/|^;]|&&|\.(?=\s)")
_POSITION = re.compile(r"error at (\d+):(\d+): ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that may be run: its normalised text, its form, and the graphs of its FROM and FROM NAMED clauses."""

    text: str
    form: str
    from_graphs: tuple[str, ...] = ()
    from_named: tuple[str, ...] = ()


def check_query(
    text: str,
    graphs: Iterable[str] | None = None,
    *,
    is_strict: bool = False,
    services: frozenset[str] = frozenset(),
) -> ParsedQuery:
    """The parsed query, if it may be run.

    Raises QueryRefusedError for an update, SERVICE with anything but a constant IRI of `services`, a graph that is not in `graphs` (when given), or a text that cannot
    be judged, and QuerySyntaxError for a malformed text, unless it is harmless: that is found by who runs it. A strict
    check reads every text and lets nothing pass that is not SPARQL 1.1.

    >>> check_query("ASK { ?s ?p ?o }").form
    'ASK'
    """
    parsed = _judge(text, services, is_strict=is_strict)
    if graphs is not None:
        check_graphs((*parsed.from_graphs, *parsed.from_named), graphs)
    return parsed


def warm_up() -> None:
    """Load what reading a query needs, in the calling thread: processes that are forked later have it then."""
    from rdflib.plugins.sparql import algebra  # noqa: F401 # loaded for _from_clauses

    for text in ("SELECT * FROM <a:a> { ?s ?p 'o'@fi . FILTER(?s > 1) }", "ASK { ?s <a:a>+/^<a:b> _:x }"):
        _from_clauses(_parse(text, text))
    with contextlib.suppress(QueryRefusedError):
        _refuse_update("CLEAR ALL")


def check_update(text: str, *, has_graphs: bool = False) -> None:
    """Refuses an update: QueryRefusedError if it is one, QuerySyntaxError if it is malformed.

    `has_graphs` says that the request names graphs, which it may not do when the update names them too.
    """
    normal = _normalise(text)
    visible = _OPAQUE.sub(" ", normal)
    _check_size(visible)
    tree = _parser().submit(_parse_update, normal).result()
    if has_graphs and any("withClause" in node or "using" in node for node in _nodes(tree)):
        raise QuerySyntaxError("The graphs are named both by the request and by USING or WITH.")
    raise QueryRefusedError("This is an update; the service is read only.", kind="update")


def check_graphs(wanted: Iterable[str], graphs: Iterable[str]) -> None:
    """Refuses, with QueryRefusedError, the first wanted graph that the dataset does not hold."""
    known = frozenset(graphs)
    for iri in wanted:
        if iri not in known:
            raise QueryRefusedError(
                f"The dataset has no graph <{iri}>, and graphs are not fetched.", kind="graph", subject=iri
            )


def syntax_error(message: str) -> QuerySyntaxError:
    """The error of pyoxigraph's message, with its line and column."""
    position = _POSITION.search(message)
    if position is None:
        return QuerySyntaxError(message)
    rest = " ".join(message[position.end() :].split())
    return QuerySyntaxError(rest[:400], line=int(position[1]), column=int(position[2]))


@lru_cache(maxsize=512)
def _judge(text: str, services: frozenset[str], *, is_strict: bool) -> ParsedQuery:
    normal = _normalise(text)
    visible = _OPAQUE.sub(" ", normal)
    _check_size(visible)
    form = None if is_strict or _is_suspect(normal) else _FORM.match(visible)
    return ParsedQuery(normal, form[1].upper()) if form else _read(normal, visible, services)


def _is_suspect(normal: str) -> bool:
    """Whether the text could hold SERVICE or FROM, or hide so much that it might overflow the stack of the store."""
    return bool(
        may_reach_outside(normal)
        or len(_STRUCTURE.findall(normal)) > MAX_STRUCTURE
        or len(_OPENING.findall(normal)) > _MAX_OPENINGS
    )


def _read(normal: str, visible: str, services: frozenset[str]) -> ParsedQuery:
    """The query as rdflib reads it."""
    from rdflib import URIRef

    tree = _parser().submit(_parse, normal, visible).result()
    called = [node.term for node in _nodes(tree[1]) if node.name == "ServiceGraphPattern"]
    # The second look, by words, must agree with the tree: a difference means that the text can be read in two ways.
    is_doubtful = len(_SERVICE_WORD.findall(visible)) != len(called)
    if is_doubtful or not all(isinstance(term, URIRef) and str(term) in services for term in called):
        allowed = "only to " + ", ".join(sorted(services)) if services else "to nobody"
        raise QueryRefusedError(
            f"SERVICE is not allowed here: this endpoint sends requests {allowed}, by IRIs written out.",
            kind="service",
        )
    default, named = _from_clauses(tree)
    return ParsedQuery(normal, _FORMS[tree[1].name], default, named)


def _normalise(text: str) -> str:
    """Line ends as LF and code point escapes decoded (SPARQL 1.1, 19.2: before the grammar is applied)."""
    if "\0" in text:
        raise QuerySyntaxError("The text holds a NUL character.")
    try:
        decoded = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        decoded.encode("utf-8")
    except (ValueError, OverflowError) as error:
        raise QuerySyntaxError("A code point escape is outside Unicode.") from error
    if _ESCAPE.search(decoded):
        raise QueryRefusedError("An escaped backslash before u cannot be judged safely.", kind="unsupported")
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def _check_size(visible: str) -> None:
    depth = 0
    for bracket in _BRACKET.findall(visible):
        depth += 1 if bracket in "({[" else -1
        if depth > MAX_NESTING:
            raise QueryRefusedError(
                f"The query is nested more than {MAX_NESTING} levels deep.", kind="nesting"
            )
    if len(_STRUCTURE.findall(visible)) > MAX_STRUCTURE:
        raise QueryRefusedError(
            f"The query has more than {MAX_STRUCTURE} brackets, operators and patterns.", kind="size"
        )


@cache
def _parser() -> ThreadPoolExecutor:
    """The one thread that parses.

    pyparsing keeps its state in global grammar objects, so only one text can be read at a time. And its exceptions
    keep the frames below them alive until the garbage collector comes; in the asking thread these would hold the
    query's result, which pyoxigraph must not drop in another thread.
    """
    return ThreadPoolExecutor(1, "sparql-guard")


def _parse(text: str, visible: str) -> Any:
    from pyparsing import ParseException
    from rdflib.plugins import sparql
    from rdflib.plugins.sparql.parser import parseQuery

    sparql.SPARQL_LOAD_GRAPHS = False
    try:
        return parseQuery(text)
    except RecursionError as error:
        raise QueryRefusedError(
            "The query is too long or nested too deep to be judged.", kind="nesting"
        ) from error
    except ParseException as error:
        _refuse_update(text)
        raise _explain(text, visible, error.lineno, error.column) from error
    except Exception as error:  # rdflib raises bare errors of many kinds; whatever it cannot read is not run.
        raise _explain(text, visible, None, None) from error


def _parse_update(text: str) -> Any:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return parseUpdate(text)
    except RecursionError as error:
        raise QueryRefusedError("The update is nested too deep to be judged.", kind="nesting") from error
    except ParseException as error:
        raise QuerySyntaxError(
            "The text is not a SPARQL 1.1 update.", line=error.lineno, column=error.column
        ) from error
    except Exception as error:  # rdflib raises bare errors of many kinds
        raise QuerySyntaxError(f"The update cannot be read: {error}") from error


def _refuse_update(text: str) -> None:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        update = parseUpdate(text)
    except (ParseException, RecursionError):
        return
    # CompValue.get answers the key itself where there is none.
    if any(key == "request" and value for key, value in update.items()):
        raise QueryRefusedError("This is an update; the service is read only.", kind="update")


def _explain(
    text: str, visible: str, line: int | None, column: int | None
) -> QuerySyntaxError | QueryRefusedError:
    """pyoxigraph's error, whose positions are nearer, if the text can be shown to it without any risk."""
    if "service" in visible.lower() or re.match(r"\s*ASK\b", visible, re.IGNORECASE):
        return QuerySyntaxError("The text is not a SPARQL 1.1 query.", line=line, column=column)
    try:
        Store().query(text)
    except SyntaxError as error:
        return syntax_error(str(error))
    except (ValueError, RuntimeError, OSError) as error:
        return QuerySyntaxError(str(error), line=line, column=column)
    return QueryRefusedError(
        "The query uses something beyond SPARQL 1.1 that cannot be judged.", kind="unsupported"
    )


def _nodes(value: Any) -> Iterator[Any]:
    """Every node of rdflib's parse tree, in any order, without recursion."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, CompValue):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, ParseResults | list | tuple | set):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())


def _from_clauses(tree: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "datasetClause" not in tree[1]:
        return (), ()
    from rdflib.plugins.sparql.algebra import translatePrologue

    try:
        prologue = translatePrologue(tree[0], None)
        clauses = tree[1]["datasetClause"]
        default = tuple(str(prologue.absolutize(c["default"])) for c in clauses if "default" in c)
        named = tuple(str(prologue.absolutize(c["named"])) for c in clauses if "named" in c)
    except Exception as error:  # an unknown prefix is a bare Exception in rdflib
        raise QuerySyntaxError(f"The graph of a FROM clause cannot be read: {error}") from error
    return default, named
