"""Why an answer may be empty: what its query names of the vocabulary that no fact of the data uses.

A term may be misspelt, unused in these data, stand above those that are used, or be used only by suggestions and
statuses, which stand in graphs apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.resources import ontology, ontology_quads
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, OWL, RDF, RDFS
from hytegraph.server.catalogue.void import CLASS_COUNTS, PROPERTY_COUNTS

UNKNOWN, UNUSED, ABOVE, APART = "unknown", "unused", "above", "apart"
_GRAPHS = stored_query(__name__, "graphs-of-term")
_PREFIX = re.compile(rf"PREFIX\s+([\w-]*):\s*<{re.escape(HYTE.iri)}>", re.IGNORECASE)
_READS_GRAPHS = re.compile(r"\bGRAPH\b", re.IGNORECASE)
# What may hold the look of a term: texts, and comments that no IRI's # begins.
_ASIDE = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(?:^|\s)#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hint:
    """A term of a query that no fact uses; `kind` says how that is.

    `others` are the terms below it that facts use, or the graphs that use it, where it does `triples` times.
    """

    term: str
    kind: str
    others: tuple[str, ...] = ()
    triples: int = 0


def hints(text: str, dataset: Dataset, summaries: Summaries) -> Iterator[Hint]:
    """What may have made the answer to a query empty, in the order of the query."""
    counted = (summaries.sums(name, ("term",)) for name in (CLASS_COUNTS, PROPERTY_COUNTS))
    facts = {term for counts in counted for (term,) in counts if isinstance(term, NamedNode)}
    reads_graphs = bool(_READS_GRAPHS.search(text))
    for node in own_terms(text):
        name = _short(node)
        if node not in _defined():
            yield Hint(name, UNKNOWN)
        elif node in _countable() and node not in facts:
            below = tuple(sorted(_short(each) for each in _below(node) if each in facts))
            rows = () if below else dataset.select(_GRAPHS.replace("urn:term", node.value))
            if below:
                yield Hint(name, ABOVE, below)
            elif not rows:
                yield Hint(name, UNUSED)
            elif not reads_graphs:
                triples = sum(int(row.text("n")) for row in rows)
                yield Hint(name, APART, tuple(row.text("graph") for row in rows), triples)


def own_terms(text: str) -> tuple[NamedNode, ...]:
    """The terms in the vocabulary's namespace that a query names, each once.

    >>> [each.value for each in own_terms("PREFIX h: <https://w3id.org/hytegraph/ns#> ASK { ?s a h:Goal # h:Aim")]
    ['https://w3id.org/hytegraph/ns#Goal']
    """
    told = _ASIDE.sub(" ", text)
    names = "|".join(re.escape(prefix) for prefix in _PREFIX.findall(told)) or "(?!)"
    pattern = re.compile(rf"(?<![\w:?$-])(?:{names}):([A-Za-z]\w*)|<{re.escape(HYTE.iri)}([A-Za-z]\w*)>")
    return tuple(dict.fromkeys(HYTE[one or other] for one, other in pattern.findall(told)))


def _short(node: NamedNode) -> str:
    return f"hyte:{node.value.removeprefix(HYTE.iri)}"


@cache
def _defined() -> frozenset[NamedNode]:
    """Every term that the vocabulary and its code lists define."""
    subjects = (quad.subject for quad in ontology_quads(DEFAULT_BASE))
    return frozenset(node for node in subjects if isinstance(node, NamedNode))


@cache
def _countable() -> frozenset[NamedNode]:
    """The classes and properties, whose use is counted."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    typed = (t.subject for t in ontology() if t.predicate == RDF.type and t.object in kinds)
    return frozenset(node for node in typed if isinstance(node, NamedNode))


def _below(node: NamedNode) -> set[NamedNode]:
    """The classes or properties below one, at any depth."""
    under = (RDFS.subClassOf, RDFS.subPropertyOf)
    near = {t.subject for t in ontology() if t.predicate in under and t.object == node}
    found = {each for each in near if isinstance(each, NamedNode) and each != node}
    return found.union(*(_below(each) for each in found))
