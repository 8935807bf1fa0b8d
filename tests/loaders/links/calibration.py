"""Fits the weights of the continuity model to the labelled pairs, to prove where the numbers of the lexicon come
from.
"""

import csv
from dataclasses import dataclass
from math import exp
from pathlib import Path

from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.matching import overlap_of
from hytegraph.loaders.links.continuity.successors import pair_features
from hytegraph.loaders.links.link import LinkEnd

SAMPLE = Path(__file__).parents[2] / "data" / "links" / "continuity-sample.csv"
_SHRINK = 0.003


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings and what a careful reader says of them; `none` is no link."""

    part: str
    earlier: LinkEnd
    later: LinkEnd
    label: str

    @property
    def is_link(self) -> bool:
        """Whether the reader would keep a link between them."""
        return self.label != "none"


def labelled_pairs() -> list[Pair]:
    """The sample, in its order."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                row["part"],
                LinkEnd("a", row["earlier_kind"], row["earlier"], row["earlier_period"]),
                LinkEnd("b", row["later_kind"], row["later"], row["later_period"]),
                row["label"],
            )
            for row in csv.DictReader(file)
        ]


def features_of(corpus: Corpus, pair: Pair) -> dict[str, float]:
    """The numbers the model weighs for a pair."""
    return pair_features(pair.earlier, pair.later, overlap_of(corpus, pair.earlier.text, pair.later.text))


def fitted(corpus: Corpus, pairs: list[Pair]) -> dict[str, float]:
    """The weights of a logistic regression on the pairs, kept small, by Newton's method."""
    rows = [features_of(corpus, pair) for pair in pairs]
    names = list(rows[0])
    weights = dict.fromkeys(names, 0.0)
    for _ in range(25):
        sure = [1 / (1 + exp(-sum(weights[name] * row[name] for name in names))) for row in rows]
        slope = [
            sum((pair.is_link - p) * row[name] for pair, p, row in zip(pairs, sure, rows, strict=True))
            / len(rows)
            - _shrink(name) * weights[name]
            for name in names
        ]
        bend = [
            [
                sum(p * (1 - p) * row[one] * row[other] for p, row in zip(sure, rows, strict=True))
                / len(rows)
                + (_shrink(one) if one == other else 0.0)
                for other in names
            ]
            for one in names
        ]
        for name, step in zip(names, _solved(bend, slope), strict=True):
            weights[name] += step
    return weights


def _shrink(name: str) -> float:
    return 0.0 if name == "constant" else _SHRINK


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
