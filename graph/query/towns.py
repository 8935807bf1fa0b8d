"""The towns of a dataset: whose documents it holds, by the slug that begins the IRIs of a town's things."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from pyoxigraph import Literal

from hytegraph.graph.finnish.folding import ascii_words
from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE

_TOWNS = stored_query(__name__, "towns")
_OF_A_TOWN = re.compile(r"(?:id|graph)/([^/]+)(?:/|$)")
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality: its slug in addresses and IRIs, its own IRI, its names by language and its official code."""

    slug: str
    iri: str
    names: Mapping[str, str]
    code: str = ""

    def name(self, language: Language) -> str:
        """The name in the language, else in Finnish, else in any; the slug of a town that has none."""
        return self.names.get(self.name_language(language), self.slug)

    def name_language(self, language: Language) -> str:
        """The language of that name; empty for a town without any."""
        return next((each for each in (language, *LANGUAGES, *self.names) if each in self.names), "")

    def __hash__(self) -> int:
        return hash(self.iri)


@lru_cache(maxsize=16)
def read_towns(dataset: Dataset, base: str) -> Mapping[str, Town]:
    """The towns by slug, in the order of their Finnish names; read once per dataset.

    A town is called as its territory is; as the organisation where the territory has no name.
    """
    names: dict[str, dict[bool, dict[str, str]]] = {}
    codes: dict[str, str] = {}
    for row in dataset.select(_TOWNS):
        slug = slug_in(row.text("node"), base)
        if not slug:
            continue
        is_area = row["class"] == HYTE.MunicipalArea
        labels = names.setdefault(slug, {True: {}, False: {}})[is_area]
        if isinstance(label := row["label"], Literal):
            labels.setdefault(label.language or "", label.value)
        codes[slug] = row.text("code") or codes.get(slug, "")
    towns = (
        Town(slug, f"{base}id/{slug}", labels[True] or labels[False], codes[slug])
        for slug, labels in names.items()
    )
    ordered = sorted(towns, key=lambda town: (sorting_key(town.name("fi")), town.slug))
    return {town.slug: town for town in ordered}


def slug_in(iri: str, base: str) -> str:
    """The slug of the town to which a thing or graph belongs by its IRI; empty for one that is not under the base.

    A thing that no town owns, such as a period, has a word there that is no town's slug.
    """
    found = _OF_A_TOWN.match(iri.removeprefix(base)) if iri.startswith(base) else None
    return found[1] if found else ""


def nearest_towns(towns: Mapping[str, Town], wanted: str) -> tuple[Town, ...]:
    """The towns whose slug or name is most like what somebody has written, the nearest first."""
    words = "-".join(ascii_words(wanted))
    by_word = {
        word: town for town in towns.values() for word in (town.slug, *map(_slug, town.names.values()))
    }
    near = get_close_matches(words, by_word, n=2 * _NEAREST)
    return tuple(dict.fromkeys(by_word[word] for word in near))[:_NEAREST]


def sorting_key(name: str) -> str:
    """The key by which Finnish sorts a name: å, ä and ö come after z.

    >>> sorted(("Äänekoski", "Ypäjä", "Akaa"), key=sorting_key)
    ['Akaa', 'Ypäjä', 'Äänekoski']
    """
    return name.casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}"})


def _slug(name: str) -> str:
    return "-".join(ascii_words(name))
