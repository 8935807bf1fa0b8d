"""The golden answers agree with the documents and the reviewed tables, read here without the graph."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "competency"
KEMI = ROOT / "documents" / "kemi"
REPORT = "004_6f9012e3c57d872b"
PLAN = "000_595f7a428687dee9"
COLUMNS = ("TP 2021", "TA 2022", "TOTEUMA 1-6/2022", "ENNUSTE 2022")

Row = dict[str, str]


def table(file: Path) -> list[Row]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def golden(number: int) -> list[Row]:
    """The rows of a golden answer."""
    [file] = GOLDEN.glob(f"cq-{number:02}-*.csv")
    return table(file)


@cache
def lines(document: str) -> list[str]:
    """The lines of a document."""
    return (KEMI / f"{document}.txt").read_text(encoding="utf-8").split("\n")


def squash(text: str) -> str:
    """Text without white space and hyphens, which extraction and hyphenation put anywhere."""
    return re.sub(r"[\s\u00ad–-]", "", text).casefold()


def number(cell: str) -> float | None:
    """The number that a cell begins with."""
    found = re.match(r"-?\d[\d \u00a0]*(,\d+)?", cell)
    return float(re.sub(r"[ \u00a0]", "", found[0]).replace(",", ".")) if found else None


@pytest.mark.parametrize(("question", "cell"), [(14, "wording"), (24, "text"), (43, "quote"), (46, "quote")])
def test_quoted_words_stand_at_the_cited_lines(question: int, cell: str) -> None:
    for row in golden(question):
        place = "\n".join(lines(row["document"])[int(row["lineStart"]) - 1 : int(row["lineEnd"])])
        for part in row[cell].split(" | "):
            assert squash(part) in squash(place)


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        (8, "indicator"),
        (30, "measure"),
        (31, "measure"),
        (32, "measure"),
        (33, "measure"),
        (34, "realisation"),
        (35, "measure"),
        (39, "indicator"),
        (41, "measure"),
    ],
)
def test_statements_stand_in_the_cited_document(question: int, cell: str) -> None:
    for row in golden(question):
        text = squash("\n".join(lines(row["document"])))
        assert all(squash(part) in text for part in row[cell].split(" | "))


def test_goals_and_aims_stand_in_a_document() -> None:
    texts = [squash("\n".join(lines(file.stem))) for file in sorted(KEMI.glob("*.txt"))]
    for row in golden(1):
        assert any(squash(row["goal"]).rstrip(".") in text for text in texts)
        assert any(squash(row["aim"]) in text for text in texts)


def test_the_sdg_headings_are_all_the_lines_that_say_sdg() -> None:
    found = [place for place, line in enumerate(lines(REPORT), 1) if re.search(r"\bSDG\b", line)]
    assert [int(row["lineStart"]) for row in golden(47)] == found
    assert len(found) == 17


def test_coverage_counts_the_lines_that_hold_text() -> None:
    for row in golden(25):
        assert int(row["nonBlankLines"]) == sum(1 for line in lines(row["document"]) if line.strip())


def test_measures_per_aim_are_those_of_the_reviewed_tables() -> None:
    counts: dict[tuple[str, str], int] = {}
    for document, period in ((PLAN, "2026"), (REPORT, "2022-2025")):
        for row in table(KEMI / document / "measures.csv"):
            key = (period, row["aim"])
            parts = [part for part in row["measure"].split(" | ") if part]
            counts[key] = counts.get(key, 0) + len(parts)
    assert {(r["period"], r["aim"]): int(r["measures"]) for r in golden(2) if r["aim"]} == counts
    assert [r["measures"] for r in golden(2) if not r["aim"]] == ["8"]


@pytest.mark.parametrize(
    ("question", "column", "limit", "base"), [(10, "ENNUSTE 2022", 20, 1), (11, "TOTEUMA 1-6/2022", 60, 0)]
)
def test_comparisons_with_the_budget_are_those_of_the_table(
    question: int, column: str, limit: int, base: int
) -> None:
    expected = []
    for row in table(KEMI / REPORT / "figures.csv"):
        budget, other = number(row["TA 2022"]), number(row[column])
        if budget and other is not None and abs(100 * (other / budget - base)) > limit:
            expected.append(row["indicator"])
    assert sorted(row["figure"] for row in golden(question)) == sorted(expected)


def test_the_cube_holds_every_printed_cell() -> None:
    figures = table(KEMI / REPORT / "figures.csv")
    cells = sorted(row[column] for row in figures for column in COLUMNS if row[column])
    assert sorted(row["sourceText"] for row in golden(27)) == cells
    assert len(golden(9)) == len(figures)


def test_the_effect_on_the_result_is_income_minus_expenditure() -> None:
    total = 0.0
    for row in golden(42):
        effect = float(row["netEffect"])
        if row["isTotal"] == "true":
            assert effect == total
            total = 0.0
        else:
            assert effect == float(row["income"]) - float(row["expenditure"])
            total += effect
