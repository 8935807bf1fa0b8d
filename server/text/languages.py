"""Which language a reader gets: the address first, then the cookie, then the browser, then Finnish."""

from collections.abc import Iterable

from flask import Request
from pyoxigraph import Literal

from hytegraph.server.text.messages import LANGUAGES, Language

LANGUAGE_COOKIE = "lang"


def reader_language(request: Request) -> Language:
    """The language of the page for this request."""
    for wish in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        for language in LANGUAGES:
            if wish == language:
                return language
    best = request.accept_languages.best_match(LANGUAGES)
    for language in LANGUAGES:
        if language == best:
            return language
    return "fi"


def best_literal(literals: Iterable[Literal], language: str) -> Literal | None:
    """The literal in the reader's language, else Finnish, else untagged, else English, else the first in order."""
    ordered = sorted(literals, key=lambda literal: (literal.language or "", literal.value))
    for wanted in (language, "fi", None, "en"):
        for literal in ordered:
            if literal.language == wanted:
                return literal
    return ordered[0] if ordered else None
