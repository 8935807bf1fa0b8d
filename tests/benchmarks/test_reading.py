"""The measuring of reading: a perfect answer is 1.0, each kind of fault lowers its own figure, samples never change."""

import hashlib
from pathlib import Path

import pytest

from benchmarks.reading import catalogue, report, run, score, writers
from benchmarks.reading.author import WORDS
from benchmarks.reading.run import Outcome
from benchmarks.reading.samples import Gold, Sample, Sheet

GOLD: list[Gold] = [
    {
        "goal": ["Kiusaaminen vähenee"],
        "measure": ["Järjestetään kerhoja"],
        "responsible": ["Kirjasto | Koulut"],
    },
    {"goal": ["Luonto on lähellä"], "measure": ["Kunnostetaan polkuja"], "responsible": ["Tekninen toimi"]},
]
DECISION: Gold = {
    "body": ["Kunnanhallitus"],
    "date": ["2025-03-04"],
    "section": ["9", "§ 9"],
    "title": ["Suunnitelma"],
}


def answers() -> list[dict[str, str]]:
    """The gold rows as an answer, with other spaces and another order of the list."""
    rows = [{role: readings[0] for role, readings in row.items()} for row in GOLD]
    rows[0] |= {"responsible": "Koulut | Kirjasto", "measure": "Järjestetään\n  kerhoja"}
    return rows


def test_a_perfect_answer_is_one() -> None:
    tally = score.score_rows(GOLD, answers())
    assert (tally.f1(), tally.rows_read, tally.rows_seen, tally.rows_too_many) == (1.0, 2, 2, 0)


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert score.score_rows(GOLD, answers()[::-1]).f1() == 1.0


def test_a_missing_row_lowers_what_is_found() -> None:
    tally = score.score_rows(GOLD, answers()[:1])
    assert (tally.rows_read, tally.missing["measure"], tally.extra.total()) == (1, 1, 0)
    assert tally.f1() == pytest.approx(2 * 3 / (2 * 3 + 3))


def test_a_row_that_no_document_has_is_too_many() -> None:
    tally = score.score_rows(GOLD, [*answers(), {"measure": "Hinta 12 euroa"}])
    assert (tally.rows_read, tally.rows_too_many, tally.extra["measure"]) == (2, 1, 1)
    assert tally.f1("goal") == 1.0


def test_a_wrong_field_counts_in_its_own_role_only() -> None:
    rows = answers()
    rows[1]["responsible"] = "Kirjasto"
    tally = score.score_rows(GOLD, rows)
    assert (tally.f1("measure"), tally.f1("responsible")) == (1.0, 0.5)


def test_a_part_of_a_list_is_not_the_list() -> None:
    rows = answers()
    rows[0]["responsible"] = "Kirjasto"
    assert score.score_rows(GOLD, rows).right["responsible"] == 1


def test_a_field_that_the_document_does_not_have_is_too_many() -> None:
    rows = answers()
    rows[0]["status"] = "Valmis"
    assert +score.score_rows(GOLD, rows).extra == {"status": 1}


def test_a_measure_that_is_cut_short_is_the_same_row_and_a_wrong_field() -> None:
    rows = answers()
    rows[0]["measure"] = "Järjestetään"
    tally = score.score_rows(GOLD, rows)
    assert (tally.rows_read, tally.right["measure"], tally.right["goal"]) == (2, 1, 2)


def test_a_goal_without_a_measure_is_found_by_goal_and_indicator() -> None:
    gold: list[Gold] = [{"goal": ["Talous on tasapainossa"], "indicator": ["Vuosikate"], "target": ["1 %"]}]
    row = {"goal": "Talous on tasapainossa", "indicator": "Vuosikate", "target": "1 %", "measure": ""}
    assert score.score_rows(gold, [row]).f1() == 1.0


@pytest.mark.parametrize(("answer", "found"), [("9", 1), ("§ 9", 1), ("10", 0)])
def test_a_decision_is_found_by_body_day_and_section(answer: str, found: int) -> None:
    row = {"body": "Kunnanhallitus", "date": "2025-03-04", "section": answer, "title": "Suunnitelma"}
    tally = score.score_decisions([DECISION], [row])
    assert (tally.decisions_found, tally.decisions_too_many, tally.right["title"]) == (
        found,
        1 - found,
        found,
    )


def sample(structure: str = "tables", is_plan: bool = True) -> Sample:
    return Sample(structure, "open", "txt", "Raahe", "fi", [Sheet("", [])], is_plan=is_plan)


def test_rows_of_a_document_that_is_no_plan_are_told_apart() -> None:
    read = Outcome(sample(), score.score_rows(GOLD, answers()))
    price_list = Outcome(
        sample("price-list", is_plan=False), score.score_rows([], answers()), rows=list(answers())
    )
    total = report.by_structure([read, price_list])[-1]
    assert (total["f1"], total["rows_too_many"], total["rows_from_no_plans"]) == (1.0, 0, 2)


def test_a_name_is_found_in_contents_and_in_names_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"by": "Helmi Vaahterap\\u00f6lku"}', encoding="utf-8")
    (tmp_path / "kanervanen.txt").write_text("-", encoding="utf-8")
    assert run.words_left(["Vaahterapölku", "Kanervanen", "Puisto"], tmp_path) == [
        "Vaahterapölku in a.json",
        "Kanervanen in kanervanen.txt",
    ]


@pytest.mark.parametrize("half", catalogue.HALVES)
def test_the_samples_are_the_same_every_time(half: str, tmp_path: Path) -> None:
    sums = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        written = [
            writers.write(made, folder)
            for made in catalogue.all_samples(half)
            if made.form in ("html", "pdf", "txt")
        ]
        sums.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written})
    assert sums[0] == sums[1]
    assert len(sums[0]) > 20


def test_both_halves_have_every_structure_with_other_words() -> None:
    halves = {half: catalogue.all_samples(half) for half in catalogue.HALVES}
    assert {made.structure for made in halves["open"]} == {made.structure for made in halves["held"]}
    for language in ("fi", "sv"):
        for pool in ("aims", "goals", "measures", "places", "parties"):
            assert not set(WORDS["open"][language][pool]) & set(WORDS["held"][language][pool])


def test_no_measure_of_a_sample_is_written_twice() -> None:
    for half in catalogue.HALVES:
        for made in catalogue.all_samples(half):
            measures = [row["measure"][0] for row in made.rows if "measure" in row]
            assert len(measures) == len(set(measures)), made.name
