"""The terms of a statement, from their writing in N-Triples by the engine: IRIs as they are, texts with escapes."""

import re
from typing import NamedTuple

from hytegraph.graph.vocab import XSD

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LITERAL = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(.*)', re.DOTALL)
_STRING = XSD.string.value


class LiteralTerm(NamedTuple):
    """A literal: its value, the language and direction of a text, and the IRI of its datatype."""

    value: str
    language: str = ""
    direction: str = ""
    datatype: str = _STRING


def is_iri(term: str) -> bool:
    """Whether a term is an IRI, and no triple term."""
    return term[0] == "<" and term[1] != "<"


def is_literal(term: str) -> bool:
    """Whether a term is a literal."""
    return term[0] == '"'


def iri_of(term: str) -> str:
    """The IRI of a term that is one."""
    return term[1:-1]


def literal_of(term: str) -> LiteralTerm:
    """What a literal holds."""
    written, rest = _LITERAL.fullmatch(term).groups()  # type: ignore[union-attr] # every literal is of this form
    value = unescaped(written)
    if rest.startswith("@"):
        language, _, direction = rest[1:].partition("--")
        return LiteralTerm(value, language, direction, "")
    return LiteralTerm(value, datatype=iri_of(rest[2:])) if rest else LiteralTerm(value)


def unescaped(text: str) -> str:
    """The signs of a text that are written with a backslash as themselves."""
    return _ESCAPED.sub(_sign, text) if "\\" in text else text


def _sign(escaped: re.Match[str]) -> str:
    short, long, sign = escaped.groups()
    return _SIGNS.get(sign, sign) if sign else chr(int(short or long, 16))
