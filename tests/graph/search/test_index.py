import re
import sqlite3
from pathlib import Path

import pytest

from hytegraph.graph.errors import SearchIndexError
from hytegraph.graph.search import matching
from hytegraph.graph.search.build_index import make_index
from hytegraph.graph.search.index import Found, SearchIndex
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import SEARCH_INDEX


def names(index: SearchIndex, found: Found, kind: str) -> list[str]:
    return [thing.names[0][1] for thing in index.things(found.by_kind.get(kind, ()))]


def counts(found: Found, facet: str) -> dict[str, int]:
    return {value.key: count for value, count in found.facets[facet]}


@pytest.mark.slow
def test_the_same_data_make_the_same_index(kemi: Dataset, tmp_path: Path) -> None:
    for name in ("one", "other"):
        make_index(kemi, tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("words", ["koulu", "hyvinvonti", "aamuk", "lasten ja nuorten", "TA 2026"])
@pytest.mark.slow
def test_an_index_merged_from_parts_finds_what_that_of_the_whole_finds(
    words: str, kemi: Dataset, kemi_index: SearchIndex, tmp_path: Path
) -> None:
    make_index(kemi, tmp_path / SEARCH_INDEX)
    whole = SearchIndex(tmp_path / SEARCH_INDEX)
    try:
        found = [index.find(words, {}) for index in (whole, kemi_index)]
        iris = [
            {kind: {thing.iri for thing in index.things(numbers)} for kind, numbers in each.by_kind.items()}
            for index, each in zip((whole, kemi_index), found, strict=True)
        ]
    finally:
        whole.close()

    assert iris[0] == iris[1]
    assert found[0].total > 0
    assert {facet: counts(found[0], facet) for facet in found[0].facets} == {
        facet: counts(found[1], facet) for facet in found[1].facets
    }


def test_the_forms_of_a_word_find_the_same(kemi_index: SearchIndex) -> None:
    assert {kemi_index.find(form, {}).total for form in ("koulu", "koulujen", "KOULUISSA", "Koululta")} == {
        kemi_index.find("koulu", {}).total
    }


def test_what_has_the_word_itself_comes_before_what_has_it_in_a_compound(kemi_index: SearchIndex) -> None:
    found = names(kemi_index, kemi_index.find("koulu", {}), "measure")

    # The documents write "KouluPT" too, of which the dictionary knows nothing.
    plain = [bool(re.search(r"\bkoulu(?:n|t|ja|jen|illa|lla|ihin|pt)?\b", name.lower())) for name in found]
    assert plain == sorted(plain, reverse=True)
    assert True in plain
    assert False in plain


def test_a_misspelt_word_is_told_and_taken_for_the_nearest(kemi_index: SearchIndex) -> None:
    [meaning] = (found := kemi_index.find("hyvinvonti", {})).meanings

    assert (meaning.how, meaning.instead) == ("spelling", "hyvinvointi")
    assert found.total == kemi_index.find("hyvinvointi", {}).total > 0


def test_the_beginning_of_a_word_finds_the_words_that_begin_so(kemi_index: SearchIndex) -> None:
    found = kemi_index.find("aamuk", {})

    assert [meaning.how for meaning in found.meanings] == ["beginning"]
    assert "Kaupunginjohtajan aamukahvit kahdesti vuodessa" in names(kemi_index, found, "measure")


def test_an_unknown_compound_finds_nothing_and_offers_its_last_part(kemi_index: SearchIndex) -> None:
    found = kemi_index.find("peruskoulu", {})

    assert found.total == 0
    assert [(meaning.how, meaning.instead) for meaning in found.meanings] == [("unknown", "koulu")]


def test_words_may_be_told_of_what_a_thing_belongs_to_beside_its_own(kemi_index: SearchIndex) -> None:
    found = kemi_index.find("aamukahvit yhteisöllisyys kanslia", {})

    assert names(kemi_index, found, "measure") == ["Kaupunginjohtajan aamukahvit kahdesti vuodessa"]
    assert not found.is_loose


def test_where_no_thing_has_all_words_those_with_any_are_found_and_it_is_said(
    kemi_index: SearchIndex,
) -> None:
    found = kemi_index.find("aamukahvit koulu", {})

    assert found.is_loose
    assert found.total == kemi_index.find("aamukahvit", {}).total + kemi_index.find("koulu", {}).total


def test_words_between_words_do_not_count(kemi_index: SearchIndex) -> None:
    assert kemi_index.find("lapset ja nuoret", {}).by_kind == kemi_index.find("lapset nuoret", {}).by_kind


def test_swedish_and_english_words_find_what_has_names_in_these_languages(kemi_index: SearchIndex) -> None:
    swedish, english = (kemi_index.find(word, {}) for word in ("hälsa", "health"))

    assert swedish.by_kind.keys() == english.by_kind.keys() == {"sdg"}
    assert {thing.iri for thing in kemi_index.things(english.by_kind["sdg"])} >= {
        "http://metadata.un.org/sdg/3"
    }


def test_a_facet_keeps_what_has_one_of_the_chosen_values_and_counts_the_others_as_if_it_were_open(
    kemi_index: SearchIndex,
) -> None:
    every = kemi_index.find("koulu", {})
    kept = kemi_index.find("koulu", {"kind": ["measure"]})
    both = kemi_index.find("koulu", {"kind": ["measure", "indicator"], "period": ["2026"]})

    assert kept.by_kind == {"measure": every.by_kind["measure"]}
    assert counts(kept, "kind") == counts(every, "kind")
    assert sum(counts(kept, "document").values()) == kept.total
    assert set(both.by_kind) <= {"measure", "indicator"}
    assert both.total == counts(kept, "period")["2026"] + counts(
        kemi_index.find("koulu", {"kind": ["indicator"]}), "period"
    ).get("2026", 0)


def test_without_words_everything_chosen_is_found_and_everything_is_counted(kemi_index: SearchIndex) -> None:
    goals = kemi_index.find("", {"kind": ["goal"], "period": ["2022-2025"]})

    assert len(goals.by_kind["goal"]) == 16
    assert kemi_index.find("", {}).total == 0
    assert sum(counts(kemi_index.find("", {}), "kind").values()) == kemi_index.entries


def test_without_words_as_many_of_a_kind_are_given_as_are_wanted(kemi_index: SearchIndex) -> None:
    chosen = {"kind": ["measure"]}
    every = kemi_index.find("", chosen).by_kind["measure"]

    for most in (1, 3, 20, 60, 120):
        some = kemi_index.find("", chosen, most=most)
        assert (len(some.by_kind["measure"]), some.total) == (most, len(every))


def test_a_value_that_nothing_has_finds_nothing(kemi_index: SearchIndex) -> None:
    assert kemi_index.find("koulu", {"period": ["1900"]}).total == 0


def test_a_thing_tells_what_it_belongs_to_and_where_it_was_read(kemi_index: SearchIndex) -> None:
    [thing] = kemi_index.things(
        kemi_index.find("kaupunginjohtajan aamukahvit kahdesti", {}).by_kind["measure"]
    )

    assert [names[0][1] for _, names in thing.way] == [
        "Osallistava kehittäminen ja yhteisöllisyys",
        "Viisas Kemi",
        "Hyvinvointisuunnitelman toimenpiteet vuodelle 2026",
    ]
    assert thing.place
    assert (thing.place.start, thing.place.end) == (12, 12)


def test_no_measure_is_named_as_what_a_realisation_belongs_to_where_its_row_has_several(
    kemi: Dataset, kemi_index: SearchIndex
) -> None:
    rows = kemi.select(
        "PREFIX hyte: <https://w3id.org/hytegraph/ns#> SELECT DISTINCT ?report WHERE { ?row hyte:rowRealisation ?report ; "
        "hyte:rowMeasure ?one, ?other ; hyte:rowGoal ?goal FILTER(?one != ?other) }"
    )
    several = {row.text("report") for row in rows}
    reports = kemi_index.things(kemi_index.find("", {"kind": ["realisation"]}).by_kind["realisation"])

    named = [thing for thing in reports if thing.iri in several]
    assert named
    assert [iri for thing in named for iri, _ in thing.way if "/measure/" in iri] == []


def test_suggestions_are_names_that_hold_what_is_typed_and_no_long_texts(kemi_index: SearchIndex) -> None:
    things = kemi_index.things(kemi_index.suggest("lasten nuor", 5))

    assert 0 < len(things) <= 5
    assert all(any(re.search("las|lap|nuor", name.lower()) for _, name in thing.names) for thing in things)
    assert {thing.kind for thing in things}.isdisjoint({"passage", "realisation", "narrative"})
    assert kemi_index.suggest("", 5) == kemi_index.suggest("xyzzy", 5) == ()


@pytest.mark.parametrize(
    "text", ['"', 'koulu"', "*", "a AND (b", "{name}: koulu", "-", "%_", "\x00", "ä" * 5000, "§ 110"]
)
def test_no_text_breaks_the_search(text: str, kemi_index: SearchIndex) -> None:
    kemi_index.find(text, {"kind": [text]})
    kemi_index.suggest(text, 5)


def test_the_index_can_be_read_when_its_release_is_gone(kemi_release: Path, tmp_path: Path) -> None:
    file = tmp_path / SEARCH_INDEX
    file.write_bytes((kemi_release / SEARCH_INDEX).read_bytes())
    index = SearchIndex(file)
    file.unlink()

    assert index.find("koulu", {}).total > 0
    index.close()


def test_what_is_no_index_or_of_another_layout_is_refused(kemi_release: Path, tmp_path: Path) -> None:
    damaged, other = tmp_path / "damaged.sqlite", tmp_path / "other.sqlite"
    damaged.write_bytes(b"no database")
    other.write_bytes((kemi_release / SEARCH_INDEX).read_bytes())
    connection = sqlite3.connect(other)
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'layout'")
    connection.commit()
    connection.close()

    for file in (damaged, other, tmp_path / "none.sqlite"):
        with pytest.raises(SearchIndexError):
            SearchIndex(file)


def test_of_very_many_matches_some_of_each_kind_are_ranked_and_all_are_counted(
    kemi_index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = kemi_index.find("koulu", {})
    monkeypatch.setattr(matching, "ALL_RANKED", 10)
    some = kemi_index.find("koulu", {}, most=3)

    assert (every.is_cut, some.is_cut) == (False, True)
    assert (some.total, some.counts, some.facets) == (every.total, every.counts, every.facets)
    assert {kind: len(numbers) for kind, numbers in some.by_kind.items()} == {
        kind: min(3, len(numbers)) for kind, numbers in every.by_kind.items()
    }
    assert all(set(numbers) <= set(every.by_kind[kind]) for kind, numbers in some.by_kind.items())


def test_what_is_chosen_of_very_many_matches_is_ranked_whole_where_it_is_little(
    kemi_index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = kemi_index.find("koulu", {"kind": ["goal"]})
    monkeypatch.setattr(matching, "ALL_RANKED", whole.total)

    assert kemi_index.find("koulu", {"kind": ["goal"]}, most=1).by_kind == whole.by_kind
    assert whole.total < kemi_index.find("koulu", {}).total


def test_a_town_is_a_facet_that_narrows_what_is_found(kemi_index: SearchIndex) -> None:
    every = kemi_index.find("koulu", {})
    of_town = kemi_index.find("koulu", {"town": ["kemi"]})

    # The goals of the UN belong to no town.
    assert of_town.total == counts(every, "town")["kemi"] < every.total
    assert every.by_kind["measure"] == of_town.by_kind["measure"]
    assert kemi_index.find("koulu", {"town": ["nowhere"]}).total == 0


def test_only_the_facets_that_are_wanted_are_counted(kemi_index: SearchIndex) -> None:
    every = kemi_index.find("koulu", {"town": ["kemi"]})
    some = kemi_index.find("koulu", {"town": ["kemi"]}, facets=("kind", "period"))

    assert some.facets == {facet: every.facets[facet] for facet in ("kind", "period")}
    assert (some.by_kind, some.counts) == (every.by_kind, every.counts)


def test_of_a_town_alone_nothing_is_looked_through_but_its_parts(kemi_index: SearchIndex) -> None:
    # The names of the goals of the UN stand in the part that belongs to no town.
    everywhere = kemi_index.find("health aamukahvit", {"town": ["kemi"]})
    of_town = kemi_index.find("health", {"town": ["kemi"]}, facets=("kind",))

    assert everywhere.is_loose
    assert kemi_index.find("health", {}).total > 0
    assert of_town.total == 0
    assert counts(of_town, "kind") == {}
