"""How far two reviewers agree on the same links: on what they say, on whether there is a link, and on each kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.iris import common_graph
from hytegraph.graph.kappa import Kappa, cohens_kappa
from hytegraph.graph.vocab import HYTE, RDF, XSD
from hytegraph.loaders.links.judging.opinions import REJECT, UNSURE, parse_opinions
from hytegraph.loaders.links.judging.settling import as_suggested
from hytegraph.loaders.links.link import MANUAL
from hytegraph.loaders.links.sssom import LinkTable
from hytegraph.loaders.links.town_graph import TownGraph

# All labels told apart, and whether there is a link of whatever kind; every other name is a label of its own.
ANY, LINKED = "any", "linked"
Pairs = list[tuple[str, str]]


def kappas_of(pairs: Pairs) -> Mapping[str, Kappa]:
    """Kappa for what is said of links: for all labels, for linked or not, and for each label or not."""
    labels = sorted({label for pair in pairs for label in pair} - {REJECT, UNSURE})
    return {
        ANY: cohens_kappa(pairs),
        LINKED: _whether(pairs, {REJECT, UNSURE}),
        **({label: _whether(pairs, {label}) for label in labels} if len(labels) > 1 else {}),
    }


def _whether(pairs: Pairs, labels: set[str]) -> Kappa:
    return cohens_kappa((str(one in labels), str(other in labels)) for one, other in pairs)


def pairs_by_reviewers(table: LinkTable) -> Mapping[tuple[str, str], Pairs]:
    """What two reviewers said of each link of a table on which both have an opinion, by the two.

    A link that the reviewers themselves brought is left out: that both have it is why it is there.
    """
    found: dict[tuple[str, str], Pairs] = defaultdict(list)
    for link in table.links:
        if link.justification == MANUAL:
            continue
        labels = {
            opinion.reviewer: opinion.label(as_suggested(link).kind)
            for opinion in parse_opinions(link.opinions)
        }
        for one, other in combinations(sorted(labels), 2):
            found[one, other].append((labels[one], labels[other]))
    return found


def agreement_quads(tables: Iterable[LinkTable], graph: TownGraph) -> Iterator[Quad]:
    """How far the reviewers of link tables agree, as things that a reader can ask for."""
    place = common_graph(graph.base, "links/accepted")
    for table in tables:
        for reviewers, pairs in sorted(pairs_by_reviewers(table).items()):
            both = "-".join(reviewer.rpartition("/")[2] for reviewer in reviewers)
            for label, kappa in kappas_of(pairs).items():
                node = NamedNode(f"{graph.base}id/{graph.town}/agreement/{table.name}/{label}/{both}")
                for predicate, value in (
                    (RDF.type, HYTE.ReviewerAgreement),
                    (HYTE.agreementIn, Literal(table.name)),
                    (HYTE.agreementLabel, Literal(label)),
                    *((HYTE.agreementOf, NamedNode(graph.iri(reviewer))) for reviewer in reviewers),
                    (HYTE.judgedByBoth, Literal(kappa.items)),
                    (HYTE.judgedAlike, Literal(kappa.agreed)),
                    (HYTE.agreementByChance, _decimal(kappa.chance)),
                    *(((HYTE.kappa, _decimal(kappa.value)),) if kappa.value is not None else ()),
                ):
                    yield Quad(node, predicate, value, place)


def _decimal(value: float) -> Literal:
    return Literal(f"{value:.3f}", datatype=XSD.decimal)
