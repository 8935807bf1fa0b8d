"""What follows from opinions: all must agree, and what a reviewer corrects can be taken back."""

from dataclasses import replace

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.opinions import (
    ACCEPT,
    LEAN,
    REJECT,
    UNSURE,
    Opinion,
    parse_opinions,
    write_opinions,
)
from hytegraph.loaders.links.judging.reviewers import PROJECT_READER, Reviewer
from hytegraph.loaders.links.judging.settling import as_suggested, opinions_of, settled
from hytegraph.loaders.links.link import (
    ACCEPTED,
    ACCEPTED_BY_RULE,
    NOT,
    REJECTED,
    SIMILARITY,
    SUGGESTED,
    LinkAssertion,
)

A, B, DAY = "kemi:reviewer/a", "kemi:reviewer/b", "2026-12-01"
REVIEWERS = {
    curie: Reviewer(curie, PROJECT_READER, Text(f"lukija {curie[-1]}", "läsare", "reader"))
    for curie in (A, B)
}
LINK = LinkAssertion(
    "kemi:goal/2022/arki", "hyte:continuedBy", "kemi:goal/2026/arki", "split", 0.6, "m/1", SIMILARITY
)


def opinion(reviewer: str, verdict: str, kind: str = "", comment: str = "") -> Opinion:
    return Opinion(reviewer, DAY, verdict, kind, comment)


def outcome(*opinions: Opinion, link: LinkAssertion = LINK) -> LinkAssertion:
    return settled("continuity", link, opinions, REVIEWERS)


def test_opinions_come_back_as_they_were_written() -> None:
    held = (opinion(A, ACCEPT, "same", "sama: hanke"), opinion(B, UNSURE))
    assert parse_opinions(write_opinions(held)) == held


def test_a_comment_cannot_become_another_opinion() -> None:
    [only] = parse_opinions(str(opinion(A, REJECT, comment=f"eri | {B} {DAY} accept\nasia")))
    assert (only.verdict, only.comment) == (REJECT, f"eri / {B} {DAY} accept asia")


@pytest.mark.parametrize("text", ["hyvä", f"{A} 2026-13-01 accept", f"{A} {DAY} maybe", f"a {DAY} accept"])
def test_what_is_no_opinion_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="opinion"):
        parse_opinions(text)


@pytest.mark.parametrize(
    ("opinions", "status", "reviewers"),
    [
        ((), SUGGESTED, ""),
        ((opinion(A, ACCEPT),), ACCEPTED, A),
        ((opinion(A, ACCEPT), opinion(B, ACCEPT, "split")), ACCEPTED, f"{A}|{B}"),
        ((opinion(A, REJECT), opinion(B, REJECT)), REJECTED, f"{A}|{B}"),
        ((opinion(A, ACCEPT), opinion(B, REJECT)), SUGGESTED, ""),
        ((opinion(A, ACCEPT), opinion(B, UNSURE)), SUGGESTED, ""),
        ((opinion(A, ACCEPT, "merged"), opinion(B, ACCEPT)), SUGGESTED, ""),
        ((opinion(A, UNSURE),), SUGGESTED, ""),
        ((opinion(A, ACCEPT), opinion(B, LEAN)), ACCEPTED, f"{A}|{B}"),
        ((opinion(A, ACCEPT), opinion(B, LEAN, "merged")), SUGGESTED, ""),
        ((opinion(A, REJECT), opinion(B, LEAN)), SUGGESTED, ""),
        ((opinion(A, LEAN, "split"), opinion(B, LEAN)), SUGGESTED, ""),
    ],
)
def test_a_link_is_settled_only_where_all_agree(
    opinions: tuple[Opinion, ...], status: str, reviewers: str
) -> None:
    link = outcome(*opinions)
    assert (link.review_status, link.reviewer) == (status, reviewers)
    assert link.opinions == write_opinions(opinions)
    assert not (opinions and link.is_waiting)


def test_a_corrected_kind_changes_what_is_stated_and_can_be_taken_back() -> None:
    corrected = outcome(opinion(A, ACCEPT, "overlapping"), opinion(B, ACCEPT, "overlapping"))
    assert (corrected.kind, corrected.predicate) == ("overlapping", "skos:relatedMatch")
    assert corrected.suggested_kind == "split"
    assert as_suggested(corrected).key == LINK.key
    assert outcome(link=corrected) == LINK


def test_a_status_is_corrected_with_its_value() -> None:
    status = LinkAssertion("kemi:realisation/x", "hyte:status", "hyte:done", "done", 0.9, "s/1", SIMILARITY)
    corrected = settled("status", status, [opinion(A, ACCEPT, "ongoing")], REVIEWERS)
    assert (corrected.object, corrected.object_label) == ("hyte:ongoing", "ongoing")
    assert settled("status", corrected, [], REVIEWERS).object == "hyte:done"


def test_what_a_rule_accepted_waits_for_nobody_until_somebody_doubts_it() -> None:
    same = replace(LINK, kind="sameText", review_status=ACCEPTED_BY_RULE)
    assert outcome(opinion(A, UNSURE), link=same).review_status == SUGGESTED
    assert outcome(link=outcome(opinion(A, UNSURE), link=same)).review_status == ACCEPTED_BY_RULE


def test_the_outcome_in_a_spreadsheet_is_an_opinion_too() -> None:
    accepted = LINK.reviewed(ACCEPTED, f"{A}|{B}", DAY)
    assert opinions_of(accepted) == (opinion(A, ACCEPT), opinion(B, ACCEPT))
    assert opinions_of(replace(accepted, predicate_modifier=NOT))[0].verdict == REJECT


def test_an_unknown_kind_or_reviewer_is_refused() -> None:
    with pytest.raises(TableError, match="'done' is no kind"):
        outcome(opinion(A, ACCEPT, "done"))
    with pytest.raises(TableError, match="not in the table"):
        outcome(opinion("kemi:reviewer/c", ACCEPT))
