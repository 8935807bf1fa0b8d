"""What changed from one wording to another, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from hytegraph.graph.finnish.folding import wording_key

_ALIKE = 1 / 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both wordings, only in the earlier one (gone) or only in the later one (added)."""

    kind: Literal["same", "gone", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The runs of two wordings in reading order, and whether they are alike enough to be read as one text."""

    runs: tuple[Run, ...]
    is_alike: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing but case, punctuation and white space differs."""
        return all(run.kind == "same" for run in self.runs)


def compare(earlier: str, later: str) -> Comparison:
    """The differences of two wordings; case and punctuation count for nothing.

    >>> [(run.kind, run.text) for run in compare("Sujuva arki.", "Sujuva ja turvallinen arki").runs]
    [('same', 'Sujuva'), ('added', 'ja turvallinen'), ('same', 'arki')]
    """
    before, after = earlier.split(), later.split()
    matcher = SequenceMatcher(None, [*map(wording_key, before)], [*map(wording_key, after)], autojunk=False)
    runs: list[Run] = []
    same = 0
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            same += end - start
            runs.append(Run("same", " ".join(after[start:end])))
            continue
        if last > first:
            runs.append(Run("gone", " ".join(before[first:last])))
        if end > start:
            runs.append(Run("added", " ".join(after[start:end])))
    return Comparison(tuple(runs), same >= _ALIKE * max(len(before), len(after)))
