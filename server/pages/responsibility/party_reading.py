"""What one party answers for: the table rows that name it, with what they say and what is suggested of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.links import Labels, Link, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

NAMED, AGENT, TABLE = WAYS = ("named", "agent", "table")
_ROWS = stored_query(__name__, "party-rows")
_RELATED = stored_query(__name__, "party-relations")
_CELLS = stored_query(__name__, "row-cells")
_PLANS = stored_query(__name__, "row-periods")
_LABELS = stored_query(__name__, "row-labels")
_CLAIMS = stored_query(__name__, "row-claims")
# What reviewers have rejected or replaced is no answer.
_HIDDEN = ("rejected", "superseded")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something suggested, and its review: `suggested` or `accepted`."""

    link: Link
    review: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a party answers for, and how it is known: named in it, suggested as its agent, or by the table."""

    iri: str
    how: str
    review: str
    start: int
    end: int
    source: str
    document: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row says: its texts are those of the document's cells, empty where a cell is."""

    found: Found
    lines: Link
    document: Link
    period: str
    aim: Link | None
    goals: tuple[Link, ...]
    measures: tuple[Link, ...]
    responsible: str
    agents: tuple[Claim, ...]
    schedule: str
    indicators: tuple[Link, ...]
    realisations: tuple[tuple[Link, tuple[Claim, ...]], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody or something near a party: `above` or `below` it, or what it `collaborates` in; and how that is
    known.
    """

    side: str
    how: str
    link: Link


def rows_of(dataset: Dataset, party: NamedNode) -> tuple[Found, ...]:
    """The rows of a party, each once in its surest way, in the order of documents and lines."""
    found: dict[str, Found] = {}
    for row in dataset.select(_ROWS, party=party):
        review = row.text("review").removeprefix(HYTE.iri)
        if review in _HIDDEN:
            continue
        start, end = int(row.text("start") or 0), int(row.text("end") or 0)
        own = row.text("source"), row.text("document")
        each = Found(row.text("row"), row.text("how"), review, start, end, *own)
        if each.iri not in found or WAYS.index(each.how) < WAYS.index(found[each.iri].how):
            found[each.iri] = each
    return tuple(sorted(found.values(), key=lambda each: (each.document, each.start, each.iri)))


def relations_of(dataset: Dataset, party: NamedNode, base: str, language: Language) -> tuple[Relation, ...]:
    """Who stands above and below a party, and what it is suggested to collaborate in."""
    rows = dataset.select(_RELATED, party=party)
    labels = Labels(rows, base, language)
    found: dict[tuple[str, str], Relation] = {}
    for row in rows:
        side, how, iri = row.text("side"), row.text("how").removeprefix(HYTE.iri), row.text("node")
        if how in _HIDDEN or ((side, iri) in found and how != "stated"):
            continue
        link = labels.link(iri)
        if row["kind"] is not None:
            link = Link(link.text, link.language, path_under("responsibility", iri, base))
        found[side, iri] = Relation(side, how, link)
    return tuple(found.values())


def answers_of(dataset: Dataset, rows: Sequence[Found], base: str, language: Language) -> tuple[Answer, ...]:
    """What the rows say, in their order."""
    if not rows:
        return ()
    iris = {each.iri for each in rows}

    def ask(query: str) -> tuple[Row, ...]:
        return select_values(dataset, query, "row", iris)

    claims = ask(_CLAIMS)
    labels = Labels((*ask(_LABELS), *claims), base, language)
    cells: dict[str, dict[str, list[Row]]] = {}
    for row in ask(_CELLS):
        name = row.text("property").removeprefix(HYTE.iri)
        cells.setdefault(row.text("row"), {}).setdefault(name, []).append(row)
    periods = {row.text("row"): row.text("period") for row in ask(_PLANS)}
    claimed: dict[tuple[str, str], dict[str, Claim]] = {}
    for row in claims:
        review = row.text("review").removeprefix(HYTE.iri)
        if review not in _HIDDEN:
            key = row.text("subject"), row.text("property").removeprefix(HYTE.iri)
            claimed.setdefault(key, {})[row.text("node")] = Claim(labels.link(row["node"]), review)
    return tuple(
        _answer(each, cells.get(each.iri, {}), periods.get(each.iri, ""), claimed, labels, base, language)
        for each in rows
    )


def _answer(
    found: Found,
    cells: Mapping[str, list[Row]],
    period: str,
    claimed: Mapping[tuple[str, str], Mapping[str, Claim]],
    labels: Labels,
    base: str,
    language: Language,
) -> Answer:
    def links(name: str) -> tuple[Link, ...]:
        return tuple(labels.link(row["value"]) for row in cells.get(name, ()))

    def text(name: str) -> str:
        return " | ".join(row.text("value") for row in cells.get(name, ()))

    return Answer(
        found=found,
        lines=Link(
            passage_name(found.start, found.end, language),
            "",
            source_path(found.source, found.start, found.end, base),
        ),
        document=next(iter(links("rowOf")), Link(found.document)),
        period=period,
        aim=next(iter(links("rowAim")), None),
        goals=links("rowGoal"),
        measures=tuple(_traced(row, labels, base) for row in cells.get("rowMeasure", ())),
        responsible=text("responsibleText"),
        agents=tuple(claimed.get((found.iri, "responsibleAgent"), {}).values()),
        schedule=text("scheduleText"),
        indicators=links("rowIndicator"),
        realisations=tuple(
            (labels.link(row["value"]), tuple(claimed.get((row.text("value"), "status"), {}).values()))
            for row in cells.get("rowRealisation", ())
        ),
    )


def _traced(row: Row, labels: Labels, base: str) -> Link:
    link = labels.link(row["value"])
    return Link(link.text, link.language, path_under("trace", row.text("value"), base))


def by_period_and_aim(answers: Iterable[Answer]) -> dict[str, list[tuple[Link | None, list[Answer]]]]:
    """The answers by period, and in each by aim in the order in which the aims come."""
    found: dict[str, list[tuple[Link | None, list[Answer]]]] = {}
    for each in answers:
        aims = found.setdefault(each.period, [])
        own = next((members for aim, members in aims if aim == each.aim), None)
        if own is None:
            own = []
            aims.append((each.aim, own))
        own.append(each)
    return dict(sorted(found.items()))
