"""Two people judge copies of the same tables; what both think stands, and what they do not agree on stays open."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.agreement import ANY, LINKED
from hytegraph.loaders.links.judging.keeping import judge
from hytegraph.loaders.links.judging.merging import merge_copies
from hytegraph.loaders.links.judging.opinions import ACCEPT, REJECT, Opinion
from hytegraph.loaders.links.judging.reviewers import PROJECT_READER, Reviewer, write_reviewers
from hytegraph.loaders.links.link import ACCEPTED, REJECTED, SIMILARITY, SUGGESTED, LinkAssertion
from hytegraph.loaders.links.sssom import LinkTable, read_links, table_file, write_table
from hytegraph.loaders.links.summary import merge_reviews

A, B, DAY = "saarela:reviewer/a", "saarela:reviewer/b", "2026-12-01"
LINKS = tuple(
    LinkAssertion(
        *(
            f"saarela:goal/2022/{name}",
            "hyte:continuedBy",
            f"saarela:goal/2026/{name}",
            kind,
            0.6,
            "m/1",
            SIMILARITY,
        ),
        subject_label=name,
        object_label=name,
    )
    for name, kind in (("arki", "split"), ("koti", "split"), ("meri", "merged"), ("talo", "merged"))
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    (own / "links").mkdir(parents=True)
    write_table(own, LinkTable("continuity", "saarela", "Jatkuvuus", LINKS))
    write_reviewers(own, (Reviewer(each, PROJECT_READER, Text(each, each, each)) for each in (A, B)))
    return own


def copies(folder: Path, *judgements: tuple[str, int, str, str]) -> tuple[Path, Path]:
    """Two copies, in which A and B have judged links by their number: `(reviewer, number, verdict, kind)`."""
    places = {A: folder.parent / "first", B: folder.parent / "second"}
    for place in places.values():
        shutil.copytree(folder, place)
    for reviewer, number, verdict, kind in judgements:
        judge(places[reviewer], "continuity", LINKS[number].key, Opinion(reviewer, DAY, verdict, kind))
    return places[A], places[B]


def states(folder: Path) -> dict[str, str]:
    return {
        link.subject_label: link.review_status for link in read_links(table_file(folder, "continuity")).links
    }


def test_what_both_think_stands_and_the_rest_stays_open_with_both_opinions(folder: Path) -> None:
    both = copies(
        folder,
        *((A, 0, ACCEPT, ""), (B, 0, ACCEPT, "")),
        *((A, 1, REJECT, ""), (B, 1, REJECT, "")),
        *((A, 2, ACCEPT, ""), (B, 2, REJECT, "")),
        (A, 3, ACCEPT, "overlapping"),
    )
    complete, lines = merge_reviews(folder, *both, dry_run=False)
    assert states(folder) == {"arki": ACCEPTED, "koti": REJECTED, "meri": SUGGESTED, "talo": ACCEPTED}
    assert not complete
    assert "1 links stay open with the opinions of both" in lines
    [meri] = [
        link for link in read_links(table_file(folder, "continuity")).links if link.subject_label == "meri"
    ]
    assert meri.opinions == f"{A} {DAY} accept | {B} {DAY} reject"
    assert f"  {B} {DAY} reject" in lines


def test_kappa_is_told_by_table_and_label(folder: Path) -> None:
    both = copies(
        folder,
        *((A, 0, ACCEPT, ""), (B, 0, ACCEPT, "")),
        *((A, 1, REJECT, ""), (B, 1, REJECT, "")),
        *((A, 2, REJECT, ""), (B, 2, ACCEPT, "")),
    )
    kappas = merge_copies(folder, *both).kappas
    # Labels split/split, reject/reject, reject/merged: alike 2/3, by chance (1 + 2) / 9.
    assert kappas["continuity", ANY].value == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))
    # A link or none: 1/1, 0/0, 0/1: alike 2/3, by chance (1 * 2 + 2 * 1) / 9.
    assert kappas["continuity", LINKED].value == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert (kappas["continuity", "split"].items, kappas["continuity", "split"].value) == (3, 1)
    assert kappas["continuity", "merged"].agreed == 2


def test_what_was_judged_before_the_copies_were_made_says_nothing_of_agreement(folder: Path) -> None:
    judge(folder, "continuity", LINKS[0].key, Opinion(A, DAY, ACCEPT))
    merged = merge_copies(folder, *copies(folder))
    assert merged.kappas == {}
    assert [link.review_status for link in merged.tables[0].links].count(ACCEPTED) == 1


def test_a_second_thought_in_a_copy_replaces_the_first(folder: Path) -> None:
    judge(folder, "continuity", LINKS[0].key, Opinion(A, DAY, ACCEPT))
    merged = merge_copies(folder, *copies(folder, (A, 0, REJECT, "")))
    assert [link.opinions for link in merged.tables[0].links if link.opinions] == [f"{A} {DAY} reject"]


def test_a_link_that_only_a_copy_has_is_kept_once_it_is_judged(folder: Path) -> None:
    both = copies(folder, (A, 0, ACCEPT, ""), (B, 1, REJECT, ""))
    write_table(folder, LinkTable("continuity", "saarela", "Jatkuvuus", LINKS[2:]))
    merged = merge_copies(folder, *both)
    assert {link.subject_label: link.review_status for link in merged.tables[0].links} == {
        "arki": ACCEPTED,
        "koti": REJECTED,
        "meri": SUGGESTED,
        "talo": SUGGESTED,
    }


def test_a_corrected_kind_meets_the_uncorrected_link_of_the_other_copy(folder: Path) -> None:
    both = copies(folder, (A, 0, ACCEPT, "overlapping"), (B, 0, ACCEPT, ""))
    merged = merge_copies(folder, *both)
    assert len(merged.tables[0].links) == len(LINKS)
    [open_] = merged.open
    assert (open_.link.kind, open_.link.predicate) == ("split", "hyte:continuedBy")


def test_a_merge_for_show_writes_nothing(folder: Path) -> None:
    both = copies(folder, (A, 0, ACCEPT, ""))
    before = table_file(folder, "continuity").read_bytes()
    merge_reviews(folder, *both, dry_run=True)
    assert table_file(folder, "continuity").read_bytes() == before


def test_the_order_of_the_copies_does_not_matter_to_the_outcome(folder: Path) -> None:
    first, second = copies(folder, (A, 0, ACCEPT, ""), (B, 0, REJECT, ""), (B, 1, REJECT, ""))
    outcomes = [
        {replace(link, opinions="") for link in merge_copies(folder, *order).tables[0].links}
        for order in ((first, second), (second, first))
    ]
    assert outcomes[0] == outcomes[1]


def test_a_copy_without_tables_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no link table"):
        merge_copies(folder, tmp_path, tmp_path)
