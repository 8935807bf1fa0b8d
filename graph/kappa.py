"""How far two readers agree beyond chance: Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kappa:
    """How many of the `items` both readers labelled alike, and what share (0 to 1) chance alone would give."""

    items: int
    agreed: int
    chance: float

    @property
    def observed(self) -> float:
        """The share that they labelled alike; 0 where there is nothing."""
        return self.agreed / self.items if self.items else 0.0

    @property
    def value(self) -> float | None:
        """Kappa: 1 for full agreement, 0 for chance; None where both used one label only, for which it says nothing."""
        return (
            None if not self.items or self.chance == 1 else (self.observed - self.chance) / (1 - self.chance)
        )


def cohens_kappa(pairs: Iterable[tuple[str, str]]) -> Kappa:
    """The agreement of two readers, of whose labels of the same items the pairs are made.

    >>> round(cohens_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]).value or 0, 2)
    0.5
    """
    counted = Counter(pairs)
    items = counted.total()
    first, second = Counter[str](), Counter[str]()
    for (one, other), count in counted.items():
        first[one] += count
        second[other] += count
    agreed = sum(count for (one, other), count in counted.items() if one == other)
    chance = sum(first[label] * second[label] for label in first) / items**2 if items else 0.0
    return Kappa(items, agreed, chance)
