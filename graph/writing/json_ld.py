"""JSON-LD with the terms of `ontology/context.jsonld`: those that are used stand in the file, so it is read offline.

A node has one line. A value that the definition of its term does not fit stands under the name of its property with a
prefix, for which nothing is defined.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.resources import data_folder
from hytegraph.graph.vocab import PREFIXES, RDF, XSD
from hytegraph.graph.writing.order import Graphs, Statement, Statements, by_subject
from hytegraph.graph.writing.terms import LiteralTerm, iri_of, is_iri, is_literal, literal_of
from hytegraph.graph.writing.waiting import write_waiting

LABEL = "JSON-LD"
# Numbers beyond are rounded by many readers.
_LARGEST = 2**53
_MOST_DIGITS = len(str(-_LARGEST))
_SPACES = {space: prefix for prefix, space in PREFIXES.items()}
_TYPE = str(RDF.type)
_INTEGER, _STRING = XSD.integer.value, XSD.string.value
_END = "\n]}\n"


def write_json_ld(read: Statements, out: BinaryIO) -> None:
    """Write statements in their order as one list of nodes; raises NotWritableError for what JSON-LD cannot hold."""
    writer = _Writer()
    write_waiting(_listed(writer.nodes(read())), writer.head, out, _END)


def write_json_ld_graphs(read: Graphs, out: BinaryIO) -> None:
    """Write graphs in their order as a list of the default graph's nodes and of named graphs.

    Raises NotWritableError.
    """
    writer = _Writer()
    write_waiting(_entries(writer, read), writer.head, out, _END)


def _entries(writer: "_Writer", read: Graphs) -> Iterator[str]:
    between = ""
    for name, ordered in read():
        if name:
            yield f'{between}{{"id":{_json(writer.node(name))},"@graph":[\n'
        yield from _listed(writer.nodes(ordered))
        if name:
            yield "\n]}"
        between = ",\n"


def _listed(nodes: Iterable[str]) -> Iterator[str]:
    between = ""
    for node in nodes:
        yield between + node
        between = ",\n"


class _Writer:
    """Writes nodes and gathers the part of the context that they need."""

    def __init__(self) -> None:
        self._context: dict[str, Any] = {}

    def head(self) -> str:
        """What comes before the nodes: the context."""
        context = {"@version": 1.1, "id": "@id", "type": "@type"} | dict(sorted(self._context.items()))
        return f'{{"@context":{_json(context)},\n"@graph":[\n'

    def nodes(self, ordered: Iterable[Statement]) -> Iterator[str]:
        """A line for each subject."""
        for subject, group in by_subject(ordered):
            yield _json(self._node(subject, group))

    def node(self, term: str) -> str:
        """The identifier of a node."""
        if is_iri(term):
            return self._iri(iri_of(term))
        if term.startswith("_:"):
            return term
        raise NotWritableError(LABEL, "it has no triple terms, which the data hold")

    def _iri(self, iri: str) -> str:
        scheme = iri.partition(":")[0]
        if scheme in PREFIXES:
            raise NotWritableError(LABEL, f"the scheme of <{iri}> is one of our prefixes")
        return iri

    def _node(self, subject: str, group: list[Statement]) -> dict[str, Any]:
        node: dict[str, Any] = {"id": self.node(subject)}
        types = [
            self._vocabulary(iri_of(value)) for _, predicate, value in group if _is_type(predicate, value)
        ]
        if types:
            node["type"] = types[0] if len(types) == 1 else types
        others = (statement for statement in group if not _is_type(*statement[1:]))
        for predicate, same in groupby(others, key=itemgetter(1)):
            self._property(node, iri_of(predicate), [value for _, _, value in same])
        return node

    def _property(self, node: dict[str, Any], predicate: str, values: list[str]) -> None:
        term, definition = _terms().get(predicate, ("", {}))
        plain = values
        if definition.get("@container") == "@language":
            told = {value: literal_of(value) for value in values if _is_told(value)}
            plain = [value for value in values if value not in told]
            if told:
                node[self._term(term)] = _language_map(told.values())
            term, definition = "", {}
        if plain:
            written = [self._value(value, definition.get("@type", "")) for value in plain]
            name = self._term(term) if term else self._name(predicate)
            node[name] = written[0] if len(written) == 1 else written

    def _value(self, value: str, coerced: str) -> Any:
        if is_literal(value):
            return self._literal(literal_of(value), coerced)
        if coerced == "@vocab" and is_iri(value) and iri_of(value) in _names():
            return self._term(_names()[iri_of(value)])
        return self.node(value) if coerced == "@id" else {"id": self.node(value)}

    def _literal(self, literal: LiteralTerm, coerced: str) -> Any:
        if literal.language:
            direction = {"@direction": literal.direction} if literal.direction else {}
            return {"@value": literal.value, "@language": literal.language} | direction
        if _names_datatype(coerced) == literal.datatype:
            self._prefix("xsd")
            return int(literal.value) if _is_integer(literal) else literal.value
        if literal.datatype == _STRING:
            return {"@value": literal.value} if coerced else literal.value
        if not coerced and _is_integer(literal):
            return int(literal.value)
        return {"@value": literal.value, "@type": self._name(literal.datatype)}

    def _term(self, term: str) -> str:
        """A term of the context, with its definition and what that needs."""
        definition = _context()[term]
        self._context[term] = definition
        for iri in definition.values() if isinstance(definition, dict) else (definition,):
            self._prefix(iri.partition(":")[0])
        return term

    def _vocabulary(self, iri: str) -> str:
        return self._term(_names()[iri]) if iri in _names() else self._name(iri)

    def _name(self, iri: str) -> str:
        """The IRI with a prefix where one fits; else whole."""
        space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if space in _SPACES and space != iri:
            self._prefix(_SPACES[space])
            return f"{_SPACES[space]}:{iri.removeprefix(space)}"
        return self._iri(iri)

    def _prefix(self, prefix: str) -> None:
        if prefix in PREFIXES:
            self._context[prefix] = PREFIXES[prefix]


def _is_type(predicate: str, value: str) -> bool:
    return predicate == _TYPE and is_iri(value)


def _is_told(value: str) -> bool:
    """Whether a map from languages to texts can hold it."""
    return is_literal(value) and value[-1] not in '">' and "--" not in value[value.rindex('"') :]


def _names_datatype(coerced: str) -> str:
    """The IRI of the datatype that a definition gives to its values; empty where it gives none."""
    return XSD.iri + coerced.partition(":")[2] if coerced.startswith("xsd:") else ""


def _language_map(literals: Iterable[LiteralTerm]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for literal in literals:
        texts.setdefault(literal.language, []).append(literal.value)
    return {key: found[0] if len(found) == 1 else found for key, found in sorted(texts.items())}


def _is_integer(literal: LiteralTerm) -> bool:
    text = literal.value
    is_number = literal.datatype == _INTEGER and text.removeprefix("-").isdecimal()
    # Python does not read numbers of thousands of digits.
    return is_number and len(text) <= _MOST_DIGITS and str(int(text)) == text and abs(int(text)) < _LARGEST


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@cache
def _context() -> Mapping[str, Any]:
    """The published context."""
    content = json.loads((data_folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    return {key: value for key, value in content.items() if not key.startswith("@")}


@cache
def _names() -> Mapping[str, str]:
    """The terms of the context without a definition of their values, by their IRI: classes and codes."""
    return {
        _whole(value): term
        for term, value in _context().items()
        if isinstance(value, str) and ":" in value and term not in PREFIXES
    }


@cache
def _terms() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """The terms of properties with their definitions, by the IRI of the property."""
    return {
        _whole(value["@id"]): (term, value) for term, value in _context().items() if isinstance(value, dict)
    }


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
