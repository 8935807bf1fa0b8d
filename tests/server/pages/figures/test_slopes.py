"""Figures over the years: which numbers stand on the lines, and what the sentences say."""

import html
import re
from dataclasses import replace
from decimal import Decimal

from flask.testing import FlaskClient

from hytegraph.server.pages.figures.reading import Column, Figure, Observation
from hytegraph.server.pages.figures.slopes import HEIGHT, slope_of
from hytegraph.server.text.links import Link
from tests.server.reading import BROWSER, rows_of

PLACE = "id/kemi/unit/hyvinvointitoimiala"


def cell(scenario: str, year: int, value: str, *, months: int = 12) -> Observation:
    days = (f"{year}-01-01", f"{year}-12-31" if months == 12 else f"{year}-06-30")
    column = Column(scenario, f"{year}-{months}", str(year), *days)
    return Observation(f"{scenario}{year}", "report", column, Decimal(value), value, ambiguous=False, note="")


def figure_of(*cells: Observation) -> Figure:
    bare = Figure(
        "f", Link("Uimahallin kävijät"), "", "", "", None, None, None, "", 1, ambiguous=False, observations=()
    )
    return replace(bare, observations=cells)


def test_the_budget_and_the_forecast_of_a_year_start_from_the_accounts_of_the_year_before() -> None:
    drawn = slope_of(
        figure_of(cell("TP", 2030, "100"), cell("TA", 2031, "90"), cell("ENNUSTE", 2031, "120")), "fi"
    )

    assert drawn
    assert [line.scenario for line in drawn.lines] == ["ENNUSTE", "TA"]
    assert len({(line.x1, line.y1) for line in drawn.lines}) == 1
    forecast, budget = drawn.lines
    assert forecast.y2 < budget.y1 < budget.y2, "more stands higher"
    assert drawn.finding.replace("\xa0", " ") == "Ennuste ylittää talousarvion: +30 (+33,3 %)"


def test_a_part_of_a_year_is_on_no_line_and_accounts_take_the_place_of_a_forecast() -> None:
    part = cell("TOTEUMA", 2031, "50", months=6)
    drawn = slope_of(
        figure_of(cell("TP", 2030, "100"), part, cell("ENNUSTE", 2031, "120"), cell("TP", 2031, "110")), "en"
    )

    assert drawn
    assert [point.text for point in drawn.points] == ["100", "financial statements 110"]
    assert slope_of(figure_of(cell("TA", 2031, "90"), part), "en") is None


def test_a_small_difference_looks_small_and_labels_do_not_stand_on_each_other() -> None:
    drawn = slope_of(
        figure_of(cell("TP", 2030, "1000"), cell("TA", 2031, "1001"), cell("ENNUSTE", 2031, "1002")), "fi"
    )

    assert drawn
    assert max(point.y for point in drawn.points) - min(point.y for point in drawn.points) < HEIGHT / 50
    budget, forecast = (
        next(p.text_y for p in drawn.points if p.scenario == name) for name in ("TA", "ENNUSTE")
    )
    assert abs(budget - forecast) >= 12


def test_numbers_stand_beside_the_ends_of_the_lines_and_above_what_lies_between() -> None:
    drawn = slope_of(
        figure_of(*(cell("TP", year, value) for year, value in ((2029, "90"), (2030, "100"), (2031, "90")))),
        "fi",
    )

    assert drawn
    assert [point.anchor for point in drawn.points] == ["end", "middle", "start"]
    assert [point.text_y - point.y for point in drawn.points] == [4, -8, 4]


def test_the_page_says_where_the_forecast_deviates_most(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, f"/figures.csv?place={PLACE}")
    deviating = [row for row in rows if row["scenario"] == "ENNUSTE" and row["differencePercent"]]
    most = max(deviating, key=lambda row: Decimal(row["differencePercent"]))
    text = html.unescape(kemi_client.get(f"/figures?place={PLACE}&lang=fi", headers=BROWSER).text)
    finding = re.search(r'<p class="finding">(.*?)</p>', text)

    assert finding and finding[1].startswith("Ennuste ylittää talousarvion suhteellisesti eniten: ")
    assert f"{most['figure']}, +25\xa0000 (+192,3\xa0%)" in finding[1]
    assert text.count('<svg class="slope"') == 5


def test_the_counts_of_sectors_are_those_of_the_table(kemi_client: FlaskClient) -> None:
    rows = rows_of(kemi_client, "/figures.csv")
    above = {
        (row["sector"], row["parent"], row["figure"], row["resultArea"])
        for row in rows
        if row["scenario"] == "ENNUSTE"
        and row["differenceFromBudget"]
        and Decimal(row["differenceFromBudget"]) > 0
    }
    text = html.unescape(kemi_client.get("/figures?lang=fi", headers=BROWSER).text)
    counted = re.findall(r'data-label="yli">(\d+)</td>', text)

    assert sum(map(int, counted)) == len(above)
    assert f"suurempi {len(above)} tunnusluvussa" in text
