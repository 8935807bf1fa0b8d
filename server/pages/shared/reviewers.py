"""Who has judged a claim, in a sentence: how many readers of this project, or the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal

from hytegraph.graph.results import Row
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import TEXTS, Language, translate


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
