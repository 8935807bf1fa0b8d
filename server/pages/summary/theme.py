"""What a summary says of a theme or target group: the goals and measures that are linked to it, by period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.pages.periods.element_claims import LINKED, ElementClaim, by_state, claims_by_object
from hytegraph.server.pages.periods.elements import THEMED, read_elements
from hytegraph.server.pages.shared.measures import MeasureLine
from hytegraph.server.pages.summary.reading import Summary, summary_of
from hytegraph.server.pages.themes.concepts import SPACE
from hytegraph.server.text.messages import Language

_GOALS = ("aim", "goal", "priority")


@dataclass(frozen=True, slots=True)
class Linked:
    """What is linked to a theme beside measures: aims, goals and priorities, and how far the links were judged."""

    goals: tuple[ElementClaim, ...]
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ThemeReader:
    """Reads what a town (its slug) or the only one has linked to themes and nobody has rejected."""

    kept: Summaries
    town: str | None
    base: str
    language: Language

    def read(self, code: str, lines: Iterable[MeasureLine]) -> tuple[Summary, Linked]:
        """The summary of those of the measures that are linked to it, and what else is."""
        iri = SPACE + code
        rows = self.kept.rows("theme-claims", self.town, {"concept": [NamedNode(iri)]})
        elements = read_elements(self.kept, self.town, self.base, self.language, THEMED)
        found = claims_by_object(rows, elements, "node", "concept").get(iri, ())
        claims = [claim for claim in found if claim.review in LINKED]
        about = {claim.element.iri for claim in claims}
        goals = tuple(claim for claim in claims if claim.element.level in _GOALS)
        measures = summary_of([line for line in lines if line.iri in about], self.kept, self.town)
        return measures, Linked(goals, by_state(claims))
