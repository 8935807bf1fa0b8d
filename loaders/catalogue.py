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
from hytegraph.graph.resources import MODELLING_GRAPHS
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
    fi="Lisenssi koskee aineiston väitteitä ja rakennetta. Sanasto, koodistot ja tarkistussäännöt kertovat oman "
    "lisenssinsä. Lainatut sanat ovat asiakirjoista: niiden käyttöehdot kerrotaan kunkin asiakirjan kohdalla.",
    sv="Licensen gäller materialets påståenden och struktur. Vokabulär, kodlistor och kontrollregler anger sin egen "
    "licens. Citerade ord kommer ur dokumenten: villkoren för dem anges vid varje dokument.",
    en="The licence is for the statements and the structure of the data. Vocabulary, code lists and shapes state "
    "their own licence. Quoted words are those of the documents: the terms for them stand at each document.",
)

NO_RIGHTS = Text(
    fi="Aineiston lisenssiä ei ole ilmoitettu. Lainattujen sanojen käyttöehdot kerrotaan kunkin asiakirjan kohdalla.",
    sv="Materialets licens har inte angetts. Villkoren för citerade ord anges vid varje dokument.",
    en="No licence of the data is stated. The terms for quoted words stand at each document.",
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Who publishes a release, and the IRIs of the licences of its statements and of its modelling; '' for none.

    The modelling is the vocabulary, the code lists and the shapes; None where they have the licence that their files
    state. Raises BuildError for a licence that is no IRI.
    """

    licence: str = DEFAULT_LICENCE
    publisher: str = ""
    modelling: str | None = None

    def __post_init__(self) -> None:
        for licence in (self.licence, self.modelling):
            if licence and not _IRI.fullmatch(licence):
                raise BuildError(
                    f"the licence '{licence}' is not an http(s) IRI; give one, such as {DEFAULT_LICENCE}, "
                    f"or '{NO_LICENCE}'"
                )

    @classmethod
    def of(cls, licence: str, publisher: str, modelling: str = "") -> "Rights":
        """The rights as they are set: none given means the usual ones, `none` means none."""
        usual = None if not modelling else "" if modelling == NO_LICENCE else modelling
        return cls("" if licence == NO_LICENCE else licence or DEFAULT_LICENCE, publisher, usual)

    def stated(self, lines: Iterable[str], base: str) -> Iterator[str]:
        """The lines of a release, those of the modelling's licence with the one that is set."""
        if self.modelling is None:
            yield from lines
            return
        graphs = tuple(f" {common_graph(base, name)} .\n" for name in MODELLING_GRAPHS)
        for line in lines:
            subject, predicate, _ = line.split(" ", 2)
            if predicate != str(DCT.license) or not line.endswith(graphs):
                yield line
            elif self.modelling:
                graph = line.rsplit(" ", 2)[1]
                yield f"{subject} {predicate} <{self.modelling}> {graph} .\n"


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
