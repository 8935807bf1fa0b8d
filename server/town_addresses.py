"""The addresses of towns: `/kemi`, `/kemi/plans` and so on, for every page that a town has.

Each is a second rule of the page's own endpoint. The slug is taken off before the handler is called and read by
`context.town`. Where the data are of one town, the addresses without it are that town's, and these lead there.
"""

from typing import Any

from flask import Flask, Response, g, redirect, request
from werkzeug.routing import BaseConverter

from hytegraph.server.context import TOWN_OF_ADDRESS, has_several_towns, towns
from hytegraph.server.http.parameters import is_in_towns
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.scope import PAGES_OF_TOWNS, first_word
from hytegraph.server.pages.shared.view import cached

# The variable of the rules; a handler never sees it.
TOWN = "town"


class _SlugConverter(BaseConverter):
    """A part of an address that may be a town's slug: a name with a dot is that of a file."""

    regex = "[a-z0-9-]+"


def install(app: Flask) -> None:
    """Add the addresses to an application whose other rules are all there already."""
    app.url_map.converters["slug"] = _SlugConverter
    rules = [rule for rule in app.url_map.iter_rules() if is_in_towns(app.view_functions[rule.endpoint])]
    for rule in rules:
        path = rule.rule.rstrip("/")
        app.add_url_rule(f"/<slug:{TOWN}>{path}", endpoint=rule.endpoint, methods=rule.methods)
    app.extensions[PAGES_OF_TOWNS] = frozenset(first_word(rule.rule) for rule in rules)
    app.url_value_preprocessor(_take_town)
    app.before_request(_check_town)


def _take_town(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and TOWN in values:
        setattr(g, TOWN_OF_ADDRESS, values.pop(TOWN))


def _check_town() -> Response | None:
    """Raise the 404 for a town that is not in the data; the only town is led to the address without it."""
    slug = g.get(TOWN_OF_ADDRESS)
    if slug is None or (has_several_towns() and slug in towns()):
        return None
    if slug not in towns():
        raise ProblemError(Problem(404, "not-found", f"There is no page or town called '{slug}'."))
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    rest = request.path.removeprefix(f"/{slug}") or "/"
    moved = redirect(rest + query)
    return cached(Response(moved.response, moved.status_code, moved.headers))
