"""Weights of a logistic regression, kept small, by Newton's method: where the numbers of the models come from."""

from collections.abc import Mapping, Sequence
from math import exp

_SHRINK = 0.0003
_STEPS = 12


def fit(rows: Sequence[Mapping[str, float]], truth: Sequence[float]) -> dict[str, float]:
    """The weight of each feature; `truth` is 0 to 1 for each row."""
    names = list(rows[0])
    table = [[row[name] for name in names] for row in rows]
    shrink = [0.0 if name == "constant" else _SHRINK for name in names]
    weights = [0.0] * len(names)
    for _ in range(_STEPS):
        slope = [-pull * weight for pull, weight in zip(shrink, weights, strict=True)]
        bend = [
            [pull if one == other else 0.0 for other in range(len(names))] for one, pull in enumerate(shrink)
        ]
        for row, value in zip(table, truth, strict=True):
            sure = 1 / (1 + exp(-sum(weight * number for weight, number in zip(weights, row, strict=True))))
            _add(slope, bend, row, (value - sure) / len(table), sure * (1 - sure) / len(table))
        for at, step in enumerate(_solved(bend, slope)):
            weights[at] += step
    return dict(zip(names, weights, strict=True))


def _add(
    slope: list[float], bend: list[list[float]], row: Sequence[float], error: float, certainty: float
) -> None:
    filled = [at for at, number in enumerate(row) if number]
    for at in filled:
        slope[at] += error * row[at]
        line, factor = bend[at], certainty * row[at]
        for other in filled:
            line[other] += factor * row[other]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda number: abs(rows[number][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for number in range(len(rows)):
            if number != at:
                factor = rows[number][at] / rows[at][at]
                rows[number] = [a - factor * b for a, b in zip(rows[number], rows[at], strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]
