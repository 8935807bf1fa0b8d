"""Minting of IRIs: readable ASCII slugs under one base, a town's things under the town."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.finnish.folding import ascii_words

DEFAULT_BASE = "https://w3id.org/hytegraph/"
SLUG_WORDS = 5
SLUG_LENGTH = 60
# Words that carry nothing in a slug; leaving them out keeps it within five words.
_EMPTY_WORDS = frozenset({"ja", "seka", "eli", "on", "och", "and", "the", "of"})
# No town may be called by a word that begins the address of a page, or the IRI of what belongs to no town.
RESERVED_TOWNS = frozenset(
    (
        # Under these a static site has the pages in other languages than Finnish.
        *("en", "sv"),
        *(
            "about",
            "accessibility",
            "amendments",
            "calendar",
            "catalog",
            "changes",
            "checks",
            "compare",
            "data",
            "decisions",
            "downloads",
        ),
        *(
            "dumps",
            "editor",
            "figures",
            "follow-up",
            "gaps",
            "glossary",
            "graph",
            "healthz",
            "id",
            "indicators",
            "index",
            "measures",
            "metrics",
            "ns",
        ),
        *(
            "page",
            "periods",
            "plans",
            "problems",
            "queries",
            "query",
            "questions",
            "rdf-graph-store",
            "readyz",
            "releases",
        ),
        *(
            "responsibility",
            "results",
            "sdg",
            "search",
            "source",
            "sparql",
            "static",
            "summary",
            "themes",
            "towns",
            "trace",
            "updates",
            "tree",
            "validation",
        ),
        *(
            "catalogue",
            "dataset",
            "inferred",
            "links",
            "ontology",
            "period",
            "reasoning",
            "shapes",
            "vocabulary",
        ),
    )
)


def slug_of(wording: str) -> str:
    """A readable slug of at most five words.

    >>> slug_of("Palvelumme ovat vaikuttavia, saavutettavia ja asiakaslähtöisiä.")
    'palvelumme-ovat-vaikuttavia-saavutettavia-asiakaslahtoisia'
    """
    words = ascii_words(wording)
    telling = [word for word in words if word not in _EMPTY_WORDS] or words or ["x"]
    slug = "-".join(telling[:SLUG_WORDS])
    return slug[:SLUG_LENGTH].rstrip("-")


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one town under a base that ends in a slash."""

    base: str
    town: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+/", self.base):
            raise ValueError(f"the base '{self.base}' is not an http(s) IRI that ends in a slash")

    def thing(self, *path: str) -> NamedNode:
        """A thing of the town: `{base}id/{town}/{path…}`."""
        return NamedNode("/".join((f"{self.base}id/{self.town}", *path)))

    def shared(self, *path: str) -> NamedNode:
        """A thing that belongs to no town, such as a period: `{base}id/{path…}`."""
        return NamedNode("/".join((f"{self.base}id", *path)))

    def graph(self, *path: str) -> NamedNode:
        """A named graph of the town."""
        return NamedNode("/".join((f"{self.base}graph/{self.town}", *path)))

    def document_graph(self, document: str) -> NamedNode:
        """The named graph of one document."""
        return self.graph("document", document)


def is_iri(text: str) -> bool:
    """Whether a text may name something."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def town_beginnings(base: str, towns: Iterable[str]) -> tuple[str, ...]:
    """How lines of N-Quads about things and graphs of the towns (slugs) begin, in the order of lines."""
    return tuple(
        sorted(
            f"<{base}{beginning}"
            for town in towns
            for beginning in (f"id/{town}/", f"id/{town}>", f"graph/{town}/")
        )
    )


def common_graph(base: str, name: str) -> NamedNode:
    """A named graph that no town owns: ontology, vocabulary, shapes, catalogue, validation."""
    return NamedNode(f"{base}graph/{name}")
