"""The page of the follow-up: where to read what came of the plans."""

from flask import Blueprint, Response

from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.shared.menu import FOLLOW_UP
from hytegraph.server.pages.shared.view import page

blueprint = Blueprint("follow_up", __name__)


@blueprint.get(FOLLOW_UP.path)
@in_towns
def follow_up() -> Response:
    """The pages on how the plans went, and what each answers."""
    return page("follow_up/follow_up.html", pages=FOLLOW_UP.pages[1:])
