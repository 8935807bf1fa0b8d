"""The statements that a trace is made of: what is said, how it is known, and on which lines it rests."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.shared.evidence import Evidence
from hytegraph.server.pages.shared.table import Cell
from hytegraph.server.text.links import Labels, Link, path_under

COLUMNS = (
    *("step", "relation", "iri", "text", "basis", "review", "confidence"),
    *("document", "lineStart", "lineEnd", "quote"),
)
# The basis of what no document says: the chain breaks there.
MISSING = "missing"
INFERRED = "inferred"

Sources = Mapping[str, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class How:
    """How a statement is known.

    `basis` and `certainty` are keys of texts; `review` is set for what was suggested and says what people made of it;
    a suggestion also has a confidence as it is shown, the words it goes by, and its reason.
    """

    basis: str = ""
    certainty: str = ""
    review: str = ""
    confidence: str = ""
    words: tuple[str, ...] = ()
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def mark(self) -> str:
        """The key of the text for how it is known; empty where nothing is said of that."""
        if self.basis in (INFERRED, MISSING):
            return f"mark.{self.basis}"
        return f"mark.{self.review}" if self.review else f"basis.{self.basis}" if self.basis else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One step from the thing: its kind, the property, what stands there, and what is said of that in turn.

    A break in the chain is a statement of the basis MISSING without a text.
    """

    step: str
    relation: str
    iri: str
    link: Link
    how: How
    also: tuple["Statement", ...] = ()

    @property
    def is_unpaired(self) -> bool:
        """Whether it says that no measure of the row in particular is meant."""
        return self.step == "pairing" and not self.link.text


def missing(step: str, relation: str) -> Statement:
    """A break: the documents do not say it."""
    return Statement(step, relation, "", Link(""), How(MISSING))


def traced(labels: Labels, iri: str, base: str, prefix: str = "trace") -> Link:
    """The thing with a link to its own trace, or to its tree where it is a plan."""
    link = labels.link(iri)
    return Link(
        link.text, link.language, path_under(prefix, iri, base) if iri.startswith(base) else link.href
    )


def local(iri: str) -> str:
    """The name of one of our own terms without its namespace; another IRI as it is."""
    return iri.removeprefix(HYTE.iri)


def table_rows(statements: Iterable[Statement]) -> Iterator[tuple[Cell, ...]]:
    """The statements as rows of COLUMNS, one for each passage that they rest on; a break is a row too."""
    for each in statements:
        told = (
            *(each.step, each.relation, each.iri or None, each.link.text or None),
            *(each.how.basis or None, each.how.review or None, each.how.confidence.replace(",", ".") or None),
        )
        for source in each.how.evidence:
            yield *told, source.document.text, source.start, source.end, source.quote or None
        if not each.how.evidence:
            yield *told, None, None, None, None
        yield from table_rows(each.also)


def things_of(statements: Iterable[Statement]) -> Iterator[str]:
    """The IRIs of all that is spoken of."""
    for each in statements:
        if each.iri:
            yield each.iri
        yield from things_of(each.also)
