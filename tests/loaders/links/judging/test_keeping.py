"""A judgement is in the table when it has been made, whoever else writes and whatever kills the writer."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError
from hytegraph.graph.languages import Text
from hytegraph.loaders.links.judging.keeping import judge, opinion_of, withdraw
from hytegraph.loaders.links.judging.opinions import ACCEPT, REJECT, UNSURE, Opinion
from hytegraph.loaders.links.judging.reviewers import MUNICIPALITY, Reviewer, read_reviewers, write_reviewers
from hytegraph.loaders.links.link import ACCEPTED, SIMILARITY, SUGGESTED, LinkAssertion
from hytegraph.loaders.links.sssom import LinkTable, read_links, table_file, write_table

A, B, DAY = "saarela:reviewer/a", "saarela:reviewer/b", "2026-12-01"
LINKS = tuple(
    LinkAssertion(f"saarela:goal/{n}", "dct:subject", "theme:climate", "theme", 0.6, "m/1", SIMILARITY)
    for n in range(60)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "links").mkdir()
    write_table(tmp_path, LinkTable("themes", "saarela", "Teemat", LINKS))
    write_reviewers(tmp_path, (Reviewer(each, MUNICIPALITY, Text(each, each, each)) for each in (A, B)))
    return tmp_path


def table(folder: Path) -> LinkTable:
    return read_links(table_file(folder, "themes"))


def test_a_second_thought_replaces_the_first_and_can_be_taken_back(folder: Path) -> None:
    first, second = Opinion(A, DAY, UNSURE, comment="ehkä"), Opinion(A, DAY, ACCEPT)
    judge(folder, "themes", LINKS[0].key, first)
    assert judge(folder, "themes", LINKS[0].key, second).review_status == ACCEPTED
    assert opinion_of(table(folder), LINKS[0].key, A) == second
    assert withdraw(folder, "themes", LINKS[0].key, A, first).review_status == SUGGESTED
    assert opinion_of(table(folder), LINKS[0].key, A) == first
    withdraw(folder, "themes", LINKS[0].key, A, None)
    assert table(folder).links[0] == LINKS[0]


def test_another_reviewers_opinion_stays(folder: Path) -> None:
    judge(folder, "themes", LINKS[0].key, Opinion(A, DAY, ACCEPT))
    judge(folder, "themes", LINKS[0].key, Opinion(B, DAY, REJECT))
    assert table(folder).links[0].opinions == f"{A} {DAY} accept | {B} {DAY} reject"
    assert withdraw(folder, "themes", LINKS[0].key, B, None).reviewer == A


def test_a_link_that_is_gone_is_told(folder: Path) -> None:
    with pytest.raises(TableError, match="not in the table any more"):
        judge(folder, "themes", ("saarela:x", *LINKS[0].key[1:]), Opinion(A, DAY, ACCEPT))


JUDGING = """
import sys
from pathlib import Path
from hytegraph.loaders.links.judging.keeping import judge
from hytegraph.loaders.links.judging.opinions import Opinion
folder, reviewer, verdict = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
for n in range(60):
    key = (f"saarela:goal/{n}", "dct:subject", "theme:climate", "", "")
    judge(folder, "themes", key, Opinion(reviewer, "2026-12-01", verdict))
    print(n, flush=True)
"""


def judging(folder: Path, reviewer: str, verdict: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(JUDGING), str(folder), reviewer, verdict]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_judge_at_once_lose_nothing(folder: Path) -> None:
    both = [judging(folder, A, ACCEPT), judging(folder, B, REJECT)]
    assert [len(process.communicate(timeout=60)[0].splitlines()) for process in both] == [len(LINKS)] * 2
    for link in table(folder).links:
        assert {f"{A} {DAY} accept", f"{B} {DAY} reject"} == set(link.opinions.split(" | "))


def test_a_process_that_is_killed_has_lost_no_judgement_that_it_told(folder: Path) -> None:
    process = judging(folder, A, ACCEPT)
    assert process.stdout
    for _ in range(5):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    rest = process.communicate(timeout=10)[0].splitlines()
    told = 5 + len(rest)
    judged = sum(link.review_status == ACCEPTED for link in table(folder).links)
    assert judged in (told, told + 1)
    assert len(table(folder).links) == len(LINKS)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",municipality,", ",town,", "sort 'town'"),
        (f"\n{A}", "\nsaarela:person/a", "is no reviewer"),
        (f"\n{B}", f"\n{A}", "stands twice"),
        ("reviewer,", "who,", "'reviewer' is missing"),
    ],
)
def test_a_broken_table_of_reviewers_is_refused_with_its_line(
    folder: Path, old: str, new: str, reason: str
) -> None:
    file = folder / "links" / "reviewers.csv"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(TableError, match=reason) as caught:
        read_reviewers(folder)
    assert "line" in str(caught.value)
