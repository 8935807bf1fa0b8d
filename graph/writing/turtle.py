"""Turtle and TriG as a person would write them: prefixes of the data too, types first, a blank line between
subjects.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from hytegraph.graph.vocab import PREFIXES, RDF, XSD
from hytegraph.graph.writing.order import Graphs, Statement, Statements, by_subject, inner_terms
from hytegraph.graph.writing.terms import iri_of, is_iri, is_literal, literal_of
from hytegraph.graph.writing.waiting import write_waiting

# Names that need no escape in any reader.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
# The things of a town, or of no town, under a base: `https://example.org/id/kemi/goal/2022-2025/`; no deeper ones.
_OWN_SPACE = re.compile(r"https?://[^\s<>]+?/id/((?:[a-z0-9\-]+/){1,3})")
_BARE = {
    XSD.integer.value: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal.value: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean.value: re.compile(r"true|false"),
}
_TYPE = str(RDF.type)
# A prefix that is used once makes a text longer.
_LEAST_USES = 2
# So many shortened IRIs are remembered.
_MOST_KEPT = 100_000


def write_turtle(read: Statements, out: BinaryIO) -> None:
    """Write statements that come in their order whenever they are read as Turtle, without holding them."""
    writer = _Writer(read())
    write_waiting(writer.body(read()), writer.head, out)


def write_trig(read: Graphs, out: BinaryIO) -> None:
    """Write graphs that come in their order, as their statements do, as TriG, without holding them."""
    writer = _Writer(statement for _, ordered in read() for statement in ordered)
    write_waiting(_graphs(writer, read), writer.head, out)


def _graphs(writer: "_Writer", read: Graphs) -> Iterator[str]:
    between = ""
    for name, ordered in read():
        yield f"{between}{name} {{\n\n" if name else between
        yield from writer.body(ordered)
        yield "\n}\n" if name else ""
        between = "\n"


class _Writer:
    """Shortens IRIs and knows which prefixes it has used."""

    def __init__(self, ordered: Iterable[Statement]) -> None:
        self._spaces = {space: prefix for prefix, space in PREFIXES.items()} | _own_spaces(ordered)
        self._used: dict[str, str] = {}
        self._iris: dict[str, str] = {}

    def head(self) -> str:
        """The prefixes that were used."""
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(self._used.items())]
        return "".join((*lines, "\n" if lines else ""))

    def body(self, ordered: Iterable[Statement]) -> Iterator[str]:
        """What is said of each subject, with a blank line before the next."""
        between = ""
        for subject, group in by_subject(ordered):
            yield f"{between}{self._term(subject)} {self._predicates(group)} .\n"
            between = "\n"

    def _predicates(self, group: list[Statement]) -> str:
        types_first = sorted(group, key=lambda statement: statement[1] != _TYPE)
        parts = []
        for predicate, same in groupby(types_first, key=itemgetter(1)):
            name = "a" if predicate == _TYPE else self._term(predicate)
            parts.append(f"{name} " + " ,\n        ".join([self._term(value) for _, _, value in same]))
        return " ;\n    ".join(parts)

    def _term(self, term: str) -> str:
        if known := self._iris.get(term):
            return known
        if is_literal(term):
            return self._literal(term)
        if is_iri(term):
            return self._shortened(term)
        if term.startswith("<<"):
            return f"<<( {' '.join(map(self._term, inner_terms(term)))} )>>"
        return term

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        literal = literal_of(term)
        bare = _BARE.get(literal.datatype)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        quoted, _, datatype = term.rpartition("^^")
        return f"{quoted}^^{self._term(datatype)}"

    def _shortened(self, term: str) -> str:
        space, local = _split(iri_of(term))
        prefix = self._spaces.get(space)
        written = term
        if prefix is not None and _LOCAL.fullmatch(local):
            self._used[prefix] = space
            written = f"{prefix}:{local}"
        if len(self._iris) >= _MOST_KEPT:
            self._iris.clear()
        self._iris[term] = written
        return written


def _split(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:end], iri[end:]


def _own_spaces(ordered: Iterable[Statement]) -> dict[str, str]:
    """The namespaces of the data's own things with prefixes made of their paths: `kemi-goal-2022-2025`."""
    uses = Counter(
        _split(iri_of(term))[0] for subject, _, value in ordered for term in (subject, value) if is_iri(term)
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
