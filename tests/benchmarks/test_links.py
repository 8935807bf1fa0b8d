"""The labels of two readers: the models are those that fit one half, and both halves say how far to trust them."""

from functools import cache

import pytest

from benchmarks.links.__main__ import fitted, read_elements
from benchmarks.links.fit import fit
from benchmarks.links.labels import Labels, read_labels
from hytegraph.loaders.links.continuity.successors import suggest_continuity
from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.link import NO_MATCH, LinkAssertion, LinkEnd

WITHOUT_LABELS = "2023-12-04"


@cache
def elements() -> tuple[LinkEnd, ...]:
    return read_elements()


@cache
def labels() -> Labels:
    return read_labels(elements(), "goals", "measures")


@cache
def shown() -> tuple[LinkAssertion, ...]:
    """The links of what the readers have read, in both halves."""
    labelled = {each.id for each in elements() if each.period != WITHOUT_LABELS}
    return tuple(
        link
        for link in suggest_continuity(elements())
        if link.subject in labels().line and link.object in labelled
    )


def right(links: list[LinkAssertion]) -> float:
    return sum((link.subject, link.object) in labels().pairs for link in links) / len(links)


@pytest.mark.parametrize("name", ["continuity-model", "report-model"])
@pytest.mark.slow
def test_the_weights_that_are_shipped_are_those_that_fit_the_half_on_even_lines(name: str) -> None:
    shipped = {row["feature"]: float(row["weight"]) for row in read_lexicon(name)}
    assert shipped == pytest.approx(fitted(elements())[name], abs=0.02)


def test_a_regression_finds_the_odds_that_its_rows_have() -> None:
    rows = [{"constant": 1.0, "seen": float(number % 2)} for number in range(400)]
    weights = fit(rows, [float(number % 8 in (1, 3, 5)) for number in range(400)])
    # Of the rows that are seen three in four hold, which is odds of 3, and of the others none.
    assert weights["constant"] + weights["seen"] == pytest.approx(1.1, abs=0.1)
    assert weights["constant"] < -3


@pytest.mark.slow
def test_the_surer_a_link_is_the_oftener_a_reader_has_it() -> None:
    sure = right([link for link in shown() if link.confidence >= 0.8])
    fair = right([link for link in shown() if 0.5 <= link.confidence < 0.8])
    assert sure >= 0.9
    assert 0.5 <= fair < sure


@pytest.mark.slow
def test_a_right_link_has_a_kind_that_a_reader_gives_it() -> None:
    hits = [link for link in shown() if (link.subject, link.object) in labels().pairs]
    same = [
        link
        for link in hits
        if link.kind in {verdict.kind for verdict in labels().pairs[link.subject, link.object].values()}
    ]
    assert len(same) / len(hits) >= 0.8


@pytest.mark.slow
def test_what_left_by_law_has_no_successor_for_a_reader_either() -> None:
    transferred = [
        link
        for link in suggest_continuity(elements())
        if link.kind == "transferred" and link.subject in labels().line
    ]
    assert len(transferred) >= 14
    assert all(link.object == NO_MATCH for link in transferred)
    assert sum(link.subject in labels().alone for link in transferred) / len(transferred) >= 0.8
