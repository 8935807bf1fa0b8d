"""The themes and target groups of all towns: how many things are claimed to be about each, and in which towns."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request
from pyoxigraph import NamedNode

from hytegraph.server.context import dataset, settings
from hytegraph.server.pages.shared.table import Cell, Table
from hytegraph.server.pages.shared.town_lists import LINKED_STATES, asked_towns, sums_by_town, sums_of_all
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.pages.themes.reading import SCHEMES, Concept, read_concepts
from hytegraph.server.text.languages import reader_language

COLUMNS = ("theme", "label", "scheme", "suggested", "suggestedTowns", "accepted", "acceptedTowns", "iri")
_COUNTS = "theme-counts"


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """A concept, how many things are linked to it in each state of review, and in how many towns."""

    concept: Concept
    elements: Mapping[str, int]
    towns: Mapping[str, int]


def country_page(suffix: str | None) -> Response:
    """The concepts with the numbers of things and towns."""
    concepts = read_concepts(dataset(), settings().base, reader_language(request))
    elements, towns = sums_of_all(_COUNTS, "concept")
    lines = tuple(
        ConceptLine(each, elements.get(each.iri, {}), towns.get(each.iri, {})) for each in concepts.values()
    )
    values = {"lines": lines, "schemes": SCHEMES, "states": LINKED_STATES}
    table = Table("themes", COLUMNS, tuple(_row(line) for line in lines))
    return respond(
        View("themes/country.html", values, table, tuple(each.iri for each in concepts.values())), suffix
    )


def country_concept_page(concept: Concept, concepts: Mapping[str, Concept], suffix: str | None) -> Response:
    """The towns with how many of their things are linked to one concept."""
    count = sums_by_town(_COUNTS, "review", {"concept": NamedNode(concept.iri)})
    found = asked_towns(LINKED_STATES, count, reader_language(request))
    values = {"concept": concept, "concepts": concepts, "list": found}
    view = View(
        "themes/country_concept.html",
        values,
        lambda: found.table(f"themes-{concept.code}"),
        (concept.iri, *found.things),
    )
    return respond(view, suffix)


def _row(line: ConceptLine) -> tuple[Cell, ...]:
    numbers = (count.get(state, 0) for state in LINKED_STATES for count in (line.elements, line.towns))
    concept = line.concept
    return (concept.code, concept.label.text, concept.scheme, *numbers, concept.iri)
