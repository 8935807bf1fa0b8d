"""Responsibility cells: who, and when."""

import pytest

from hytegraph.loaders.kinds.interim_report.strategy_tables.schedule import read_item


@pytest.mark.parametrize(
    ("text", "parties", "schedule"),
    [
        ("Ympäristöpäällikkö/jatkuva", ("Ympäristöpäällikkö",), "jatkuva"),
        ("Rehtori / v.2021-2025", ("Rehtori",), "v.2021-2025"),
        ("Tekninen johtaja 2022 alkaen", ("Tekninen johtaja",), "2022 alkaen"),
        ("Talousjohtaja Vuoden 2022 loppuun mennessä", ("Talousjohtaja",), "Vuoden 2022 loppuun mennessä"),
        (
            "Henkilöstöpäällikkö Vuosittain marras-/joulukuussa",
            ("Henkilöstöpäällikkö",),
            "Vuosittain marras-/joulukuussa",
        ),
        ("Vuosittainen prosessi", (), "Vuosittainen prosessi"),
        ("Jatkuvaa toimintaa.", (), "Jatkuvaa toimintaa"),
    ],
)
def test_a_schedule_ends_the_item(text: str, parties: tuple[str, ...], schedule: str) -> None:
    said = read_item(text)
    assert (said.parties, said.schedule) == (parties, schedule)


def test_separate_posts_are_separate_parties() -> None:
    said = read_item("Tekninen johtaja, rehtori ja talouspäällikkö/viestintätiimi")
    assert said.parties == ("Tekninen johtaja", "rehtori", "talouspäällikkö", "viestintätiimi")


def test_a_post_with_two_fields_is_one_party() -> None:
    assert read_item("Hallinto- ja kehitysjohtaja").parties == ("Hallinto- ja kehitysjohtaja",)


def test_the_years_of_a_project_are_no_schedule() -> None:
    said = read_item("Elinkeinopalvelut / Matkailu nousuun -hanke 2021 - 2023")
    assert said.parties == ("Elinkeinopalvelut", "Matkailu nousuun -hanke 2021 - 2023")
    assert said.schedule == ""


def test_occasions_with_their_times_are_the_schedule() -> None:
    said = read_item("Kaupunginkanslia, kuulemiset helmi-/maaliskuu, aamukahvit puolivuosittain")
    assert said.parties == ("Kaupunginkanslia",)
    assert said.schedule == "kuulemiset helmi-/maaliskuu, aamukahvit puolivuosittain"
