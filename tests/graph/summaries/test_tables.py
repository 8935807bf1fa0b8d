"""A summary is its query, asked before: the same rows for one town and for two, kept or asked for when they are read."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from hytegraph.graph.errors import SummariesError, UnknownNameError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.results import Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import SUMMARIES
from hytegraph.graph.summaries.build_tables import make_summaries, merge_summaries
from hytegraph.graph.summaries.cells import cell_of, term_of
from hytegraph.graph.summaries.definitions import load_summaries
from hytegraph.graph.summaries.open_tables import open_summaries
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, XSD
from tests.graph.conftest import FIRST, SECOND, Country

ALL = load_summaries()
ASKED = sorted(name for name, summary in ALL.items() if summary.queries)
SUMMED = {
    "document-counts": ("documents", ("code", "year"), "document"),
    "gap-counts": ("gaps", ("gap",), ("thing", "detail")),
    "gap-document-counts": ("gaps", ("gap", "document"), ("thing", "detail")),
    "theme-counts": ("theme-claims", ("concept", "review"), "node"),
    "sdg-counts": ("sdg-claims", ("goal", "review"), "element"),
    "continuity-counts": ("continuity-claims", ("kind", "review"), "claim"),
}


@pytest.fixture(scope="module")
def whole(country: Country) -> Dataset:
    return country.whole()


@pytest.fixture(scope="module")
def current(whole: Dataset) -> Summaries:
    """The same, asked for when they are read."""
    return Summaries.of(whole, DEFAULT_BASE)


@pytest.fixture(scope="module")
def merged(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The summaries of two towns, made of those of each."""
    folder = tmp_path_factory.mktemp("summaries")
    parts = []
    for town, unit in sorted(country.units().items()):
        parts.append(folder / f"part-{town}.sqlite")
        parts[-1].write_bytes(make_summaries(unit, DEFAULT_BASE, town))
    merge_summaries(parts, folder / "merged.sqlite", lambda: "checksum")
    return folder / "merged.sqlite"


@pytest.fixture(scope="module")
def kept(merged: Path) -> Iterator[Summaries]:
    opened = Summaries.open(merged, "checksum")
    yield opened
    opened.close()


def solutions(dataset: Dataset, name: str) -> set[tuple[Term | None, ...]]:
    """The rows of the queries of a summary, as the dataset gives them."""
    found = set()
    for query, constants in ALL[name].queries:
        for row in dataset.select(query):
            given = dict(zip(row.variables, row.terms, strict=True))
            given |= {column: Literal(value) for column, value in constants.items()}
            columns = ALL[name].columns or row.variables
            found.add(tuple(given.get(column) for column in columns))
    return found


@pytest.mark.parametrize("name", ASKED)
def test_a_summary_has_the_rows_of_its_query_over_both_towns(
    name: str, whole: Dataset, kept: Summaries
) -> None:
    assert {row.terms[1:] for row in kept.rows(name)} == solutions(whole, name)
    assert kept.count(name) == len(kept.rows(name))


@pytest.mark.parametrize("name", ASKED)
def test_a_summary_of_one_town_has_the_rows_of_its_query(
    name: str, kemi: Dataset, kemi_release: Path
) -> None:
    opened = Summaries.open(kemi_release / SUMMARIES, kemi.release.checksum if kemi.release else "")
    assert {row.terms[1:] for row in opened.rows(name)} == solutions(kemi, name)
    opened.close()


@pytest.mark.parametrize("name", ALL)
@pytest.mark.slow
def test_what_is_asked_for_when_it_is_read_is_what_was_kept(
    name: str, current: Summaries, kept: Summaries
) -> None:
    for town in (FIRST, SECOND, None):
        assert current.rows(name, town) == kept.rows(name, town)
    assert not current.is_kept
    assert kept.is_kept


def test_a_thing_with_a_gap_has_a_row_for_each_document_and_one_that_is_its_first(kept: Summaries) -> None:
    places = kept.rows("gap-places")
    key = ("town", "gap", "thing", "detail")
    things = {tuple(row[name] for name in key) for row in kept.rows("gaps")}

    assert {tuple(row[name] for name in key) for row in places} == things
    firsts = [tuple(row[name] for name in key) for row in places if row["first"] == Literal(1)]
    assert sorted(map(str, firsts)) == sorted(map(str, things))
    documents = {tuple(row[name] for name in (*key, "document")) for row in kept.rows("gaps")}
    assert {tuple(row[name] for name in (*key, "document")) for row in places} == documents
    lines = {row["thing"]: row.text("lineStart") for row in reversed(kept.rows("gaps", FIRST))}
    for row in kept.rows("gap-places", FIRST, limit=50):
        if kept.count("gaps", FIRST, {"thing": row["thing"]}) == 1:
            assert row.text("start") == lines[row["thing"]]


def test_the_counts_of_a_town_are_those_of_its_rows(kept: Summaries) -> None:
    counts = {what: n for (what,), n in kept.sums("town-counts", ("what",), FIRST).items()}
    observed = {row["indicator"] for row in kept.rows("indicator-values", FIRST)}
    listed: dict[tuple[object, object], str] = {}
    for row in kept.rows("indicator-rows", FIRST):
        has_digits = re.search("[0-9]", row.text("realisation"))
        has = "value" if row["indicator"] in observed else "digits" if has_digits else "none"
        listed[row["indicator"], row["row"]] = f"indicators-{has}"
    expected = Counter(listed.values()) + Counter(
        {
            "indicators": len(listed),
            "figures": kept.count("figures", FIRST, distinct=("figure",)),
            "figures-ambiguous": kept.count(
                "figures", FIRST, {"certainty": HYTE.ambiguous}, distinct=("figure",)
            ),
            "figure-cells": kept.count("figure-cells", FIRST, distinct=("observation",)),
            "proposals": kept.count("amendment-lines", FIRST, distinct=("proposal",)),
            "amendments": kept.count("amendment-lines", FIRST, distinct=("line",)),
            "parties": kept.count("parties", FIRST, distinct=("party",)),
            "measures": kept.count("measure-rows", FIRST, distinct=("measure",)),
            "unassigned": kept.count("without-party", FIRST, distinct=("measure",)),
        }
    )

    assert counts == {Literal(what): n for what, n in expected.items()}


