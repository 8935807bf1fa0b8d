"""The tokens of a SPARQL text, and what can be said of it from its tokens alone.

The text is normalised before: code point escapes are decoded and lines end in LF. Tokens are read as the grammar says:
the longest one wins. `outside_keywords` does not rely on that: where two readers of SPARQL could take a text in two
ways (a `<` that may be an operator, a backslash, a quotation mark without its pair) it says so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DOUBT = "doubt"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<string> \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | [?$](?P<variable> \w+ )
    | (?P<language> @[A-Za-z][A-Za-z0-9\-]* )
    # A local name may be a keyword: `ex:SELECT`.
    | (?P<name> (?:[^\W\d][\w.\-]*)?:(?:[\w\-%:]|\\.|\.(?=[\w\-%:\\.]))* )
    | (?P<number> \d[\w.]* | \.\d\w* )
    | (?P<word> [^\W\d]\w* )
    | (?P<mark> \^\^ | && | \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_TERMS = frozenset({"string", "iri", "variable", "language", "name", "number"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
# A `<` before a scheme and `//` opens an IRI: read as an operator, no grammar lets `//` follow. A name before the
# colon is not skipped, as `ASK FROM:x` needs no space; neither is a language tag.
_SKIPPED = re.compile(
    r"""
      "(?!"")(?:[^"\\\n]|\\.)*" | '(?!'')(?:[^'\\\n]|\\.)*'
    | <[A-Za-z][A-Za-z0-9+.-]*://[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n]*
    | [?$:][A-Za-z0-9_]+
    # What could open a string, an escape or a comment for one reader and not for another.
    | (?P<doubt> ["'\\] | <[^<>\s]*["'\#\\] )
    """,
    re.VERBOSE,
)
_OUTSIDE = ("service", "from", "load")
# IGNORECASE of Unicode knows the long s and the dotless i too.
_KEYWORD = re.compile("|".join(_OUTSIDE), re.IGNORECASE)
_KEYWORD_OR_DOUBT = re.compile("service|from|load|\0", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (a group of the pattern), its text, and where it starts; a variable is without its mark."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class DatasetClauses:
    """The graphs of FROM and of FROM NAMED, as absolute IRIs."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text without its comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind and kind != "comment":
            yield Token(kind, match[kind], match.start())


def may_hold(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words, given in small letters, may stand in the text in any letters.

    A search that ignores case looks at each character anew; for a text of ASCII alone this tells a hundred times sooner
    that there is nothing to be found.
    """
    lowered = text.lower()
    return not text.isascii() or any(word in lowered for word in words)


def outside_keywords(text: str) -> tuple[str, ...]:
    r"""Each SERVICE, FROM or LOAD that could stand in the text, in small letters; DOUBT where that is uncertain.

    >>> outside_keywords("SELECT * { ?from prov:wasDerivedFrom 'from' . <http://a.example/service> ?p ?o # load\n}")
    ()
    >>> outside_keywords("ASKFROM<http://a.example/>{}"), outside_keywords("ASK { ?s a:b\\#' 'SERVICE }")
    (('from',), ('doubt',))
    """
    if not may_hold(text, _OUTSIDE) or not _KEYWORD.search(text):
        return ()
    # The keyword or the doubt is left in place of what was skipped.
    left = _SKIPPED.sub(lambda skipped: " \0 " if skipped["doubt"] else " ", text)
    return tuple(DOUBT if word == "\0" else word.lower() for word in _KEYWORD_OR_DOUBT.findall(left))


def dataset_clauses(text: str) -> DatasetClauses | None:
    """The FROM clauses of a query whose only doubtful keyword is FROM; None where they cannot be read for sure.

    >>> dataset_clauses("PREFIX g: <http://a.example/> SELECT * FROM g:1 FROM NAMED <http://b.example/> { ?s ?p ?o }")
    DatasetClauses(default=('http://a.example/1',), named=('http://b.example/',))
    """
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    depth, form = 0, ""
    stream = tokens(text)
    for token in stream:
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
        elif not form and word == "PREFIX":
            prefixes |= _declared(stream)
        elif word in _FORMS and not depth:
            form = form or word
        elif word == "FROM":
            graph = next(stream, None)
            is_named = graph is not None and graph.kind == "word" and graph.text.upper() == "NAMED"
            iri = _iri(next(stream, None) if is_named else graph, prefixes)
            if depth or not form or iri is None:
                return None
            (named if is_named else default).append(iri)
    return DatasetClauses(tuple(default), tuple(named))


def undeclared_prefix(text: str) -> Token | None:
    """The first prefixed name of the text whose prefix is not declared before it."""
    declared: dict[str, str] = {}
    stream = tokens(text)
    for token in stream:
        if token.kind == "word" and token.text.upper() == "PREFIX":
            declared |= _declared(stream)
        elif token.kind == "name" and token.text.partition(":")[0] not in (*declared, "_"):
            return token
    return None


def listed_terms(text: str) -> int:
    """How many terms stand after another in collections and in lists of objects; each is a pattern to the engine.

    The rows of VALUES and the arguments of functions are no patterns.

    >>> listed_terms("SELECT * { VALUES (?s ?o) { (1 2) } ?s ?p (1 'a' ?x), 5 FILTER(?x IN (1, 2, 3)) }")
    3
    """
    count, is_after_term = 0, False
    opened: list[str] = []
    for token in tokens(text):
        is_term = token.kind in _TERMS
        if token.kind == "mark" and token.text in "([{":
            begins_values = bool(opened) and opened[-1] == "VALUES"
            # The block of VALUES ends with its braces, the list of its variables does not end it.
            if begins_values and token.text == "{":
                opened[-1] = "data"
            opened.append("data" if begins_values or (opened and opened[-1] == "data") else token.text)
        elif token.kind == "mark" and token.text in ")]}" and opened:
            opened.pop()
            if token.text == "}" and opened and opened[-1] == "data":
                opened.pop()
        elif token.kind == "word" and token.text.upper() == "VALUES":
            opened.append("VALUES")
        elif is_term and is_after_term and opened and opened[-1] == "(":
            count += token.kind != "language"
        elif token.text == "," and opened and opened[-1] in "{[":
            count += 1
        is_after_term = is_term
    return count


def _declared(stream: Iterator[Token]) -> dict[str, str]:
    """The prefix and its namespace, of which the keyword PREFIX has been read."""
    name, space = next(stream, None), next(stream, None)
    return {name.text[:-1]: space.text[1:-1]} if name and space and space.kind == "iri" else {}


def _iri(token: Token | None, prefixes: dict[str, str]) -> str | None:
    """The absolute IRI that a token writes or shortens; None for any other."""
    if token is None or token.kind not in ("iri", "name"):
        return None
    prefix, _, local = token.text.partition(":")
    iri = token.text[1:-1] if token.kind == "iri" else prefixes.get(prefix, "") + local
    return iri if _SCHEME.match(iri) and "\\" not in iri else None
