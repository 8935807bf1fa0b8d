"""Turtle and TriG as a person would write them: prefixes of the data too, types first, a blank line between
subjects.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from hytegraph.graph.vocab import PREFIXES, RDF, XSD
from hytegraph.graph.writing.order import GraphName, by_graph, sorted_triples

# Names that need no escape in any reader.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
# The things of a town, or of no town, under a base: `https://example.org/id/kemi/goal/2022-2025/`; no deeper ones.
_OWN_SPACE = re.compile(r"https?://[^\s<>]+?/id/((?:[a-z0-9\-]+/){1,3})")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_TYPE = RDF.type
# A prefix that is used once makes a text longer.
_LEAST_USES = 2
# So many shortened IRIs are remembered.
_MOST_KEPT = 100_000

Term = NamedNode | BlankNode | Literal | Triple
Graphs = Iterable[tuple[GraphName, Iterable[Triple]]]


def write_turtle(triples: Iterable[Triple]) -> bytes:
    """The triples as Turtle."""
    ordered = sorted_triples(triples)
    writer = _Writer(ordered)
    body = "".join(writer.body(ordered))
    return (writer.head() + body).encode()


def stream_turtle(read: Callable[[], Iterable[Triple]], out: BinaryIO) -> None:
    """Write the same for triples that come in their order whenever they are read, without holding them."""
    writer = _Writer(read())
    _stream(writer, writer.body(read()), out)


def write_trig(quads: Iterable[Quad]) -> bytes:
    """The quads as TriG."""
    graphs = by_graph(quads)
    writer = _Writer(triple for _, triples in graphs for triple in triples)
    body = "".join(_graphs(writer, graphs))
    return (writer.head() + body).encode()


def stream_trig(read: Callable[[], Graphs], out: BinaryIO) -> None:
    """Write the same for graphs that come in their order, as their triples do, without holding them."""
    writer = _Writer(triple for _, triples in read() for triple in triples)
    _stream(writer, _graphs(writer, read()), out)


def _stream(writer: "_Writer", texts: Iterable[str], out: BinaryIO) -> None:
    """The prefixes that were used come first, so that the rest waits in a temporary file for its end."""
    with TemporaryFile() as body:
        for text in texts:
            body.write(text.encode())
        out.write(writer.head().encode())
        body.seek(0)
        copyfileobj(body, out)


def _graphs(writer: "_Writer", graphs: Graphs) -> Iterator[str]:
    between = ""
    for name, triples in graphs:
        is_named = not isinstance(name, DefaultGraph)
        yield f"{between}{name} {{\n\n" if is_named else between
        yield from writer.body(triples)
        yield "\n}\n" if is_named else ""
        between = "\n"


class _Writer:
    """Shortens IRIs and knows which prefixes it has used."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._spaces = {space: prefix for prefix, space in PREFIXES.items()} | _own_spaces(triples)
        self._used: dict[str, str] = {}
        self._iris: dict[str, str] = {}

    def head(self) -> str:
        """The prefixes that were used."""
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(self._used.items())]
        return "".join((*lines, "\n" if lines else ""))

    def body(self, triples: Iterable[Triple]) -> Iterator[str]:
        """What is said of each subject, with a blank line before the next."""
        between = ""
        for subject, group in groupby(triples, key=lambda triple: triple.subject):
            yield f"{between}{self._term(subject)} {self._predicates(group)} .\n"
            between = "\n"

    def _predicates(self, triples: Iterable[Triple]) -> str:
        types_first = sorted(triples, key=lambda triple: triple.predicate != _TYPE)
        parts = []
        for predicate, group in groupby(types_first, key=lambda triple: triple.predicate):
            name = "a" if predicate == _TYPE else self._term(predicate)
            parts.append(f"{name} " + " ,\n        ".join(self._term(triple.object) for triple in group))
        return " ;\n    ".join(parts)

    def _term(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self._iris.get(term.value) or self._shortened(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        if isinstance(term, Triple):
            inner = " ".join(map(self._term, (term.subject, term.predicate, term.object)))
            return f"<<( {inner} )>>"
        return str(term)

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype
        if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
            return literal.value
        quoted = str(literal)
        if literal.language or datatype == XSD.string:
            return quoted
        return f"{quoted.rpartition('^^')[0]}^^{self._term(datatype)}"

    def _shortened(self, iri: str) -> str:
        space, local = _split(iri)
        prefix = self._spaces.get(space)
        if prefix is not None and _LOCAL.fullmatch(local):
            self._used[prefix] = space
            written = f"{prefix}:{local}"
        else:
            written = f"<{iri}>"
        if len(self._iris) >= _MOST_KEPT:
            self._iris.clear()
        self._iris[iri] = written
        return written


def _split(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:end], iri[end:]


def _own_spaces(triples: Iterable[Triple]) -> dict[str, str]:
    """The namespaces of the data's own things with prefixes made of their paths: `kemi-goal-2022-2025`."""
    uses = Counter(
        _split(term.value)[0]
        for triple in triples
        for term in (triple.subject, triple.object)
        if type(term) is NamedNode
    )
    spaces: dict[str, str] = {}
    taken = set(PREFIXES)
    for space in sorted(name for name, count in uses.items() if count >= _LEAST_USES):
        path = _OWN_SPACE.fullmatch(space)
        prefix = path[1].strip("/").replace("/", "-") if path else ""
        if prefix[:1].isalpha() and not prefix.endswith("-") and prefix not in taken:
            spaces[space] = prefix
            taken.add(prefix)
    return spaces
