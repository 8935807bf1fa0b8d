"""One party: what it answers for, by period and aim, in the document's words."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.vocab import RDF, RDFS, SKOS
from hytegraph.server.context import dataset, settings
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import Parameter, asks
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.responsibility.party_reading import (
    NAMED,
    WAYS,
    Answer,
    answers_of,
    by_period_and_aim,
    relations_of,
    rows_of,
)
from hytegraph.server.pages.responsibility.reading import KINDS
from hytegraph.server.pages.shared.evidence import OWN_LABELS, standing_of
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.view import (
    GRAPH_FORMS,
    TABLE_FORMS,
    View,
    iri_under,
    respond,
    split_suffix,
    wanted,
)
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels

blueprint = Blueprint("party", __name__)

SIZE = 30
_FACTS = stored_query(__name__, "party-facts")
COLUMNS = (
    *("how", "period", "aim", "goal", "measure", "responsible", "schedule", "indicator", "realisation"),
    *("status", "review", "document", "lineStart", "lineEnd"),
)


@blueprint.get("/responsibility/<path:name>")
@asks(Parameter("show", "Which rows.", values=WAYS), PAGE)
def party_page(name: str) -> Response:
    """What a party answers for; data forms hold all its rows."""
    rest, suffix = split_suffix(name)
    iri, base, language = iri_under(rest), settings().base, reader_language(request)
    node = NamedNode(iri)
    facts = dataset().select(_FACTS, thing=node)
    kinds = [
        kind for kind in KINDS if any(r["property"] == RDF.type and r.text("value") == kind for r in facts)
    ]
    if not kinds:
        raise ProblemError(Problem(404, "not-found", f"<{iri}> is no party in the data."))
    rows = rows_of(dataset(), node)
    counts = {way: sum(each.how == way for each in rows) for way in WAYS}
    show = _shown_way(counts)
    chosen = [each for each in rows if each.how == show]
    part = part_of(chosen, SIZE)
    named = (
        Row(("node", "label"), (node, row["value"]))
        for row in facts
        if row["property"] in (RDFS.label, SKOS.prefLabel)
    )
    labels = Labels((*named, *dataset().select(OWN_LABELS, node=NamedNode(kinds[0]))), base, language)
    relations = relations_of(dataset(), node, base, language)
    is_page = wanted({"html": HTML} | TABLE_FORMS | GRAPH_FORMS, suffix) == "html"
    answers = answers_of(dataset(), part.items if is_page else rows, base, language)
    values = {
        "party": labels.link(iri),
        "kind": labels.link(kinds[0]),
        "standing_of_party": standing_of(facts, labels),
        "relations": {
            side: [each for each in relations if each.side == side]
            for side in ("above", "below", "collaborates")
        },
        "counts": counts,
        "show_way": show,
        "periods": by_period_and_aim(each for each in answers if each.found.how == show),
        "part": part,
    }
    table, things = _table(rest.rpartition("/")[2], answers), (iri, *(row.iri for row in rows))
    return respond(View("responsibility/party.html", values, table, things), suffix)


def _shown_way(counts: Mapping[str, int]) -> str:
    """The way of being responsible that is shown: the one asked for, else the first that has rows."""
    show = request.args.get("show") or next((way for way in WAYS if counts[way]), NAMED)
    if show not in WAYS:
        raise ProblemError(Problem(400, "bad-request", f"show is none of {', '.join(WAYS)}."))
    return show


def _table(name: str, answers: tuple[Answer, ...]) -> Table:
    return Table(name, COLUMNS, tuple(map(_row, answers)))


def _row(each: Answer) -> tuple[Cell, ...]:
    statuses = [claim for _, claims in each.realisations for claim in claims]
    return (
        *(each.found.how, each.period or None, each.aim.text if each.aim else None),
        *(_joined(link.text for link in links) for links in (each.goals, each.measures)),
        *(each.responsible or None, each.schedule or None),
        _joined(link.text for link in each.indicators),
        _joined(link.text for link, _ in each.realisations),
        _joined(claim.link.text for claim in statuses),
        _joined(dict.fromkeys(claim.review for claim in statuses)),
        *(each.found.document or None, each.found.start or None, each.found.end or None),
    )


def _joined(texts: Iterable[str]) -> str | None:
    return " | ".join(texts) or None
