"""A review lists what waits, finds what is wrong with a table, and counts how often reviewers agreed."""

from dataclasses import replace
from pathlib import Path

import pytest

from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.reviewers import MUNICIPALITY, Reviewer, read_reviewers
from hytegraph.loaders.links.link import ACCEPTED, LEXICAL, NO_MATCH, NOT, REJECTED, LinkAssertion
from hytegraph.loaders.links.review import agreements, check_links, review_folder, waiting
from hytegraph.loaders.links.sssom import LinkTable, read_links
from hytegraph.loaders.links.town_graph import Material

ROLE, DAY = "kemi:post/hyte-koordinaattori", "2026-12-01"
REVIEWERS = {
    ROLE: Reviewer(ROLE, MUNICIPALITY, Text("Hyte-koordinaattori", "HYTE-koordinator", "Coordinator"))
}


@pytest.fixture
def link(kemi_material: Material) -> LinkAssertion:
    first, second = kemi_material.graph.elements("goal")[:2]
    return LinkAssertion(first.id, "skos:closeMatch", second.id, "same", 0.8, "continuity-words/1", LEXICAL)


def table(*links: LinkAssertion) -> LinkTable:
    return LinkTable("continuity", "kemi", "", links)


def faults(material: Material, *links: LinkAssertion) -> str:
    return "; ".join(fault.reason for fault in check_links(table(*links), material.graph, REVIEWERS))


@pytest.mark.whole
def test_the_tables_of_kemi_are_sound_and_wait_for_review(kemi_folder: Path) -> None:
    review = review_folder(kemi_folder)
    assert review.faults == ()
    assert len(review.waiting) > 1000


def test_a_sound_link_has_no_fault(kemi_material: Material, link: LinkAssertion) -> None:
    assert faults(kemi_material, link, replace(link, object=NO_MATCH)) == ""


def test_an_end_that_does_not_exist_is_a_fault(kemi_material: Material, link: LinkAssertion) -> None:
    assert "does not exist" in faults(kemi_material, replace(link, object="kemi:goal/2026/ei-ole"))
    assert "does not exist" in faults(kemi_material, replace(link, subject="oulu:goal/1"))


def test_a_decision_without_role_or_date_is_a_fault(kemi_material: Material, link: LinkAssertion) -> None:
    assert "without reviewer_id" in faults(kemi_material, link.reviewed(ACCEPTED, "", DAY))
    assert "without reviewer_id" in faults(kemi_material, link.reviewed(REJECTED, ROLE, ""))
    assert faults(kemi_material, link.reviewed(ACCEPTED, ROLE, DAY)) == ""


def test_a_reviewer_stands_in_the_table_of_reviewers(kemi_material: Material, link: LinkAssertion) -> None:
    stranger = link.reviewed(ACCEPTED, "kemi:reviewer/nobody", DAY)
    assert "'kemi:reviewer/nobody' is not in links/reviewers.csv" in faults(kemi_material, stranger)
    opinion = f"kemi:reviewer/nobody {DAY} unsure"
    assert "is not in links/reviewers.csv" in faults(kemi_material, replace(link, opinions=opinion))


def test_who_accepts_that_a_link_is_not_so_is_counted_as_rejecting_it(
    kemi_material: Material, link: LinkAssertion
) -> None:
    denied = replace(link, predicate_modifier=NOT).reviewed(ACCEPTED, ROLE, DAY)
    [band] = agreements(table(denied))
    assert (band.accepted, band.rejected) == (0, 1)
    again = replace(link, predicate="skos:relatedMatch")
    assert "must not come back" in faults(kemi_material, denied, again)


def test_the_same_pair_is_not_exact_and_close_at_once(kemi_material: Material, link: LinkAssertion) -> None:
    assert "exact match" in faults(kemi_material, link, replace(link, predicate="skos:exactMatch"))


def test_what_was_rejected_does_not_come_back(kemi_material: Material, link: LinkAssertion) -> None:
    again = replace(link, predicate="skos:relatedMatch")
    assert "must not come back" in faults(kemi_material, link.reviewed(REJECTED, ROLE, DAY), again)
    assert "stands twice" in faults(kemi_material, link.reviewed(REJECTED, ROLE, DAY), link)


def test_a_predicate_of_another_table_is_a_fault(kemi_material: Material, link: LinkAssertion) -> None:
    assert "no predicate of this table" in faults(kemi_material, replace(link, predicate="hyte:status"))


def test_the_least_trusted_and_then_the_most_used_come_first_and_what_tells_nothing_last(
    link: LinkAssertion,
) -> None:
    sure = replace(link, object="kemi:b", confidence=0.95)
    lonely = replace(link, subject="kemi:c", object="kemi:d", confidence=0.5)
    used = replace(link, object="kemi:e", confidence=0.5)
    weak = replace(link, object="kemi:g", confidence=0.36)
    silent = replace(link, object="kemi:h", confidence=0.3, kind="unknown")
    found = waiting([table(silent, sure, lonely, used, weak, link.reviewed(ACCEPTED, ROLE, DAY))])
    assert [each.link for each in found] == [weak, used, lonely, sure, silent]


def test_agreement_counts_what_people_decided_per_band(link: LinkAssertion) -> None:
    accepted, rejected = (
        link.reviewed(ACCEPTED, ROLE, DAY),
        replace(link, object="kemi:b").reviewed(REJECTED, ROLE, DAY),
    )
    [band] = agreements(table(accepted, rejected, replace(link, object="kemi:c")))
    assert (band.waiting, band.accepted, band.rejected) == (1, 1, 1)


def test_no_person_is_named_as_reviewer(kemi_folder: Path) -> None:
    reviewers = read_reviewers(kemi_folder)
    named = {
        reviewer
        for file in (kemi_folder / "links").glob("*.tsv")
        for link in read_links(file).links
        for reviewer in filter(None, link.reviewer.split("|"))
    }
    assert named <= set(reviewers)
