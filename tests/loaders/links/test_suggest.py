"""New suggestions join the tables without touching what a person has reviewed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.opinions import ACCEPT, Opinion
from hytegraph.loaders.links.judging.reviewers import MUNICIPALITY, Reviewer
from hytegraph.loaders.links.judging.settling import settled
from hytegraph.loaders.links.link import (
    ACCEPTED_BY_RULE,
    LEXICAL,
    MANUAL,
    REJECTED,
    STANDING,
    LinkAssertion,
)
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.loaders.links.suggest import (
    ADDED,
    CHANGED,
    KEPT,
    REMOVED,
    TITLES,
    join,
    suggest_folder,
    write_folder,
)

ROLE, DAY = "kemi:post/hyte-koordinaattori", "2026-12-01"
REVIEWERS = {
    ROLE: Reviewer(ROLE, MUNICIPALITY, Text("Hyte-koordinaattori", "HYTE-koordinator", "Coordinator"))
}
LINK = LinkAssertion(
    "kemi:a", "hyte:status", "hyte:done", "done", 0.8, "status-from-words/1", LEXICAL, "valmis"
)
SURER = replace(LINK, confidence=0.9)


def what(old: list[LinkAssertion], new: list[LinkAssertion]) -> list[str]:
    return [change.what for change in join(old, new)[1]]


def test_a_new_suggestion_is_added_and_one_that_no_rule_gives_any_more_removed() -> None:
    assert what([], [LINK]) == [ADDED]
    assert what([LINK], []) == [REMOVED]
    assert join([LINK], [])[0] == ()


def test_a_changed_suggestion_is_replaced_and_told_with_its_difference() -> None:
    links, [change] = join([LINK], [SURER])
    assert links == (SURER,)
    assert (change.what, change.why) == (CHANGED, "confidence «0.8» → «0.9»")


def test_what_a_person_reviewed_stays_and_the_other_opinion_is_told() -> None:
    rejected = LINK.reviewed(REJECTED, ROLE, DAY)
    links, [change] = join([rejected], [SURER])
    assert links == (rejected,)
    assert change.what == KEPT
    assert join([rejected], [])[0] == (rejected,)


def test_a_rule_does_not_suggest_the_kind_that_a_reviewer_has_corrected() -> None:
    opinion = Opinion(ROLE, DAY, ACCEPT, "ongoing")
    corrected = settled("status", LINK, [opinion], REVIEWERS)
    assert corrected.key != LINK.key
    assert join([corrected], [SURER])[0] == (corrected,)


def test_a_link_that_a_person_wrote_stays() -> None:
    own = replace(LINK, justification=MANUAL)
    assert join([own], []) == ((own,), ())


def test_a_link_that_its_rule_accepted_follows_the_rule() -> None:
    by_rule = LINK.reviewed(ACCEPTED_BY_RULE, "", "")
    assert not by_rule.is_reviewed
    assert join([by_rule], [])[0] == ()


@pytest.mark.slow
@pytest.mark.whole
def test_the_tables_of_kemi_are_those_the_rules_give(kemi_folder: Path) -> None:
    joined = suggest_folder(kemi_folder)
    assert [each.table.name for each in joined] == sorted(TITLES)
    assert {change.what for each in joined for change in each.changes} <= {KEPT}


@pytest.mark.whole
@pytest.mark.slow
def test_writing_twice_gives_the_same_bytes(kemi_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(kemi_folder, tmp_path / "kemi")
    shutil.rmtree(copy / "links")
    written = []
    for _ in range(2):
        write_folder(copy, suggest_folder(copy))
        written.append({file.name: file.read_bytes() for file in (copy / "links").iterdir()})
    assert written[0] == written[1]
    assert sorted(written[0]) == sorted(f"{name}.tsv" for name in TITLES)


def test_only_what_has_one_wording_is_accepted_without_a_reviewer(kemi_folder: Path) -> None:
    standing = [
        link for table in read_link_tables(kemi_folder) for link in table.links if link.outcome in STANDING
    ]
    by_rule = [link for link in standing if link.review_status == ACCEPTED_BY_RULE]
    assert by_rule
    assert {(link.reviewer, link.review_date) for link in by_rule} == {("", "")}
    assert all(link.subject_label.casefold() == link.object_label.casefold() for link in by_rule)
    others = [link for link in standing if link.review_status != ACCEPTED_BY_RULE]
    assert all(link.reviewer and link.review_date and "accept" in link.opinions for link in others)
