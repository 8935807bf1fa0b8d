"""Results of queries in the formats of the table."""

import io

from pyoxigraph import QueryResultsFormat, QueryTriples

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.formats import GraphFormat, ResultFormat
from hytegraph.graph.results import Result
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.graph.writing.xml import clean_xml


def serialise(result: Result, syntax: ResultFormat | GraphFormat) -> bytes:
    """The result in that syntax, which must be one for results or for graphs as the result is.

    Raises NotWritableError for what the syntax cannot express, and QueryFailedError.
    """
    if isinstance(result, QueryTriples):
        if isinstance(syntax, ResultFormat):
            raise QueryFailedError(f"triples cannot be written as {syntax.label}")
        return serialise_triples(result, syntax)
    if isinstance(syntax, GraphFormat):
        raise QueryFailedError(f"solutions cannot be written as {syntax.label}")
    output = io.BytesIO()
    result.serialize(output, syntax.results)
    return clean_results(output.getvalue(), syntax)


def clean_results(written: bytes, syntax: ResultFormat) -> bytes:
    """What the engine has written, if every reader can take it; raises NotWritableError for what XML cannot hold."""
    return clean_xml(written, syntax.label) if syntax.results == QueryResultsFormat.XML else written
