"""What follows from the opinions on a link: accepted or rejected where all agree, open where they do not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hytegraph.graph.errors import TableError
from hytegraph.loaders.links.continuity.changes import KINDS_OF_LOSS, KINDS_OF_SUCCESSION, predicate_of
from hytegraph.loaders.links.judging.opinions import (
    ACCEPT,
    LEAN,
    REJECT,
    UNSURE,
    Opinion,
    parse_opinions,
    write_opinions,
)
from hytegraph.loaders.links.judging.reviewers import Reviewer
from hytegraph.loaders.links.link import (
    ACCEPTED,
    ACCEPTED_BY_RULE,
    NO_MATCH,
    REJECTED,
    SUGGESTED,
    LinkAssertion,
)
from hytegraph.loaders.links.quads import CONTINUITY, STATUS
from hytegraph.loaders.links.status import STATUSES

Reviewers = Mapping[str, Reviewer]
_SAME_TEXT = "sameText"


def kinds_for(table: str, link: LinkAssertion) -> tuple[str, ...]:
    """What a reviewer may call a link of the table; () where its kind is no judgement."""
    if table == STATUS:
        return STATUSES
    if table != CONTINUITY:
        return ()
    if link.object != NO_MATCH:
        return KINDS_OF_SUCCESSION
    return KINDS_OF_LOSS if link.kind in KINDS_OF_LOSS else (link.kind,)


def opinions_of(link: LinkAssertion) -> tuple[Opinion, ...]:
    """The opinions on a link, also where a person has written nothing but the outcome into a spreadsheet."""
    if link.opinions or link.outcome not in (ACCEPTED, REJECTED):
        return parse_opinions(link.opinions)
    verdict = ACCEPT if link.outcome == ACCEPTED else REJECT
    return tuple(
        Opinion(reviewer, link.review_date, verdict) for reviewer in link.reviewer.split("|") if reviewer
    )


def as_suggested(link: LinkAssertion) -> LinkAssertion:
    """The link under the kind that the rule gave it."""
    return _called(link, link.suggested_kind) if link.suggested_kind else link


def settled(
    table: str, link: LinkAssertion, opinions: Sequence[Opinion], reviewers: Reviewers
) -> LinkAssertion:
    """The link with the outcome of its opinions; raises TableError for a kind or a reviewer that does not exist."""
    link = as_suggested(link)
    for opinion in opinions:
        if opinion.kind and opinion.kind not in (link.kind, *kinds_for(table, link)):
            raise TableError(
                f"links/{table}.tsv", link.subject, f"'{opinion.kind}' is no kind of such a link"
            )
        if opinion.reviewer not in reviewers:
            raise TableError("links/reviewers.csv", opinion.reviewer, "the reviewer is not in the table")
    link = replace(link, opinions=write_opinions(opinions), predicate_modifier="", reviewer_label="")
    labels = {opinion.label(link.kind) for opinion in opinions}
    if len(labels) != 1 or all(opinion.verdict in (LEAN, UNSURE) for opinion in opinions):
        by_rule = link.kind == _SAME_TEXT and not opinions
        return link.reviewed(ACCEPTED_BY_RULE if by_rule else SUGGESTED, "", "")
    [label] = labels
    if label not in (link.kind, ACCEPT, REJECT):
        link = replace(_called(link, label), suggested_kind=link.kind)
    curies = sorted({opinion.reviewer for opinion in opinions})
    outcome = REJECTED if label == REJECT else ACCEPTED
    link = link.reviewed(outcome, "|".join(curies), max(opinion.day for opinion in opinions))
    return replace(link, reviewer_label="|".join(reviewers[curie].label.fi for curie in curies))


def _called(link: LinkAssertion, kind: str) -> LinkAssertion:
    """The link under another kind, of which its predicate (continuity) or its object (status) follows."""
    if link.object == f"hyte:{link.kind}":
        return replace(link, kind=kind, object=f"hyte:{kind}", object_label=kind, suggested_kind="")
    levels = (curie.partition(":")[2].partition("/")[0] for curie in (link.subject, link.object))
    predicate = link.predicate if link.object == NO_MATCH else predicate_of(kind, *levels)
    return replace(link, kind=kind, predicate=predicate, suggested_kind="")
