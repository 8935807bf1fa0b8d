"""The themes and target groups of the scheme of themes, and what is claimed to be about each or for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import SKOS
from hytegraph.server.pages.periods.element_claims import (
    ElementClaim,
    LinkedCounts,
    claims_by_object,
    linked,
    linked_counts,
)
from hytegraph.server.pages.periods.elements import THEMED, read_elements
from hytegraph.server.pages.themes.concepts import SPACE
from hytegraph.server.text.links import Labels, Link, naming
from hytegraph.server.text.messages import Language

THEME, TARGET_GROUP = SCHEMES = ("Theme", "TargetGroup")
_CONCEPTS = stored_query(__name__, "concepts")
_YSO = "http://www.yso.fi/onto/yso/"
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")


@dataclass(frozen=True, slots=True)
class Match:
    """A concept of another vocabulary (its IRI), how it fits, one of the SKOS names of matches, and its short name."""

    kind: str
    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A theme or target group: its local name, scheme, name and definition, and the local names of its neighbours."""

    iri: str
    code: str
    scheme: str
    label: Link
    definition: Link | None
    matches: tuple[Match, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedConcept:
    """A concept with the claims about it; `counts` says how many things these link by period and level."""

    concept: Concept
    claims: tuple[ElementClaim, ...]
    counts: LinkedCounts

    def linked(self, start: str, level: str | None = None) -> int:
        """How many things of a period, or of a level of it, are linked to the concept and not rejected."""
        return linked(self.counts, start, level)


@lru_cache(maxsize=8)
def read_linked_concepts(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> Mapping[str, LinkedConcept]:
    """The concepts by local name with what of a town (its slug) or of the only one is claimed to be about them.

    They are read once, because the data never change.
    """
    elements = read_elements(summaries, town, base, language, THEMED)
    claims = claims_by_object(summaries.rows("theme-claims", town), elements, "node", "concept")
    found = {}
    for code, concept in read_concepts(dataset, base, language).items():
        own = tuple(claims.get(concept.iri, ()))
        found[code] = LinkedConcept(concept, own, linked_counts(own))
    return found


@lru_cache(maxsize=8)
def read_concepts(dataset: Dataset, base: str, language: Language) -> Mapping[str, Concept]:
    """The concepts by local name: the themes, then the target groups, each in the order of their names."""
    rows = dataset.select(_CONCEPTS)
    labels = Labels(naming(_with(rows, "prefLabel"), "node", "value"), base, language)
    definitions = Labels(naming(_with(rows, "definition"), "node", "value"), base, language)
    schemes = {row.text("node"): row.text("scheme").removeprefix(SPACE) for row in rows}
    above, below, matches = _neighbours(rows)
    concepts = []
    for iri, scheme in schemes.items():
        definition = definitions.link(iri)
        concepts.append(
            Concept(
                iri,
                code_of(iri),
                scheme,
                labels.link(iri),
                definition if definition.language else None,
                tuple(matches.get(iri, ())),
                tuple(above.get(iri, ())),
                tuple(below.get(iri, ())),
            )
        )
    concepts.sort(key=lambda each: (SCHEMES.index(each.scheme), each.label.text.casefold(), each.code))
    return {each.code: each for each in concepts}


def code_of(iri: str) -> str:
    """The local name of a theme or target group: `olderPeople`."""
    return iri.removeprefix(SPACE)


def _with(rows: Iterable[Row], name: str) -> list[Row]:
    return [row for row in rows if row["property"] == SKOS[name]]


def _neighbours(
    rows: tuple[Row, ...],
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[Match]]]:
    """The local names of broader and of narrower concepts, and the matches, by IRI."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    matches: dict[str, list[Match]] = {}
    for row in _with(rows, "broader"):
        above.setdefault(row.text("node"), []).append(code_of(row.text("value")))
        below.setdefault(row.text("value"), []).append(code_of(row.text("node")))
    for kind in _MATCHES:
        for row in _with(rows, kind):
            iri = row.text("value")
            match = Match(kind, iri, iri.replace(_YSO, "YSO ", 1))
            matches.setdefault(row.text("node"), []).append(match)
    return above, below, matches
