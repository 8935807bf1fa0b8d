"""The towns of the data: a list to choose from, with what the data hold of each."""

from flask import Blueprint, Response, request

from hytegraph.server.context import towns
from hytegraph.server.http.parameters import asks
from hytegraph.server.pages.home.country import town_list
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.town_lists import TOWN_NAME
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("towns", __name__)


@blueprint.get("/towns")
@blueprint.get("/towns.<suffix>")
@asks(TOWN_NAME, PAGE)
def towns_page(suffix: str | None = None) -> Response:
    """The towns whose documents the data hold, by name; the data hold all that the words find."""
    found = town_list(reader_language(request))
    values = {"list": found, "total": len(towns())}
    return respond(View("home/towns.html", values, lambda: found.table("towns"), found.things), suffix)
