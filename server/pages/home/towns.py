"""The towns of the data: a list to choose from, with what the data hold of each."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from hytegraph.graph.finnish.folding import slip_key
from hytegraph.graph.query.towns import Town
from hytegraph.server.context import towns
from hytegraph.server.http.parameters import Parameter, asks
from hytegraph.server.pages.shared.paging import PAGE, Part, part_of
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, town_link
from hytegraph.server.text.messages import Language

blueprint = Blueprint("towns", __name__)

COLUMNS = ("town", "code", "iri")
ON_A_PAGE = 60
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TownLine:
    """A town in the list: the way to its front page, and its official code."""

    iri: str
    link: Link
    code: str


@blueprint.get("/towns")
@blueprint.get("/towns.<suffix>")
@asks(Parameter("q", "A part of a town's name or its official code.", example="kemi"), PAGE)
def towns_page(suffix: str | None = None) -> Response:
    """The towns whose documents the data hold, by name; the data hold all that the words find."""
    words = request.args.get("q", "").strip()[:_LONGEST]
    found = find_towns(words)
    language = reader_language(request)
    values = {"q": words, "part": town_lines(found, language), "total": len(towns())}
    rows = tuple((each.name("fi"), each.code or None, each.iri) for each in found)
    return respond(
        View("home/towns.html", values, Table("towns", COLUMNS, rows), tuple(t.iri for t in found)), suffix
    )


def find_towns(words: str) -> tuple[Town, ...]:
    """The towns whose names hold the words, however they are accented, or whose code is that; all without words."""
    wanted = slip_key(words.casefold())
    return tuple(
        each
        for each in towns().values()
        if each.code == words or any(wanted in slip_key(name.casefold()) for name in each.names.values())
    )


def town_lines(found: tuple[Town, ...], language: Language) -> Part[TownLine]:
    """The part of the towns that the address asks for."""
    part = part_of(found, ON_A_PAGE)
    lines = [TownLine(each.iri, town_link(each, language), each.code) for each in part.items]
    return Part(lines, part.number, part.parts, part.total, part.first)
