"""JSON-LD with the terms of `ontology/context.jsonld`: those that are used stand in the file, so it is read offline.

A node has one line. A value that the definition of its term does not fit stands under the name of its property with a
prefix, for which nothing is defined.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.resources import data_folder
from hytegraph.graph.vocab import PREFIXES, RDF, XSD
from hytegraph.graph.writing.order import by_graph, by_subject, sorted_triples

LABEL = "JSON-LD"
# Numbers beyond are rounded by many readers.
_LARGEST = 2**53
_SPACES = {space: prefix for prefix, space in PREFIXES.items()}

Term = NamedNode | BlankNode | Literal | Triple


def write_json_ld(triples: Iterable[Triple]) -> bytes:
    """The triples as one list of nodes; raises NotWritableError for what JSON-LD cannot hold."""
    writer = _Writer()
    return writer.document(writer.nodes(sorted_triples(triples)))


def write_json_ld_graphs(quads: Iterable[Quad]) -> bytes:
    """The quads as a list of the default graph's nodes and of named graphs; raises NotWritableError."""
    writer = _Writer()
    entries: list[str] = []
    for name, triples in by_graph(quads):
        nodes = writer.nodes(triples)
        if isinstance(name, DefaultGraph):
            entries += nodes
        else:
            inner = ",\n".join(nodes)
            entries.append(f'{{"id":{_json(writer.node(name))},"@graph":[\n{inner}\n]}}')
    return writer.document(entries)


class _Writer:
    """Writes nodes and gathers the part of the context that they need."""

    def __init__(self) -> None:
        self._context: dict[str, Any] = {}

    def document(self, entries: list[str]) -> bytes:
        """The whole document."""
        context = {"@version": 1.1, "id": "@id", "type": "@type"} | dict(sorted(self._context.items()))
        graph = ",\n".join(entries)
        return f'{{"@context":{_json(context)},\n"@graph":[\n{graph}\n]}}\n'.encode()

    def nodes(self, triples: tuple[Triple, ...]) -> list[str]:
        """A line for each subject."""
        return [_json(self._node(subject, group)) for subject, group in by_subject(triples)]

    def node(self, term: Term) -> str:
        """The identifier of a node."""
        if isinstance(term, NamedNode):
            scheme = term.value.partition(":")[0]
            if scheme in PREFIXES:
                raise NotWritableError(LABEL, f"the scheme of <{term.value}> is one of our prefixes")
            return term.value
        if isinstance(term, BlankNode):
            return str(term)
        raise NotWritableError(LABEL, "it has no triple terms, which the data hold")

    def _node(self, subject: Term, triples: tuple[Triple, ...]) -> dict[str, Any]:
        node: dict[str, Any] = {"id": self.node(subject)}
        types = [self._vocabulary(t.object) for t in triples if t.predicate == RDF.type and _is_iri(t.object)]
        if types:
            node["type"] = types[0] if len(types) == 1 else types
        others = (t for t in triples if t.predicate != RDF.type or not _is_iri(t.object))
        for predicate, group in groupby(others, key=lambda triple: triple.predicate):
            self._property(node, predicate, [triple.object for triple in group])
        return node

    def _property(self, node: dict[str, Any], predicate: NamedNode, values: list[Term]) -> None:
        term, definition = _terms().get(predicate.value, ("", {}))
        plain = values
        if definition.get("@container") == "@language":
            told = [value for value in values if isinstance(value, Literal) and _is_told(value)]
            plain = [value for value in values if value not in told]
            if told:
                node[self._term(term)] = _language_map(told)
            term, definition = "", {}
        if plain:
            written = [self._value(value, definition.get("@type", "")) for value in plain]
            name = self._term(term) if term else self._name(predicate.value)
            node[name] = written[0] if len(written) == 1 else written

    def _value(self, value: Term, coerced: str) -> Any:
        if not isinstance(value, Literal):
            if coerced == "@vocab" and isinstance(value, NamedNode) and value.value in _names():
                return self._term(_names()[value.value])
            return self.node(value) if coerced == "@id" else {"id": self.node(value)}
        if value.language:
            direction = {"@direction": value.direction.value} if value.direction else {}
            return {"@value": value.value, "@language": value.language} | direction
        datatype = value.datatype.value
        if coerced and not coerced.startswith("@") and datatype == XSD.iri + coerced.partition(":")[2]:
            self._prefix("xsd")
            return int(value.value) if _is_integer(value) else value.value
        if value.datatype == XSD.string:
            return {"@value": value.value} if coerced else value.value
        if not coerced and _is_integer(value):
            return int(value.value)
        return {"@value": value.value, "@type": self._name(datatype)}

    def _term(self, term: str) -> str:
        """A term of the context, with its definition and what that needs."""
        definition = _context()[term]
        self._context[term] = definition
        for iri in definition.values() if isinstance(definition, dict) else (definition,):
            self._prefix(iri.partition(":")[0])
        return term

    def _vocabulary(self, iri: Term) -> str:
        assert isinstance(iri, NamedNode)
        return self._term(_names()[iri.value]) if iri.value in _names() else self._name(iri.value)

    def _name(self, iri: str) -> str:
        """The IRI with a prefix where one fits; else whole."""
        space = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if space in _SPACES and space != iri:
            self._prefix(_SPACES[space])
            return f"{_SPACES[space]}:{iri.removeprefix(space)}"
        return self.node(NamedNode(iri))

    def _prefix(self, prefix: str) -> None:
        if prefix in PREFIXES:
            self._context[prefix] = PREFIXES[prefix]


def _is_iri(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _is_told(literal: Literal) -> bool:
    """Whether a map from languages to texts can hold it."""
    return bool(literal.language) and not literal.direction


def _language_map(literals: list[Literal]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for literal in literals:
        texts.setdefault(str(literal.language), []).append(literal.value)
    return {key: found[0] if len(found) == 1 else found for key, found in sorted(texts.items())}


def _is_integer(literal: Literal) -> bool:
    text = literal.value
    is_number = literal.datatype == XSD.integer and text.removeprefix("-").isdecimal()
    return is_number and str(int(text)) == text and abs(int(text)) < _LARGEST


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
