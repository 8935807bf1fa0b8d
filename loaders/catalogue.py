"""What a release says of itself: title, rights, sources, graphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import common_graph
from hytegraph.graph.languages import Text
from hytegraph.graph.reasoning.rules import INFERRED
from hytegraph.graph.vocab import DCT, PROV, RDF, RDFS, VOID, XSD

DEFAULT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NO_LICENCE = "none"
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
TITLES = Text(
    fi="hytegraph: kuntien strategiat ja hyvinvointisuunnitelmat linkitettynä tietona",
    sv="hytegraph: kommunala strategier och välfärdsplaner som länkade data",
    en="hytegraph: municipal strategies and wellbeing plans as linked data",
)
REASONING = Text(
    fi="Päättely: sääntöjen tuottama sulkeuma muiden graafien tiedoista, ilman mitään niissä sanottua.",
    sv="Slutledning: det som reglerna ger ur de andra graferna, utan något av det som de säger.",
    en="Reasoning: what the rules derive from the other graphs, without anything those state.",
)
# The licence is that of who makes the graph; the words of a document are not theirs to license.
RIGHTS = Text(
    fi="Lisenssi koskee aineiston väitteitä, rakennetta ja sanastoa. Lainatut sanat ovat asiakirjoista: niiden "
    "käyttöehdot kerrotaan kunkin asiakirjan kohdalla.",
    sv="Licensen gäller materialets påståenden, struktur och vokabulär. Citerade ord kommer ur dokumenten: villkoren "
    "för dem anges vid varje dokument.",
    en="The licence is for the statements, the structure and the vocabulary of the data. Quoted words are those of "
    "the documents: the terms for them stand at each document.",
)

NO_RIGHTS = Text(
    fi="Aineiston lisenssiä ei ole ilmoitettu. Lainattujen sanojen käyttöehdot kerrotaan kunkin asiakirjan kohdalla.",
    sv="Materialets licens har inte angetts. Villkoren för citerade ord anges vid varje dokument.",
    en="No licence of the data is stated. The terms for quoted words stand at each document.",
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Who publishes a release, and the IRI of the licence of its statements and modelling; '' where there is none.

    Raises BuildError for a licence that is no IRI.
    """

    licence: str = DEFAULT_LICENCE
    publisher: str = ""

    def __post_init__(self) -> None:
        if self.licence and not _IRI.fullmatch(self.licence):
            raise BuildError(
                f"the licence '{self.licence}' is not an http(s) IRI; give one, such as {DEFAULT_LICENCE}, "
                f"or '{NO_LICENCE}'"
            )

    @classmethod
    def of(cls, licence: str, publisher: str) -> "Rights":
        """The rights as they are set: no licence given means the usual one, `none` means none."""
        return cls("" if licence == NO_LICENCE else licence or DEFAULT_LICENCE, publisher)


def catalogue_quads(
    base: str, documents: Iterable[NamedNode], counts: Mapping[str, int], rights: Rights
) -> Iterator[Quad]:
    """What the release says of itself and of its graphs, in the graph `catalogue`; `counts` as `graph_counts` gives."""
    graph, dataset = common_graph(base, "catalogue"), NamedNode(f"{base}id/dataset")
    yield Quad(dataset, RDF.type, VOID.Dataset, graph)
    for title in TITLES.literals():
        yield Quad(dataset, DCT.title, title, graph)
        yield Quad(dataset, RDFS.label, title, graph)
    if rights.licence:
        yield Quad(dataset, DCT.license, NamedNode(rights.licence), graph)
    for text in (RIGHTS if rights.licence else NO_RIGHTS).literals():
        yield Quad(dataset, DCT.rights, text, graph)
    for document in documents:
        yield Quad(dataset, DCT.source, document, graph)
    reasoning, inferred = NamedNode(f"{base}id/reasoning"), common_graph(base, INFERRED)
    yield Quad(inferred, PROV.wasGeneratedBy, reasoning, graph)
    yield Quad(reasoning, RDF.type, PROV.Activity, graph)
    yield Quad(reasoning, PROV.used, common_graph(base, "ontology"), graph)
    for label in REASONING.literals():
        yield Quad(reasoning, RDFS.label, label, graph)
    for name, count in sorted(counts.items()):
        yield Quad(dataset, VOID.subset, NamedNode(name), graph)
        yield Quad(NamedNode(name), RDF.type, VOID.Dataset, graph)
        yield Quad(NamedNode(name), VOID.triples, Literal(str(count), datatype=XSD.integer), graph)


def graph_counts(quads: Iterable[Quad]) -> Counter[str]:
    """The number of quads of each named graph."""
    return Counter(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode))
