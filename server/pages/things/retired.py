"""Retired identifiers: what has taken their place, and where the addresses of their pages lead."""

from urllib.parse import quote

from flask import Flask, Response, redirect, request
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.server.context import dataset, settings
from hytegraph.server.pages.shared.view import cached
from hytegraph.server.text.links import HUMAN_PAGES, human_path

_SUCCESSOR = stored_query(__name__, "successor")
_PAGES = frozenset((*HUMAN_PAGES.values(), "summary"))


def successor_of(iri: str) -> str | None:
    """What has taken the place of a thing, '' for nothing; None for a thing that is not retired, and for no IRI."""
    try:
        rows = list(dataset().select(_SUCCESSOR, thing=NamedNode(iri)))
    except ValueError:
        return None
    return rows[0].text("successor") if rows else None


def install(app: Flask) -> None:
    """Let the pages of retired things, such as `/trace/id/…`, lead on where they are not found."""
    app.after_request(_lead_on)


def _lead_on(response: Response) -> Response:
    """Leads to the page of the successor (301); of what is retired for good, to the page that says what it was."""
    word, _, rest = request.path[1:].partition("/")
    if response.status_code != 404 or word not in _PAGES or not rest.startswith("id/"):
        return response
    successor = successor_of(settings().base + rest)
    if successor is None:
        return response
    path = human_path(successor, settings().base) if successor else f"/page/{rest}"
    return moved_for_good(path) if path else response


def moved_for_good(path: str) -> Response:
    """Leads to a path of the service for good."""
    moved = redirect(ascii_path(path), code=301)
    return cached(Response(moved.response, moved.status, moved.headers))


def ascii_path(path: str) -> str:
    """A path as a Location header may hold it."""
    return quote(path, safe="/:#,;=@!$&'()*+~")
