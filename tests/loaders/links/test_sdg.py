"""SDG suggestions: agreement with a reader's labels, few per goal, measures on their own words only."""

import csv
from pathlib import Path

import pytest

from hytegraph.loaders.links.cues import Cue, read_cues
from hytegraph.loaders.links.link import SUGGESTED, LinkEnd
from hytegraph.loaders.links.sdg import best_targets, suggest_sdg

DATA = Path(__file__).parents[2] / "data" / "links"
LEXICON = read_cues("sdg")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def goal_of(text: str, kind: str = "goal") -> str:
    found = best_targets(LinkEnd("x", kind, text), LEXICON)
    return found[0].concept.split(".")[0] if found else "none"


def targets_of(text: str, kind: str = "goal") -> list[str]:
    return [match.concept for match in best_targets(LinkEnd("x", kind, text), LEXICON)]


@pytest.mark.parametrize(("kind", "count"), [("goal", 36), ("priority", 22)])
def test_the_first_suggestion_agrees_with_the_reader(kind: str, count: int) -> None:
    labels = [row for row in rows("sdg-labels") if row["id"].startswith(f"{kind}/")]
    agreed = [row for row in labels if goal_of(row["text"], kind) in row["acceptable"].split(" | ")]
    assert len(labels) == count
    assert len(agreed) / count >= 0.9


def test_wordings_as_other_towns_have_them_are_read_too_in_three_languages() -> None:
    labels = rows("sdg-other-towns")
    agreed = [row for row in labels if goal_of(row["text"]) in row["acceptable"].split(" | ")]
    assert {row["language"] for row in labels} == {"fi", "sv", "en"}
    assert len(agreed) / len(labels) >= 0.9


def test_there_are_at_most_two_suggestions_a_goal_on_average_and_never_more() -> None:
    counts = [len(targets_of(row["text"])) for row in rows("sdg-labels")]
    assert max(counts) <= 2
    assert sum(counts) / len(counts) < 1.5


def test_the_labels_are_of_all_goals_and_priorities(kemi_elements: tuple[LinkEnd, ...]) -> None:
    known = {each.id.removeprefix("kemi:") for each in kemi_elements if each.kind in ("goal", "priority")}
    assert {row["id"] for row in rows("sdg-labels")} == known


@pytest.mark.parametrize(
    "text",
    [
        "Liikkuminen on esteetöntä ja palvelut helposti saatavilla.",
        "Aktiivisen ja turvallisen arjen tukeminen",
        "Turvallisuuden parantaminen ja rikosten ennalta ehkäisyyn panostaminen",
        "Safe and accessible streets and parks",
    ],
)
def test_safe_mobility_is_not_road_deaths(text: str) -> None:
    assert "3.6" not in targets_of(text)


def test_road_deaths_are_found_by_their_own_words() -> None:
    assert targets_of("Liikenneonnettomuudet vähenevät") == ["3.6"]


def test_the_target_for_the_young_outside_work_needs_their_own_words_and_warns_of_its_date() -> None:
    assert targets_of("Työllisyyden parantaminen") == ["8.5"]
    assert targets_of("Nuorisotyöttömyys puolittuu") == ["8.6"]
    with (Path(__file__).parents[3] / "loaders/links/lexicon/sdg.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        notes = {row["note"] for row in csv.DictReader(file) if row["concept"] == "8.6"}
    assert all("2020" in note for note in notes)


def test_a_word_that_speaks_against_an_entry_silences_it() -> None:
    assert targets_of("Yhteistyö hyvinvointialueen yhdyspinnoilla") == ["17.17"]
    assert targets_of("Ilmastoystävällinen liikkuminen")[0] == "13.2"


def test_a_measure_is_linked_on_its_own_clear_words_only() -> None:
    assert targets_of("Energiatehokkuus hankkeet.", "measure") == ["7.3"]
    assert targets_of("Hallin käyttöönotto", "measure") == []
    assert targets_of("Oulu2026", "project") == []


def test_a_suggestion_names_its_words_and_says_that_it_is_one() -> None:
    (link,) = suggest_sdg(
        [LinkEnd("kemi:goal/x", "goal", "Kestävä arki osaksi elämää", evidence="d:L1")], LEXICON
    )
    assert (link.predicate, link.object) == ("hyte:alignedWithSdgTarget", "sdg:12.8")
    assert (link.cue, link.kind, link.review_status) == ("Kestävä arki", "goal", SUGGESTED)
    assert "Kestävä arki" in link.rationale
    assert link.subject_evidence == "d:L1"
    assert 0 < link.confidence < 1


def test_bands_of_confidence_hold_what_they_promise() -> None:
    bands: dict[bool, list[bool]] = {True: [], False: []}
    for row in rows("sdg-labels"):
        for match in best_targets(LinkEnd("x", "goal", row["text"]), LEXICON):
            bands[match.strength >= 0.7].append(match.concept.split(".")[0] in row["acceptable"].split(" | "))
    assert sum(bands[True]) / len(bands[True]) >= 0.85
    assert sum(bands[False]) / len(bands[False]) >= 0.7


def test_things_of_other_kinds_get_no_suggestion() -> None:
    assert suggest_sdg([LinkEnd("x", "realisation", "Ilmastonmuutos")], LEXICON) == ()


def test_every_entry_of_the_lexicon_has_a_target_a_language_and_a_weight() -> None:
    assert all(isinstance(entry, Cue) and 0 < entry.weight < 1 and entry.words for entry in LEXICON)
    assert {entry.language for entry in LEXICON} == {"fi", "sv", "en"}
    assert all(1 <= int(entry.concept.split(".")[0]) <= 17 for entry in LEXICON)


def test_every_target_of_the_lexicon_has_words_in_three_languages() -> None:
    languages: dict[str, set[str]] = {}
    for entry in LEXICON:
        languages.setdefault(entry.concept, set()).add(entry.language)
    assert {target for target, known in languages.items() if known != {"fi", "sv", "en"}} == set()


def test_suggestions_are_the_same_whatever_the_order(kemi_elements: tuple[LinkEnd, ...]) -> None:
    assert suggest_sdg(reversed(kemi_elements), LEXICON) == suggest_sdg(kemi_elements, LEXICON)
