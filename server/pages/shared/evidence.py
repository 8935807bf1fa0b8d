"""How a thing is known: what the graph says of it, its standing, and the passages that it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hytegraph.graph.query.stored import select_values, stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE, RDFS
from hytegraph.server.pages.shared.documents import short_name
from hytegraph.server.text.links import Labels, Link, page_path, passage_name, source_path
from hytegraph.server.text.messages import Language

OUTGOING = stored_query(__name__, "outgoing")
OWN_LABELS = stored_query(__name__, "own-labels")
_EVIDENCE = stored_query(__name__, "evidence")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that something rests on: its IRI, document, name, address, words and lines.

    `short` is the document in short, for where the lines stand among those of other documents.
    """

    passage: str
    document: Link
    name: str
    href: str | None
    quote: str
    start: int
    end: int
    short: str = ""

    @property
    def place(self) -> str:
        """The document in short with the lines."""
        return f"{self.short}, {self.name}" if self.short else self.name


@dataclass(frozen=True, slots=True)
class Standing:
    """How a fact is known: keys of the texts for its bases and certainties, and the notes."""

    bases: tuple[str, ...]
    certainties: tuple[str, ...]
    notes: tuple[Link, ...]


def read_evidence(
    dataset: Dataset, iris: Iterable[str], base: str, language: Language
) -> Mapping[str, tuple[Evidence, ...]]:
    """The passages that each of the things rests on, in the order of documents and lines."""
    by_thing: dict[str, list[Row]] = {}
    for row in select_values(dataset, _EVIDENCE, "thing", iris):
        by_thing.setdefault(row.text("thing"), []).append(row)
    return {iri: _evidence_of(dataset, rows, base, language) for iri, rows in by_thing.items()}


def standing_of(rows: tuple[Row, ...], labels: Labels) -> Standing:
    """The bases, certainties and notes among the facts of a thing."""
    bases = sorted(
        {row.text("value").removeprefix(HYTE.iri) for row in rows if row["property"] == HYTE.basis}
    )
    sure = sorted(
        {row.text("value").removeprefix(HYTE.iri) for row in rows if row["property"] == HYTE.certainty}
    )
    notes = tuple(labels.link(row["value"]) for row in rows if row["property"] == RDFS.comment)
    return Standing(
        tuple(each for each in ("statedInSource", "derivedFromLayout", "curatorJudgement") if each in bases),
        tuple(each for each in ("sure", "ambiguous") if each in sure),
        notes,
    )


def _evidence_of(
    dataset: Dataset, rows: Sequence[Row], base: str, language: Language
) -> tuple[Evidence, ...]:
    """The passages in the order of documents and lines, each once whatever the languages of titles."""
    titles = Labels(_renamed(rows), base, language)
    found: dict[str, Evidence] = {}
    for row in rows:
        passage = row.text("passage")
        if passage in found:
            # The same in another language of the document's title.
            continue
        start, end = int(row.text("start")), int(row.text("end"))
        href = source_path(row.text("document"), start, end, base, passage) or page_path(passage, base)
        name = passage_name(start, end, language)
        found[passage] = Evidence(
            passage,
            titles.link(row["document"]),
            name,
            href,
            row.text("quote"),
            start,
            end,
            short_name(dataset, row.text("document"), base, language),
        )
    return tuple(found.values())


def _renamed(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(Row(("node", "label"), (row["document"], row["title"])) for row in rows)
