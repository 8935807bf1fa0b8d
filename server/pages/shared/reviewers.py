"""Who has judged a claim, in a sentence: how many readers of this project, or the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, has_several_towns, settings, town
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import TEXTS, Language, translate

_SORTS = stored_query(__name__, "reviewer-sorts")
_ACCEPTED = "mark.accepted"


def mark_key(key: str) -> str:
    """The text of a mark, which tells of accepted claims that readers of this project alone review."""
    about = town() if has_several_towns() else None
    is_theirs = key == _ACCEPTED and _only_readers(dataset(), about.slug if about else None, settings().base)
    return f"{_ACCEPTED}.projectReader" if is_theirs else key


@lru_cache(maxsize=64)
def _only_readers(served: Dataset, slug: str | None, base: str) -> bool:
    sorts = {
        row["sort"] for row in served.select(_SORTS) if slug in (None, slug_in(row.text("reviewer"), base))
    }
    return sorts == {HYTE.projectReader}


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
