"""Finds what is worth a closer look without comparing all with all: an index from words to later elements."""

from collections import defaultdict
from collections.abc import Sequence

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.link import LinkEnd

_MOST = 40
# In a large corpus what hundreds say leads nowhere; in a small one every list is read.
_LONGEST_LIST = 250


class Candidates:
    """The elements of one later period by what they share with others."""

    def __init__(self, corpus: Corpus, later: Sequence[LinkEnd]) -> None:
        self._corpus = corpus
        self._later = later
        self._lists: dict[str, list[int]] = defaultdict(list)
        for number, element in enumerate(later):
            for feature in self._features(element):
                self._lists[feature].append(number)

    def of(self, element: LinkEnd) -> list[LinkEnd]:
        """The later elements that share most with an element, in their order."""
        sums: dict[int, float] = defaultdict(float)
        for feature, weight in self._features(element).items():
            found = self._lists.get(feature, ())
            if len(found) <= _LONGEST_LIST:
                for number in found:
                    sums[number] += weight
        best = sorted(sums, key=lambda number: (-sums[number], number))[:_MOST]
        return [self._later[number] for number in sorted(best)]

    def _features(self, element: LinkEnd) -> dict[str, float]:
        profile = self._corpus.profile(element.text)
        features = {f"text:{wording_key(element.text)}": 1.0}
        features |= {f"topic:{topic}": 0.1 for topic in sorted(profile.topics)}
        features |= {f"word:{part}": value for each in profile.words for part, value in each.parts}
        return features
