"""The messages of the embedded engine as errors of hytegraph."""

import re

from hytegraph.graph.errors import QueryFailedError, QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.lexer import undeclared_prefix

_POSITION = re.compile(r"error at (\d+):(\d+): ", re.IGNORECASE)
_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported", re.IGNORECASE)
# A list of all that could have stood in a place is longer than the query.
_LONGEST = 400


def syntax_error(message: str, text: str) -> QuerySyntaxError:
    """The error of the engine's message on that text: an undeclared prefix by its name, else as the engine says."""
    if unknown := undeclared_prefix(text):
        prefix = unknown.text.partition(":")[0]
        before = text[: unknown.start]
        line, column = before.count("\n") + 1, unknown.start - (before.rfind("\n") + 1) + 1
        return QuerySyntaxError(f"The prefix {prefix}: is not declared.", line=line, column=column)
    position = _POSITION.search(message)
    if position is None:
        return QuerySyntaxError(message)
    rest = " ".join(message[position.end() :].split())
    return QuerySyntaxError(rest[:_LONGEST], line=int(position[1]), column=int(position[2]))


def evaluation_error(message: str) -> QueryRefusedError | QueryFailedError:
    """The error of what the engine says while it evaluates: an unknown function is the query's fault, by its name."""
    if unknown := _FUNCTION.search(message):
        return QueryRefusedError(
            f"The function <{unknown[1]}> is not known here: only those of SPARQL 1.1 and the casts of XML Schema are.",
            kind="function",
            subject=unknown[1],
        )
    return QueryFailedError(message)
