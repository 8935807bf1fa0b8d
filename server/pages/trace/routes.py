"""The trace of a measure, project, goal, aim or priority: up to the decision, sideways, across periods, and down."""

from functools import lru_cache

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.server.context import dataset as served
from hytegraph.server.context import settings, summaries
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.evidence import OUTGOING
from hytegraph.server.pages.shared.outcomes.tallies import tallies_under
from hytegraph.server.pages.shared.scope import at
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import VIEW_OFFERS, View, cached, iri_under, respond, split_suffix
from hytegraph.server.pages.trace.reading import read_trace
from hytegraph.server.pages.trace.statements import COLUMNS, table_rows, things_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import human_path, page_path, path_under

blueprint = Blueprint("trace", __name__)

# A trace is often asked for as a page and then as data.
_trace = lru_cache(maxsize=8)(read_trace)


@blueprint.get("/trace/<path:rest>")
@offers(*VIEW_OFFERS)
def trace_page(rest: str) -> Response:
    """A measure, goal, aim or priority: where it comes from, what became of it, and the lines it rests on."""
    stem, suffix = split_suffix(rest)
    iri = iri_under(stem)
    base = settings().base
    found = _trace(served(), iri, base, reader_language(request))
    if found is None:
        its_page = page_path(iri, base)
        is_led_here = suffix is None and human_path(iri, base) == path_under("trace", iri, base)
        if is_led_here and its_page and served().select(OUTGOING, thing=NamedNode(iri)):
            # A project that only a report names has no trace, though its IRI is that of a project.
            return cached(Response(status=303, headers={"Location": its_page}))
        raise ProblemError(
            Problem(404, "not-found", f"<{iri}> is no measure, goal, aim or priority in the data.")
        )
    statements = found.statements()
    table = Table("trace", COLUMNS, tuple(table_rows(statements)))
    goals = (iri, *(goal.statement.iri for goal in found.below))
    values = {
        "trace": found,
        "thread": path_under("periods", iri, base),
        "results": tallies_under(summaries(), goals, base, at("/results")),
    }
    return respond(View("trace/trace.html", values, table, (iri, *things_of(statements))), suffix)