@pytest.mark.parametrize("name", SUMMED)
def test_counts_are_those_of_the_rows(name: str, kept: Summaries) -> None:
    of, by, counted = SUMMED[name]
    columns = (counted,) if isinstance(counted, str) else counted
    groups: dict[tuple[object, ...], set[object]] = {}
    for row in kept.rows(of):
        key = (row["town"], *(row[column] for column in by))
        groups.setdefault(key, set()).add(tuple(row[column] for column in columns))
    expected = {key: len(members) for key, members in groups.items()}
    if name == "gap-document-counts":
        expected = {key: n for key, n in expected.items() if key[2] is not None}

    assert kept.sums(name, ("town", *by)) == expected
    assert expected


def test_the_rows_of_a_town_are_its_own(kept: Summaries) -> None:
    for name in ASKED:
        for town in (FIRST, SECOND):
            assert {row.text("town") for row in kept.rows(name, town)} <= {town}
    assert kept.count("elements", FIRST) == kept.count("elements", SECOND) > 0
    assert kept.count("elements", "nowhere") == 0


@pytest.mark.parametrize(
    ("name", "of", "column"), [("plan-list", "plans", "plan"), ("decision-list", "decisions", "decision")]
)
def test_a_list_holds_each_thing_once(name: str, of: str, column: str, kept: Summaries) -> None:
    listed = [row[column] for row in kept.rows(name)]

    assert len(listed) == len(set(listed)) > 0
    assert set(listed) == {row[column] for row in kept.rows(of)}


def test_rows_of_some_towns_are_those_of_each(kept: Summaries) -> None:
    some = kept.rows("plan-list", (SECOND, FIRST))

    assert some == (*kept.rows("plan-list", FIRST), *kept.rows("plan-list", SECOND))


def test_rows_are_chosen_ordered_and_counted(kept: Summaries) -> None:
    kinds = kept.counts("elements", ("class",), FIRST)
    for (kind,), n in kinds.items():
        chosen = kept.rows("elements", FIRST, {"class": kind})
        assert len(chosen) == n == kept.count("elements", FIRST, {"class": [kind]} if kind else None)
        assert all(row["class"] == kind for row in chosen)
    every = kept.rows("elements", order=("-order", "node"))
    numbers = [int(row.text("order")) for row in every if row["order"]]
    assert numbers == sorted(numbers, reverse=True)
    assert kept.rows("elements", order=("-order", "node"), offset=10, limit=5) == every[10:15]
    unnumbered = [row for row in kept.rows("elements") if row["order"] is None]
    assert list(kept.rows("elements", where={"order": None})) == unnumbered
    assert kept.rows("elements", where={"class": []}) == ()
    assert kept.count("gaps", FIRST, distinct=("thing",)) == len(
        {row["thing"] for row in kept.rows("gaps", FIRST)}
    )


@pytest.mark.slow
def test_the_same_data_give_the_same_bytes(country: Country) -> None:
    unit = country.units()[FIRST]
    assert make_summaries(unit, DEFAULT_BASE, FIRST) == make_summaries(unit, DEFAULT_BASE, FIRST)


def test_the_summaries_of_other_data_are_not_read(merged: Path, tmp_path: Path) -> None:
    with pytest.raises(SummariesError, match="other data"):
        Summaries.open(merged, "another checksum")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(merged.read_bytes()[:3000])
    with pytest.raises(SummariesError, match="damaged"):
        Summaries.open(damaged, "checksum")


def test_a_summary_that_there_is_not_is_an_error(kept: Summaries) -> None:
    with pytest.raises(UnknownNameError, match="no summary is called 'nothing'"):
        kept.rows("nothing")


@pytest.mark.slow
def test_a_release_without_good_summaries_is_asked_itself(kemi_release: Path, copied_release: Path) -> None:
    assert open_summaries(Dataset.open(kemi_release), DEFAULT_BASE).is_kept

    dataset = Dataset.open(copied_release)
    # What is remembered of the whole file does not hold for the damaged one.
    assert open_summaries(dataset, DEFAULT_BASE, copied_release).is_kept
    (copied_release / SUMMARIES).write_bytes(b"damaged")
    current = open_summaries(dataset, DEFAULT_BASE, copied_release)
    assert not current.is_kept
    assert {row.terms[1:] for row in current.rows("documents")} == solutions(dataset, "documents")


@pytest.mark.parametrize(
    "term",
    [
        None,
        NamedNode("https://example.org/a"),
        BlankNode("b"),
        Literal(""),
        Literal("_:no node"),
        Literal("https://example.org/a"),
        Literal("sana", language="fi"),
        Literal(-12),
        Literal("12"),
        Literal(10**30),
        Literal("1.5", datatype=XSD.decimal),
        Literal(True),
    ],
)
def test_a_term_comes_back_as_it_was(term: Term | None) -> None:
    assert term_of(cell_of(term)) == term
