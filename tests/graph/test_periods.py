"""Planning periods are read as the documents write them."""

from datetime import date

import pytest

from hytegraph.graph.periods import parse_period, year_range


@pytest.mark.parametrize(
    ("notation", "slug", "start", "end"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2022-2025", "2022-2025", date(2022, 1, 1), date(2025, 12, 31)),
        ("2022–2025", "2022-2025", date(2022, 1, 1), date(2025, 12, 31)),
        ("1-6/2022", "2022-m01-m06", date(2022, 1, 1), date(2022, 6, 30)),
        ("1-2/2024", "2024-m01-m02", date(2024, 1, 1), date(2024, 2, 29)),
        (" 10-12/2023 ", "2023-m10-m12", date(2023, 10, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(
    notation: str, slug: str, start: date, end: date
) -> None:
    period = parse_period(notation)
    assert (period.slug, period.start, period.end) == (slug, start, end)


@pytest.mark.parametrize(
    "notation", ["", "26", "2025-2022", "7-6/2022", "0-6/2022", "1-13/2022", "kevät 2022"]
)
def test_anything_else_is_no_period(notation: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        parse_period(notation)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Kaupunkistrategia 2022–25:", "2022-2025"),
        ("Kaupunkistrategia 2022 - 2025", "2022-2025"),
        ("toimenpiteet vuodelle 2026", "2026"),
        ("strategia", ""),
        ("120225", ""),
    ],
)
def test_years_are_found_in_running_text(text: str, years: str) -> None:
    assert year_range(text) == years
