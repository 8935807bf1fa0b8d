"""Judges a SPARQL text before it is run: only queries, and no SERVICE but to endpoints that are allowed.

pyoxigraph sends SERVICE requests and has no switch against it, and a deeply nested text overflows its stack, which
ends the process. So a text in which a keyword that reaches outside could stand (see `lexer`) is read first by another
parser (rdflib's), the tree is searched, and what that parser cannot read is refused. Both parsers get the same
normalised text: where they read escapes or line ends differently, a SERVICE could hide in what one of them takes for
a string or a comment. A text whose only such keyword is FROM needs no other parser, which knows no SPARQL 1.2: its
graphs are read from its tokens, and the engine is told them, so that it reads no FROM itself.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.errors import QueryRefusedError, QuerySyntaxError
from hytegraph.graph.sparql.lexer import DatasetClauses, dataset_clauses, listed_terms, outside_keywords
from hytegraph.graph.sparql.parser import from_clauses, nodes, read_query, read_update

REFUSALS = ("update", "service", "graph", "unsupported", "nesting", "size", "function")
# pyoxigraph 0.5.13 overflowed its stack at 3 000 chained MINUS, at 10 000 operators and at 5 000 brackets.
MAX_NESTING = 24
MAX_STRUCTURE = 1000

_FORMS = {
    "SelectQuery": "SELECT",
    "AskQuery": "ASK",
    "ConstructQuery": "CONSTRUCT",
    "DescribeQuery": "DESCRIBE",
}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BRACKET = re.compile(r"[({\[\]})]")
_OPENINGS = ("(", "{", "[", "<<")
# Brackets that are hidden from _check_size in what only looks like an IRI or a comment; at 1 000 EXISTS overflowed.
_MAX_OPENINGS = 200
_FORM = re.compile(
    r"(?:\s|(?:BASE|VERSION)(?=\s)|PREFIX\s+[^\s:]*:)*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:.\-])",
    re.IGNORECASE,
)
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
)
_OPAQUE = re.compile(rf"{_STRING}|{_IRI}|#[^\n]*", re.DOTALL)
_SERVICE_WORD = re.compile(r"(?<![\w:?$.\-@])SERVICE(?![\w:\-])", re.IGNORECASE)
_STRUCTURE = re.compile(r"[{(\[!+\-*/|^;]|&&|\.(?=\s)")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that may be run: its normalised text, its form, and the graphs of its FROM and FROM NAMED clauses."""

    text: str
    form: str
    from_graphs: tuple[str, ...] = ()
    from_named: tuple[str, ...] = ()


def check_query(text: str, *, is_strict: bool = False, services: frozenset[str] = frozenset()) -> ParsedQuery:
    """The parsed query, if it may be run.

    Raises QueryRefusedError for an update, for SERVICE with anything but a constant IRI of `services`, and for a text
    that cannot be judged; QuerySyntaxError for a malformed text, unless it is harmless: that is found by who runs it. A
    strict check reads every text with rdflib and lets nothing pass that is not SPARQL 1.1.

    >>> check_query("ASK { ?s ?p ?o }").form
    'ASK'
    """
    return _judge(text, services, is_strict=is_strict)


def check_update(text: str, *, has_graphs: bool = False) -> None:
    """Refuses an update: QueryRefusedError if it is one, QuerySyntaxError if it is malformed.

    `has_graphs` says that the request names graphs, which it may not do when the update names them too.
    """
    normal = _normalise(text)
    visible = _OPAQUE.sub(" ", normal)
    _check_size(normal, visible)
    tree = read_update(normal)
    if has_graphs and any("withClause" in node or "using" in node for node in nodes(tree)):
        raise QuerySyntaxError("The graphs are named both by the request and by USING or WITH.")
    raise QueryRefusedError("This is an update; the service is read only.", kind="update")


@lru_cache(maxsize=512)
def _judge(text: str, services: frozenset[str], *, is_strict: bool) -> ParsedQuery:
    normal = _normalise(text)
    visible = _OPAQUE.sub(" ", normal)
    _check_size(normal, visible)
    form = None if is_strict or _hides_structure(normal) else _FORM.match(visible)
    clauses = _clauses(normal) if form else None
    if form is None or clauses is None:
        return _read(normal, visible, services)
    return ParsedQuery(normal, form[1].upper(), clauses.default, clauses.named)


def _hides_structure(normal: str) -> bool:
    """Whether what looks like IRIs and comments might hide so much that it overflows the stack of the store."""
    # To look for structure takes longer than to judge the rest; a shorter text cannot hold so much.
    is_crowded = len(normal) > MAX_STRUCTURE and len(_STRUCTURE.findall(normal)) > MAX_STRUCTURE
    return is_crowded or sum(map(normal.count, _OPENINGS)) > _MAX_OPENINGS


def _clauses(normal: str) -> DatasetClauses | None:
    """The FROM clauses of a text that reaches nowhere else for sure; None where a parser has to judge."""
    keywords = outside_keywords(normal)
    if any(keyword != "from" for keyword in keywords):
        return None
    clauses = dataset_clauses(normal) if keywords else DatasetClauses((), ())
    # Each FROM must be one that was read: there may be another way to read the text.
    return clauses if clauses and len(clauses.default) + len(clauses.named) == len(keywords) else None


def _read(normal: str, visible: str, services: frozenset[str]) -> ParsedQuery:
    """The query as rdflib reads it."""
    from rdflib import URIRef

    tree = read_query(normal, visible)
    called = [node.term for node in nodes(tree[1]) if node.name == "ServiceGraphPattern"]
    # The second look, by words, must agree with the tree: a difference means that the text can be read in two ways.
    is_doubtful = len(_SERVICE_WORD.findall(visible)) != len(called)
    if is_doubtful or not all(isinstance(term, URIRef) and str(term) in services for term in called):
        allowed = "only to " + ", ".join(sorted(services)) if services else "to nobody"
        raise QueryRefusedError(
            f"SERVICE is not allowed here: this endpoint sends requests {allowed}, by IRIs written out.",
            kind="service",
        )
    default, named = from_clauses(tree)
    return ParsedQuery(normal, _FORMS[tree[1].name], default, named)


def _normalise(text: str) -> str:
    """Line ends as LF and code point escapes decoded (SPARQL 1.1, 19.2: before the grammar is applied)."""
    if "\0" in text:
        raise QuerySyntaxError("The text holds a NUL character.")
    try:
        decoded = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        decoded.encode("utf-8")
    except (ValueError, OverflowError) as error:
        raise QuerySyntaxError("A code point escape is outside Unicode.") from error
    if _ESCAPE.search(decoded):
        raise QueryRefusedError("An escaped backslash before u cannot be judged safely.", kind="unsupported")
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def _check_size(normal: str, visible: str) -> None:
    depth = 0
    for bracket in _BRACKET.findall(visible):
        depth += 1 if bracket in "({[" else -1
        if depth > MAX_NESTING:
            raise QueryRefusedError(
                f"The query is nested more than {MAX_NESTING} levels deep.", kind="nesting"
            )
    structure = len(_STRUCTURE.findall(visible))
    # A shorter text cannot list so many terms; to look at each token takes longer than all the rest.
    if len(visible) > MAX_STRUCTURE:
        structure += listed_terms(normal)
    if structure > MAX_STRUCTURE:
        raise QueryRefusedError(
            f"The query has more than {MAX_STRUCTURE} brackets, operators, patterns and listed terms.",
            kind="size",
        )
