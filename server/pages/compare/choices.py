"""What a reader can choose on the page: towns to add and leave out, and the subjects that the towns' documents name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from hytegraph.graph.query.towns import Town
from hytegraph.graph.search.index import SearchIndex
from hytegraph.server.pages.compare.items import TownItems
from hytegraph.server.pages.compare.reading import names_of
from hytegraph.server.pages.compare.subjects import GROUP, INDICATOR, WORDING, Subject
from hytegraph.server.pages.compare.wordings import Key, Wordings

# Names that are offered of each subject; any other can be written.
OFFERED = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared: towns and a subject, and the address of that."""

    towns: tuple[Town, ...]
    subject: Subject = field(default_factory=Subject)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The choice as parameters of an address."""
        own = ((self.subject.kind, self.subject.value),) if self.subject.kind else ()
        return (*(("town", town.slug) for town in self.towns), *own)

    def address(self, path: str = "/compare", **others: str) -> str:
        """The address of the choice with further parameters."""
        pairs = (*self.pairs, *others.items())
        return path + (f"?{urlencode(pairs)}" if pairs else "")

    def without(self, town: Town) -> "Choice":
        """The choice without a town."""
        return Choice(tuple(each for each in self.towns if each != town), self.subject)

    def of(self, town: Town) -> "Choice":
        """The same subject in one town."""
        return Choice((town,), self.subject)

    def asking(self, kind: str, value: str) -> "Choice":
        """The same towns compared by another subject."""
        return Choice(self.towns, Subject(kind, value))


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that a subject can have: as it is written first, and in how many of the chosen towns it stands."""

    text: str
    towns: int


def offers(towns: Sequence[TownItems], index: SearchIndex | None) -> Mapping[str, tuple[Offer, ...]]:
    """The names that are offered for each subject, those of several towns first, then the most frequent."""
    return {kind: _offers(kind, towns, index) for kind in (GROUP, INDICATOR, WORDING)}


def _offers(kind: str, towns: Sequence[TownItems], index: SearchIndex | None) -> tuple[Offer, ...]:
    texts = [list(names_of(kind, town)) for town in towns]
    wordings = Wordings(index, (text for own in texts for text in own))
    written: dict[Key, str] = {}
    uses: dict[Key, int] = {}
    holders: dict[Key, set[int]] = {}
    for number, own in enumerate(texts):
        for text in own:
            key = wordings.key(text)
            written.setdefault(key, text)
            uses[key] = uses.get(key, 0) + 1
            holders.setdefault(key, set()).add(number)
    ranked = sorted(written, key=lambda key: (-len(holders[key]), -uses[key], written[key]))
    return tuple(Offer(written[key], len(holders[key])) for key in ranked[:OFFERED])
