"""Reads a query or an update with rdflib's parser, for what the tokens alone cannot decide."""

import contextlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from pyoxigraph import Store

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.engine_errors import syntax_error

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def warm_up() -> None:
    """Load what reading a query needs, in the calling thread: processes that are forked later have it then."""
    from rdflib.plugins.sparql import algebra  # noqa: F401 # loaded for from_clauses

    for text in ("SELECT * FROM <a:a> { ?s ?p 'o'@fi . FILTER(?s > 1) }", "ASK { ?s <a:a>+/^<a:b> _:x }"):
        from_clauses(_parse(text, text))
    with contextlib.suppress(QueryRefusedError):
        _refuse_update("CLEAR ALL")


def read_query(text: str, visible: str) -> Any:
    """The parse tree of a query; `visible` is the text without strings, IRIs and comments.

    Raises QueryRefusedError for an update and for what cannot be judged, and QuerySyntaxError.
    """
    return _parser().submit(_parse, text, visible).result()


def read_update(text: str) -> Any:
    """The parse tree of an update; raises QueryRefusedError for deep nesting, and QuerySyntaxError."""
    return _parser().submit(_parse_update, text).result()


@cache
def _parser() -> ThreadPoolExecutor:
    """The one thread that parses.

    pyparsing keeps its state in global grammar objects, so only one text can be read at a time. And its exceptions
    keep the frames below them alive until the garbage collector comes; in the asking thread these would hold the
    query's result, which pyoxigraph must not drop in another thread.
    """
    return ThreadPoolExecutor(1, "sparql-guard")


# A forked process has none of its parent's threads, and would wait for this one for ever.
os.register_at_fork(after_in_child=_parser.cache_clear)


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
        return syntax_error(str(error), text)
    except (ValueError, RuntimeError, OSError) as error:
        return QuerySyntaxError(str(error), line=line, column=column)
    return QueryRefusedError(
        "The query uses something beyond SPARQL 1.1 that cannot be judged.", kind="unsupported"
    )


def nodes(value: Any) -> Iterator[Any]:
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


def from_clauses(tree: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
    if relative := next((iri for iri in (*default, *named) if not _SCHEME.match(iri)), None):
        raise QuerySyntaxError(f"The graph <{relative}> of a FROM clause is relative; write the whole IRI.")
    return default, named
