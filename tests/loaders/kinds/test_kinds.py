"""A kind of document is one object that holds all that the rest of the loaders needs of it."""

from pyoxigraph import RdfFormat, parse

from hytegraph.graph.resources import data_folder
from hytegraph.loaders.kinds import KINDS


def test_every_kind_has_a_concept_in_the_code_lists() -> None:
    codes = (data_folder("ontology") / "codes.ttl").read_bytes()
    concepts = {quad.subject for quad in parse(codes, RdfFormat.TURTLE)}
    assert {kind.name for kind in KINDS.values() if kind.code not in concepts} == set()


def test_no_two_kinds_share_a_slug() -> None:
    assert len({kind.slug for kind in KINDS.values()}) == len(KINDS)
