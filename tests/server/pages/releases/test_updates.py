"""Which changes of a release people are told of, and in which words."""

import pytest

from hytegraph.graph.releases.changes import ADDED, FACT_ADDED, REWORDED, Change
from hytegraph.graph.vocab import DCT, HYTE, RDFS
from hytegraph.server.pages.releases.updates import _is_told
from hytegraph.server.pages.releases.wording import _iri


@pytest.mark.parametrize(
    "change, is_told",
    [
        (Change(ADDED, "m", kind="Measure"), True),
        (Change(ADDED, "p", kind="Passage"), False),
        (Change(REWORDED, "r", kind="PlanRow", property=HYTE.indicatorText.value), True),
        # It is told of the measure.
        (Change(REWORDED, "r", kind="PlanRow", property=HYTE.measureText.value), False),
        (Change(FACT_ADDED, "r", kind="PlanRow", property=HYTE.order.value), False),
        (Change(REWORDED, "m", kind="Measure", property=RDFS.label.value, after='"Kerho"@fi'), True),
        (Change(FACT_ADDED, "m", kind="Measure", property=DCT.source.value, after='"Kerho"@fi'), False),
        (Change(FACT_ADDED, "m", kind="Measure", property=HYTE.measureInRow.value, after="<a:b>"), False),
    ],
)
def test_words_of_things_are_told_and_what_holds_them_together_is_not(change: Change, is_told: bool) -> None:
    assert _is_told(change) == is_told


@pytest.mark.parametrize(
    "term, iri", [("<https://example.org/x>", "https://example.org/x"), ('"<x>"', ""), ("", "")]
)
def test_a_term_is_a_thing_where_it_is_an_iri(term: str, iri: str) -> None:
    assert _iri(term) == iri
