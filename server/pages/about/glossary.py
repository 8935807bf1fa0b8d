"""What the words of plans and budgets mean, by the definitions of the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import Literal

from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.vocab import HYTE
from hytegraph.server.catalogue.routes import about
from hytegraph.server.catalogue.schema_org import schema_of_terms
from hytegraph.server.context import dataset
from hytegraph.server.pages.shared.view import page
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("glossary", __name__)

# The terms that readers of plans and budgets meet, in groups in the order in which they build on each other.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "plans": (
        *("CityStrategy", "WellbeingPlan", "AnnualActionPlan", "StrategicAim", "Goal", "HytePriority"),
        *("Measure", "StrategicProject"),
    ),
    "results": ("Indicator", "Realisation", "TP", "TA", "TOTEUMA", "ENNUSTE", "BudgetAmendmentProposal"),
    "who": ("Sector", "ResultArea", "ResponsibilityScope", "GoverningBody", "Decision", "Case"),
}
# Codes that documents print as they are.
CODES = ("TP", "TA", "TOTEUMA", "ENNUSTE")
_TERMS = stored_query(__name__, "glossary-terms")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its definition, in a language; `code` is what documents print for it, empty for most."""

    name: str
    code: str
    label: Literal
    definition: Literal


@blueprint.get("/glossary")
def glossary() -> Response:
    """What the words mean that plans, reports and budgets use."""
    words = _read(reader_language(request))
    groups = {group: [words[name] for name in names if name in words] for group, names in GROUPS.items()}
    terms = ((HYTE[word.name].value, word.label.value, word.definition.value) for word in words.values())
    language = reader_language(request)
    schema = schema_of_terms(about(), "glossary", translate("glossary.title", language), terms, language)
    return page("about/glossary.html", groups=groups, known=len(words), json_ld=schema if words else None)


def _read(language: Language) -> Mapping[str, Word]:
    found: dict[str, dict[str, list[Literal]]] = {}
    iris = [HYTE[name].value for names in GROUPS.values() for name in names]
    for row in select_values(dataset(), _TERMS, "term", iris):
        texts = found.setdefault(row.text("term").removeprefix(HYTE.iri), {})
        for column in ("label", "definition"):
            if isinstance(term := row[column], Literal):
                texts.setdefault(column, []).append(term)
    words = {}
    for name, texts in found.items():
        label = best_literal(texts.get("label", ()), language)
        definition = best_literal(texts.get("definition", ()), language)
        if label and definition:
            words[name] = Word(name, name if name in CODES else "", label, definition)
    return words
