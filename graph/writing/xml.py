"""XML that every reader takes: what XML cannot hold is refused, with the reason, and never sent."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.vocab import PREFIXES, RDF
from hytegraph.graph.writing.order import Statement, Statements, inner_terms
from hytegraph.graph.writing.terms import iri_of, is_iri, is_literal, literal_of
from hytegraph.graph.writing.waiting import IN_MEMORY

LABEL = "RDF/XML"
# XML 1.0, 2.2: no control characters but tab, line feed and carriage return, and neither U+FFFE nor U+FFFF.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_IMPOSSIBLE_IN_UTF8 = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAME_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = rf"[{_NAME_START}][{_NAME_START}\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*"
_ENDS_IN_NAME = re.compile(rf"{_NAME}\Z")
_IS_NAME = re.compile(_NAME)
_TYPE = str(RDF.type)
Term = NamedNode | BlankNode | Literal | Triple
_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")


def clean_xml(written: bytes, label: str) -> bytes:
    """The written XML with its carriage returns kept from being read as line feeds.

    Raises NotWritableError for a character that XML cannot hold.
    """
    _refuse_impossible(written, label)
    return _with_returns(written)


def _refuse_impossible(written: bytes, label: str) -> None:
    if impossible := _IMPOSSIBLE_IN_UTF8.search(written):
        code = ord(impossible[0].decode())
        raise NotWritableError(label, f"XML has no character U+{code:04X}, which a value holds")


def _with_returns(written: bytes) -> bytes:
    return written.replace(b"\r", b"&#xD;")


def write_rdf_xml(read: Statements, out: BinaryIO) -> None:
    """Write statements in their order as RDF/XML; raises NotWritableError for what it cannot name or hold."""
    names, mark = _element_names(read())
    if nameless := next((name for name in sorted(names) if not _ENDS_IN_NAME.search(name)), None):
        raise NotWritableError(LABEL, f"<{nameless}> does not end in a name of XML")
    used = {
        prefix: space for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in names)
    }
    with SpooledTemporaryFile(IN_MEMORY) as body:
        try:
            serialize(_triples(read(), mark), body, format=RdfFormat.RDF_XML, prefixes=used)
        except OSError as error:
            if error.errno is not None:
                raise
            # Words of RDF/XML itself, such as rdf:li, are no properties there.
            raise NotWritableError(LABEL, str(error)) from error
        body.seek(0)
        for line in body:
            _refuse_impossible(line, LABEL)
        body.seek(0)
        # The root has a line of its own, the second.
        for line in islice(body, 2):
            out.write(_with_ordered_prefixes(line))
        for line in body:
            out.write(_with_returns(line))


def _triples(ordered: Iterable[Statement], mark: str) -> Iterator[Triple]:
    """The triples of statements, the names of their blank nodes behind a mark."""
    for terms in ordered:
        yield Triple(*(_term(term, mark) for term in terms))  # type: ignore[arg-type] # each is of its kind


def _term(term: str, mark: str) -> Term:
    if is_iri(term):
        return NamedNode(iri_of(term))
    if term.startswith("_:"):
        return BlankNode(mark + _without_colon(term[2:]) if mark else term[2:])
    if not is_literal(term):
        return Triple(*(_term(inner, mark) for inner in inner_terms(term)))  # type: ignore[arg-type]
    value, language, direction, datatype = literal_of(term)
    if direction:
        return Literal(value, language=language, direction=BaseDirection(direction))
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))


def _without_colon(name: str) -> str:
    """Another name for each name: names of XML that identify nodes have no colon."""
    return name.replace("_", "__").replace(":", "_c")


def _blank_nodes(term: str) -> Iterator[str]:
    """The names of the blank nodes of a term."""
    if term.startswith("_:"):
        yield term[2:]
    elif term.startswith("<<"):
        for inner in inner_terms(term):
            yield from _blank_nodes(inner)


def _with_ordered_prefixes(line: bytes) -> bytes:
    """The line with its prefixes in order; pyoxigraph writes them in another order in each process."""
    return _ROOT.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", line)


def _element_names(ordered: Iterable[Statement]) -> tuple[set[str], str]:
    """The IRIs that become elements, properties and classes of things; and what makes names of XML of blank nodes."""
    names: set[str] = set()
    mark = ""
    for subject, predicate, value in ordered:
        names.add(predicate)
        if predicate == _TYPE and is_iri(value):
            names.add(value)
        if not mark and any(
            not _IS_NAME.fullmatch(node) for term in (subject, value) for node in _blank_nodes(term)
        ):
            mark = "n"
    return set(map(iri_of, names)), mark
