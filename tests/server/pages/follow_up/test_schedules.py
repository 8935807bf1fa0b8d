"""Schedules are read only where every word is known."""

import pytest

from hytegraph.server.pages.follow_up.schedules import Step, read_schedule


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("2022", "2022"),
        ("v.2021-2025", "2021 2022 2023 2024 2025"),
        ("2022–23", "2022 2023"),
        ("2024 alkaen", "2024 2025"),
        ("2024-", "2024 2025"),
        ("Vuoden 2022 loppuun mennessä", "2022"),
        ("5/2022 mennessä", "2022"),
        ("20.5.2022", "2022"),
        ("2022 ja 2024", "2022 2024"),
        ("11/2022–2/2023", "2022 2023"),
        ("2027 alkaen", "2027"),
        ("jatkuva", "ongoing"),
        ("Jatkuvaa toimintaa", "ongoing"),
        ("löpande", "ongoing"),
        ("Vuosittain marras-/joulukuussa", "everyYear"),
        ("Vuosittainen prosessi", "everyYear"),
    ],
)
def test_a_schedule_lies_in_the_years_that_its_words_say(words: str, years: str) -> None:
    assert read_schedule(words, 2025).codes("year") == tuple(years.split())


@pytest.mark.parametrize(
    ("words", "step", "codes"),
    [
        ("1–6/2022", "half", "2022-H1"),
        ("1–6/2022", "month", "2022-01 2022-02 2022-03 2022-04 2022-05 2022-06"),
        ("syksyllä 2023", "half", "2023-H2"),
        ("kevään 2023 aikana", "half", "2023-H1"),
        ("syksy 2023", "month", "2023"),
        ("marras-joulukuu 2023", "month", "2023-11 2023-12"),
        ("toukokuussa 2023", "month", "2023-05"),
        ("Q3/2024", "month", "2024-07 2024-08 2024-09"),
        ("2023", "half", "2023"),
        ("11/2025 alkaen", "month", "2025-11 2025-12"),
    ],
)
def test_a_schedule_is_no_finer_than_it_is_printed(words: str, step: Step, codes: str) -> None:
    assert read_schedule(words, 2025).codes(step) == tuple(codes.split())


@pytest.mark.parametrize(
    "words",
    [
        "kun rahoitus järjestyy",
        "helmi-/maaliskuu",
        "Osallistava budjetointi helmi-/maaliskuu, KJ:n aamukahvit puolivuosittain",
        "2025-2021",
        "2022-2099",
        "13/2022",
        "kesä 2022",
        "ei 2022",
        "",
    ],
)
def test_what_has_an_unknown_word_or_no_year_is_not_read(words: str) -> None:
    assert read_schedule(words, 2025).codes("year") == ("unread",)
