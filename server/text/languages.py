"""Which language a reader gets: the address first, then the cookie, then the browser, then Finnish."""

from functools import lru_cache
from urllib.parse import parse_qs

from flask import Request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.server.http.exchange import HttpRequest

LANGUAGE_COOKIE = "lang"


def reader_language(request: Request) -> Language:
    """The language of the page for this request."""
    wishes = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    return _language(*wishes, request.headers.get("Accept-Language", ""))


def language_of(request: HttpRequest) -> Language:
    """The language of the answer to a request that Flask does not know."""
    named = None
    if b"lang=" in request.query_string:
        named = parse_qs(request.query_string.decode("utf-8", "replace")).get("lang", [None])[0]
    cookie = request.headers.get("cookie", "")
    chosen = parse_cookie(cookie).get(LANGUAGE_COOKIE) if LANGUAGE_COOKIE in cookie else None
    return _language(named, chosen, request.headers.get("accept-language", ""))


def _language(named: str | None, chosen: str | None, accepted: str) -> Language:
    for wish in (named, chosen):
        for language in LANGUAGES:
            if wish == language:
                return language
    return _best_language(accepted[:200])


@lru_cache(maxsize=512)
def _best_language(accepted: str) -> Language:
    best = parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES)
    return next((language for language in LANGUAGES if language == best), "fi")
