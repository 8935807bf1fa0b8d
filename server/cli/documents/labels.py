"""Names of codes as the vocabulary has them."""

from functools import cache

from pyoxigraph import Literal, RdfFormat, parse

from hytegraph.graph.languages import Language
from hytegraph.graph.resources import data_folder
from hytegraph.graph.vocab import SKOS
from hytegraph.loaders.kinds import KINDS


def kind_label(kind: str, language: Language) -> str:
    """What a kind of document is called; its own name where the vocabulary has none."""
    code = KINDS[kind].code.value if kind in KINDS else ""
    return _labels().get((code, language), kind)


@cache
def _labels() -> dict[tuple[str, str], str]:
    quads = parse((data_folder("ontology") / "codes.ttl").read_bytes(), RdfFormat.TURTLE)
    return {
        (str(quad.subject)[1:-1], quad.object.language or ""): quad.object.value
        for quad in quads
        if quad.predicate == SKOS.prefLabel and isinstance(quad.object, Literal)
    }
