"""Who has judged a claim, in a sentence: a language model, readers of this project, or the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.results import Row, Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, has_several_towns, settings, town
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import TEXTS, Language, translate

_SORTS = stored_query(__name__, "reviewer-sorts")
_ACCEPTED = "mark.accepted"
_NOT_THE_TOWN = frozenset((HYTE.projectReader, HYTE.languageModel))


def mark_key(key: str) -> str:
    """The text of a mark, which tells of accepted claims where no municipality, or no person, reviews."""
    if key != _ACCEPTED:
        return key
    about = town() if has_several_towns() else None
    return accepted_mark(dataset(), about.slug if about else None, settings().base)


def accepted_mark(served: Dataset, slug: str | None, base: str) -> str:
    """The text of the mark of what is accepted in the data of a town, or of the only one."""
    sorts = _sorts(served, slug, base)
    if not sorts or not sorts <= _NOT_THE_TOWN:
        return _ACCEPTED
    return f"{_ACCEPTED}.{'projectReader' if HYTE.projectReader in sorts else 'languageModel'}"


@lru_cache(maxsize=64)
def _sorts(served: Dataset, slug: str | None, base: str) -> frozenset[Term | None]:
    rows = served.select(_SORTS)
    return frozenset(row["sort"] for row in rows if slug in (None, slug_in(row.text("reviewer"), base)))


@dataclass(frozen=True, slots=True)
class Judges:
    """Those who have judged a claim: what sort they are of, in a sentence, and what each is called."""

    sentence: str
    names: tuple[Link, ...]


def judges_of(rows: Iterable[Row], base: str, language: Language) -> Judges | None:
    """Who has judged, by rows with `reviewer`, `reviewerLabel` and `sort`; None where nobody has."""
    told = [row for row in rows if row["reviewer"] is not None]
    named = [
        Row(("node", "label"), (row["reviewer"], row["reviewerLabel"]))
        for row in told
        if isinstance(row["reviewerLabel"], Literal)
    ]
    labels = Labels(named, base, language)
    sorts = {row.text("reviewer"): row.text("sort").removeprefix(HYTE.iri) for row in told}
    if not sorts:
        return None
    sentences = [
        translate(f"reviewed.{sort}", language, n=list(sorts.values()).count(sort))
        for sort in sorted(set(sorts.values()))
        if f"reviewed.{sort}" in TEXTS
    ]
    return Judges("; ".join(sentences), tuple(labels.link(iri) for iri in sorted(sorts)))
