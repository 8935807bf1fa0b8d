"""XML that every reader takes: what XML cannot hold is refused, with the reason, and never sent."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, parse, serialize

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.vocab import PREFIXES, RDF
from hytegraph.graph.writing.order import Statement, Statements
from hytegraph.graph.writing.terms import iri_of, is_iri

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
# So many triples are made at one time, and more than so many bytes wait on the disk.
_LINES, _IN_MEMORY = 10_000, 1 << 20
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
    names, is_renamed = _element_names(read())
    if nameless := next((name for name in sorted(names) if not _ENDS_IN_NAME.search(name)), None):
        raise NotWritableError(LABEL, f"<{nameless}> does not end in a name of XML")
    used = {
        prefix: space for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in names)
    }
    with SpooledTemporaryFile(_IN_MEMORY) as body:
        try:
            serialize(_triples(read(), is_renamed), body, format=RdfFormat.RDF_XML, prefixes=used)
        except OSError as error:
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


def _triples(ordered: Iterable[Statement], is_renamed: bool) -> Iterator[Triple]:
    """The triples of statements, their blank nodes with names that XML takes where theirs are none."""
    lines = (
        " ".join((*map(_renamed, terms), ".\n")) if is_renamed else " ".join((*terms, ".\n"))
        for terms in ordered
    )
    while some := "".join(islice(lines, _LINES)):
        for quad in parse(some, format=RdfFormat.N_TRIPLES, lenient=True):
            yield quad.triple


def _renamed(term: str) -> str:
    return f"_:n{term[2:]}" if term.startswith("_:") else term


def _with_ordered_prefixes(line: bytes) -> bytes:
    """The line with its prefixes in order; pyoxigraph writes them in another order in each process."""
    return _ROOT.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", line)


def _element_names(ordered: Iterable[Statement]) -> tuple[set[str], bool]:
    """The IRIs that become elements, properties and classes of things; and whether a blank node has no name of XML."""
    names: set[str] = set()
    is_renamed = False
    for subject, predicate, value in ordered:
        names.add(predicate)
        if predicate == _TYPE and is_iri(value):
            names.add(value)
        is_renamed = is_renamed or any(
            term.startswith("_:") and not _IS_NAME.fullmatch(term[2:]) for term in (subject, value)
        )
    return set(map(iri_of, names)), is_renamed
