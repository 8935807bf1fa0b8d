"""Terms written into SPARQL texts for stores that take no bindings, and the one form of terms that stores spell
differently.

A variable is replaced by its term where the grammar has tokens: never inside a string, an IRI or a comment. So a value
cannot become anything else than one term.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.results import Term
from hytegraph.graph.sparql.lexer import tokens
from hytegraph.graph.vocab import XSD

_FORBIDDEN_IN_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')
_DECODED_BEFORE_GRAMMAR = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")
_INTEGERS = frozenset(
    XSD[name].value for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)


def write_term(term: Term) -> str:
    """The term as SPARQL; raises QueryFailedError for one that no text can name.

    >>> write_term(Literal('"} # ', language="fi"))
    '"\\\\"} # "@fi'
    """
    if isinstance(term, NamedNode):
        if _FORBIDDEN_IN_IRI.search(term.value):
            raise QueryFailedError(f"the IRI {term.value!r} cannot be written in a query")
        return f"<{term.value}>"
    if isinstance(term, Literal):
        # Some engines decode `\u0041` before they read strings, some after: an escaped backslash must not stand before
        # a bare u, or the two would read different strings. `\u0075` is u to both.
        return _DECODED_BEFORE_GRAMMAR.sub(
            lambda found: found[1] + ("\\u0075" if found[2] == "u" else "\\u0055"), str(term)
        )
    raise QueryFailedError("only IRIs and literals can be written in a query")


def substitute(text: str, terms: Mapping[str, Term]) -> str:
    """The query with the terms in the place of the variables; projected ones stay as columns of that one value."""
    return _Substitution(text, {name: write_term(term) for name, term in terms.items()}).written()


class _Substitution:
    """One pass over a query's tokens that knows whether it is in a projection, a pattern or a solution modifier."""

    def __init__(self, text: str, terms: Mapping[str, str]) -> None:
        self._text = text
        self._terms = terms
        self._part = "pattern"
        self._brackets = self._depth = 0
        self._clause = ""
        self._after_as = False

    def written(self) -> str:
        parts, end = [], 0
        for token in tokens(self._text):
            after_as, self._after_as = self._after_as, False
            if token.kind == "mark":
                self._bracket(token.text)
            elif token.kind == "word":
                self._word(token.text.upper())
            elif token.kind == "variable" and token.text in self._terms and not after_as:
                start, begun = token.start, end
                end = start + 1 + len(token.text)
                parts += [self._text[begun:start], self._replaced(self._text[start:end], token.text)]
        return "".join((*parts, self._text[end:]))

    def _replaced(self, written: str, variable: str) -> str:
        term = self._terms[variable]
        if self._part == "pattern" or self._brackets:
            return term
        if self._part == "projection":
            # A sub-SELECT leaves it out: the outer query may not name a variable that its pattern binds.
            return "" if self._depth else f"({term} AS {written})"
        return f"({term})" if self._clause == "GROUP" else written

    def _bracket(self, bracket: str) -> None:
        if bracket in ("{", "}"):
            self._part, self._brackets = "pattern", 0
            self._depth += 1 if bracket == "{" else -1
        elif bracket in ("(", ")") and self._part != "pattern":
            self._brackets += 1 if bracket == "(" else -1

    def _word(self, word: str) -> None:
        self._after_as = word == "AS"
        if word == "SELECT":
            self._part, self._brackets = "projection", 0
        elif word in ("WHERE", "FROM", "LIMIT", "OFFSET", "VALUES"):
            self._part = "pattern"
        elif word in ("GROUP", "ORDER", "HAVING"):
            self._part, self._brackets, self._clause = "modifier", 0, word


def normal_term(term: Term) -> Term:
    """The term in the one form that engines are compared in: numbers and booleans by value, language tags in small
    letters.
    """
    if not isinstance(term, Literal):
        return term
    if term.language:
        return Literal(term.value, language=term.language.lower())
    value = _normal_value(term.value, term.datatype.value)
    return term if value == term.value else Literal(value, datatype=term.datatype)


def normal_quad(quad: Quad) -> Quad:
    """The quad with its object in normal form."""
    return Quad(quad.subject, quad.predicate, normal_term(quad.object), quad.graph_name)


def skolem(quad: Quad, base: str) -> Quad:
    """The quad with IRIs for its blank nodes, because a store gives blank nodes other names at every request."""

    def named(term: Term) -> Term:
        return NamedNode(f"{base}.well-known/genid/{term.value}") if isinstance(term, BlankNode) else term

    return Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)  # type: ignore[arg-type]


def _normal_value(text: str, datatype: str) -> str:
    try:
        if datatype == XSD.boolean.value:
            return {"1": "true", "0": "false"}.get(text, text)
        if datatype in _INTEGERS:
            return str(int(text))
        if datatype == XSD.decimal.value:
            plain = format(Decimal(text), "f")
            shorter = plain.rstrip("0").rstrip(".") if "." in plain else plain
            return "0" if shorter in ("-0", "") else shorter
        if datatype in (XSD.double.value, XSD.float.value):
            return repr(float(text))
    except (ValueError, InvalidOperation):
        return text
    return text
