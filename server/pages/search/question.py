"""What a reader asks of the search: words and chosen values, with the addresses of the answer and of others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hytegraph.graph.search.entries import FACETS, OF_ONE_TOWN
from hytegraph.server.context import has_several_towns
from hytegraph.server.pages.shared.scope import at


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks: words, and the chosen keys of each facet; of one town where its page is asked."""

    text: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    town: str | None = None

    @property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """The chosen keys of each facet in which something is chosen."""
        return dict(self.chosen) | ({"town": (self.town,)} if self.town else {})

    @property
    def offered(self) -> tuple[str, ...]:
        """The facets that are offered: those of a town's own values where one town is looked through."""
        is_of_town = not has_several_towns() or bool(self.choices.get("town"))
        without = () if is_of_town else OF_ONE_TOWN
        return tuple(
            facet for facet in FACETS if facet not in without and not (facet == "town" and self.town)
        )

    @property
    def counted(self) -> tuple[str, ...]:
        """The facets that are offered or in which something is chosen, the town of the address aside."""
        chosen = dict(self.chosen)
        return tuple(facet for facet in FACETS if facet in self.offered or facet in chosen)

    @property
    def address(self) -> str:
        """The address of the answer."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, key) for facet, keys in self.chosen for key in keys]
        return at("/search") + ("?" + urlencode(pairs) if pairs else "")

    @property
    def elsewhere(self) -> str:
        """The address of the answer for all towns, without what only a town has."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, key) for facet, keys in self.chosen if facet not in OF_ONE_TOWN for key in keys]
        return "/search" + ("?" + urlencode(pairs) if pairs else "")

    def toggled(self, facet: str, key: str) -> "Question":
        """The question with the value chosen, or no longer chosen."""
        choices = {each: list(keys) for each, keys in self.chosen}
        keys = choices.setdefault(facet, [])
        keys.remove(key) if key in keys else keys.append(key)
        chosen = tuple((each, tuple(choices[each])) for each in FACETS if choices.get(each))
        return replace(self, chosen=chosen)

    def about(self, text: str) -> "Question":
        """The question with other words."""
        return replace(self, text=text)
