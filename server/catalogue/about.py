"""What the descriptions say of a dataset and its service, from the data, their release and the settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.resources import MODELLING_GRAPHS
from hytegraph.graph.results import Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import DCT, HYTE
from hytegraph.server.settings import Settings
from hytegraph.server.text.messages import LANGUAGES, translate

ONTOLOGY = NamedNode(HYTE.iri.removesuffix("#"))
_MODELLING = stored_query(__name__, "modelling-licence")
# Who publishes an installation that names nobody.
NO_PUBLISHER = "hytegraph"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The size of a file in bytes, and its SHA-256 checksum."""

    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class About:
    """What the descriptions say of a dataset and its service.

    `licence` is that of the statements, `modelling` that of vocabulary, code lists and shapes. Where files alone are
    published there is no endpoint, and `files` are those that lie there, by their paths under the root; None where a
    service makes them. `legislation` and `category` mark a high-value dataset.
    """

    data: Dataset
    summaries: Summaries
    root: str
    iri: NamedNode
    titles: Mapping[str, str]
    licence: NamedNode | None
    modelling: NamedNode | None
    rights: tuple[Literal, ...]
    publisher: str
    contact: str
    base: str
    has_endpoint: bool = True
    files: Mapping[str, FileFacts] | None = None
    legislation: str = ""
    category: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset, summaries: Summaries, settings: Settings, root: str) -> Self:
        """What a dataset says of itself under its own IRI, else what the service can say of any data."""
        named = NamedNode(f"{settings.base}id/dataset")
        own, modelling = _stated(dataset, named)
        titles = {
            fact.object.language: fact.object.value
            for fact in own
            if fact.predicate == DCT.title and isinstance(fact.object, Literal) and fact.object.language
        }
        released = dataset.release.manifest.get("publisher", "") if dataset.release else ""
        return cls(
            dataset,
            summaries,
            root,
            named if own else NamedNode(f"{root}catalog#dataset"),
            titles or {each: translate("catalogue.untitled", each) for each in LANGUAGES},
            _licence(
                (fact.object for fact in own if fact.predicate == DCT.license),
                "" if own else settings.licence,
            ),
            _licence(modelling, settings.modelling_licence),
            tuple(f.object for f in own if f.predicate == DCT.rights and isinstance(f.object, Literal)),
            settings.publisher or str(released) or NO_PUBLISHER,
            settings.contact or f"{root}about",
            settings.base,
        )

    def node(self, name: str) -> NamedNode:
        """A thing that the catalogue defines."""
        return NamedNode(f"{self.root}catalog#{name}")

    def licence_of_graph(self, graph: str) -> NamedNode | None:
        """The licence of a graph: that of the modelling for what holds none of the statements."""
        name = graph.removeprefix(f"{self.base}graph/")
        return self.modelling if name in MODELLING_GRAPHS else self.licence


@lru_cache(maxsize=4)
def _stated(dataset: Dataset, named: NamedNode) -> tuple[tuple[Triple, ...], tuple[Term | None, ...]]:
    """Title, licence and rights of a dataset with one more of its facts, if it has any; the vocabulary's licences.

    Every page needs them, and a country's dataset has thousands of facts: its graphs.
    """
    own = dataset.describe(named.value).outgoing
    told = [fact for fact in own if fact.predicate in (DCT.title, DCT.license, DCT.rights)]
    return (*told, *own[:1]), tuple(row["licence"] for row in dataset.select(_MODELLING, ontology=ONTOLOGY))


def _licence(stated: Iterable[Term | None], usual: str) -> NamedNode | None:
    """The licence that is stated, else the usual one, which may be none."""
    named = next((licence for licence in stated if isinstance(licence, NamedNode)), None)
    return named or (NamedNode(usual) if usual not in ("", "none") else None)
