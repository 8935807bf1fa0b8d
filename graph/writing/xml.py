"""XML that every reader takes: what XML cannot hold is refused, with the reason, and never sent."""

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from hytegraph.graph.errors import NotWritableError
from hytegraph.graph.vocab import PREFIXES, RDF
from hytegraph.graph.writing.order import sorted_triples

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
_TYPE = RDF.type
_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")


def clean_xml(written: bytes, label: str) -> bytes:
    """The written XML with its carriage returns kept from being read as line feeds.

    Raises NotWritableError for a character that XML cannot hold.
    """
    if impossible := _IMPOSSIBLE_IN_UTF8.search(written):
        code = ord(impossible[0].decode())
        raise NotWritableError(label, f"XML has no character U+{code:04X}, which a value holds")
    return written.replace(b"\r", b"&#xD;")


def write_rdf_xml(triples: Iterable[Triple]) -> bytes:
    """The triples as RDF/XML; raises NotWritableError for a property or class that it cannot name."""
    ordered = sorted_triples(_renamed(tuple(triples)))
    names = _element_names(ordered)
    if nameless := next((name for name in names if not _ENDS_IN_NAME.search(name)), None):
        raise NotWritableError(LABEL, f"<{nameless}> does not end in a name of XML")
    used = {
        prefix: space for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in names)
    }
    try:
        written = serialize(ordered, format=RdfFormat.RDF_XML, prefixes=used) or b""
    except OSError as error:
        # Words of RDF/XML itself, such as rdf:li, are no properties there.
        raise NotWritableError(LABEL, str(error)) from error
    return clean_xml(_with_ordered_prefixes(written), LABEL)


def _renamed(triples: tuple[Triple, ...]) -> Iterable[Triple]:
    """The triples with names for their blank nodes that XML takes."""
    nodes = {t for triple in triples for t in (triple.subject, triple.object) if isinstance(t, BlankNode)}
    if all(_IS_NAME.fullmatch(node.value) for node in nodes):
        return triples
    names = {node: BlankNode(f"n{node.value}") for node in nodes}
    return (
        Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))  # type: ignore[arg-type] # a blank node becomes one
        for t in triples
    )


def _with_ordered_prefixes(written: bytes) -> bytes:
    """The file with its prefixes in order; pyoxigraph writes them in another order in each process."""
    return _ROOT.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", written, count=1)


def _element_names(triples: Iterable[Triple]) -> list[str]:
    """The IRIs that become elements: properties, and classes of things."""
    names: set[str] = set()
    for triple in triples:
        names.add(triple.predicate.value)
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            names.add(triple.object.value)
    return sorted(names)
