"""Themes and target groups with what is suggested and accepted to be about them, by period."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from flask import Blueprint, Response, request

from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import asks, in_towns
from hytegraph.server.pages.periods.element_claims import (
    STATES,
    ElementClaim,
    by_state,
    cells_of,
    shader,
)
from hytegraph.server.pages.periods.elements import ALL_LEVELS, Column, columns_of
from hytegraph.server.pages.shared.paging import PAGE, part_of
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.town_lists import TOWN_NAME
from hytegraph.server.pages.shared.view import View, respond, split_suffix
from hytegraph.server.pages.themes.concepts import no_concept
from hytegraph.server.pages.themes.country import country_concept_page, country_page
from hytegraph.server.pages.themes.reading import SCHEMES, LinkedConcept, read_concepts, read_linked_concepts
from hytegraph.server.text.languages import reader_language

blueprint = Blueprint("themes", __name__)

COLUMNS = (
    *("theme", "label", "scheme", "period", "aims", "goals", "priorities", "measures"),
    *("indicators", "realisations", "suggested", "accepted", "rejected", "iri"),
)
CONCEPT_COLUMNS = (
    *("theme", "label", "period", "level", "text", "confidence", "review", "cue", "sourceLines"),
    *("element", "claim"),
)
SIZE = 90

# A period with its claims by level.
Section = tuple[Column, list[tuple[str, tuple[ElementClaim, ...]]]]


@blueprint.get("/themes")
@blueprint.get("/themes.<suffix>")
@in_towns
def overview(suffix: str | None = None) -> Response:
    """The themes and target groups, and how many things of each period are linked to them."""
    if is_of_all_towns():
        return country_page(suffix)
    concepts = tuple(_linked_concepts().values())
    claims = tuple(claim for each in concepts for claim in each.claims)
    columns = columns_of(claim.element.period for claim in claims)
    values = {
        "concepts": concepts,
        "schemes": SCHEMES,
        "columns": columns,
        "states": by_state(claims),
        "shade": shader(
            max((each.linked(column.start) for each in concepts for column in columns), default=0)
        ),
    }
    table = Table("themes", COLUMNS, tuple(_lines(concepts, columns)))
    things = (*(each.concept.iri for each in concepts), *(claim.iri for claim in claims))
    return respond(View("themes/themes.html", values, table, things), suffix)


@blueprint.get("/themes/<name>")
@in_towns
@asks(PAGE, TOWN_NAME)
def concept_page(name: str) -> Response:
    """One theme or target group: the things linked to it with the words that they are linked by."""
    code, suffix = split_suffix(name)
    concepts = read_concepts(dataset(), settings().base, reader_language(request))
    if code not in concepts:
        raise no_concept(code)
    if is_of_all_towns():
        return country_concept_page(concepts[code], concepts, suffix)
    linked = _linked_concepts()[code]
    part = part_of(linked.claims, SIZE)
    values = {
        "linked": linked,
        "concept": linked.concept,
        "concepts": concepts,
        "sections": _sections(part.items, columns_of(claim.element.period for claim in linked.claims)),
        "part": part,
        "states": by_state(linked.claims),
    }
    rows = tuple(_line(linked, claim) for claim in linked.claims)
    things = (linked.concept.iri, *(claim.iri for claim in linked.claims))
    table = Table(f"themes-{code}", CONCEPT_COLUMNS, rows)
    return respond(View("themes/concept.html", values, table, things), suffix)


def _linked_concepts() -> dict[str, LinkedConcept]:
    """The concepts with the claims of the town that the page is about."""
    language = reader_language(request)
    return dict(read_linked_concepts(dataset(), summaries(), town_of_rows(), settings().base, language))


def _sections(claims: Iterable[ElementClaim], columns: Iterable[Column]) -> list[Section]:
    """The claims, which are in the order of periods and levels, under these."""
    named = {column.start: column for column in columns}
    return [
        (
            named[start],
            [(level, tuple(held)) for level, held in groupby(those, lambda claim: claim.element.level)],
        )
        for start, those in groupby(claims, lambda claim: claim.element.period.start)
    ]


def _lines(concepts: Iterable[LinkedConcept], columns: Iterable[Column]) -> Iterator[tuple[Cell, ...]]:
    """A line for each concept and period in which something is linked to it, one without a period for the others."""
    for each in concepts:
        named = (each.concept.code, each.concept.label.text, each.concept.scheme)
        for column in columns:
            claims = [claim for claim in each.claims if claim.element.period.start == column.start]
            counted = (each.linked(column.start, level) for level in ALL_LEVELS)
            if claims:
                yield *named, column.name or None, *counted, *by_state(claims).values(), each.concept.iri
        if not each.claims:
            yield *named, None, *(0,) * (len(ALL_LEVELS) + len(STATES)), each.concept.iri


def _line(linked: LinkedConcept, claim: ElementClaim) -> tuple[Cell, ...]:
    return linked.concept.code, linked.concept.label.text, *cells_of(claim)
