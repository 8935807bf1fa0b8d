"""The words of a release as files for searching in the browser: a search loads those that begin as its words do."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.graph.search.akin import concepts
from hytegraph.graph.search.entries import Text
from hytegraph.graph.search.every_word import Mention, Words, read_words
from hytegraph.graph.search.index import SearchIndex, Thing
from hytegraph.graph.search.tokens import FILLERS
from hytegraph.graph.store.release import SEARCH_INDEX
from hytegraph.server.text.links import human_path, source_path
from hytegraph.server.text.messages import FORMS

FOLDER = "search-data"
# A file of words is divided by one more letter beyond so many characters, up to so many letters.
_MOST_CHARACTERS, _MOST_LETTERS = 40_000, 5
_THINGS_IN_FILE = 32
_NAMES_AT_ONCE = 500
_FACTOR = 10
# The texts that the script shows, beside the names of kinds.
_TEXTS = (
    *(
        "search.count",
        "search.none",
        "search.none.means",
        "search.beginning",
        "search.spelling",
        "search.unknown",
        "search.same",
        "search.narrower",
    ),
    *("search.loose", "search.all", "search.way", "line", "lines", "site.search.failed", "site.search.more"),
)
AddressOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Shard:
    """The words that begin alike: forms with their terms, forms that the documents write, and where terms stand."""

    forms: dict[str, list[str]]
    written: dict[str, list[str]]
    postings: dict[str, list[int]]


def write_search(release: Path, index: SearchIndex, base: str, address_of: AddressOf, folder: Path) -> None:
    """Write the files of an index; `address_of` gives the address of a thing's page in the site from its root."""
    words = read_words(release / SEARCH_INDEX)
    numbers = {thing: place for place, thing in enumerate(words.things)}
    shards = dict(_shards(words, numbers))
    target = folder / FOLDER
    for place, prefix in enumerate(sorted(shards)):
        shard = shards[prefix]
        _write(target / f"words/{place}.json", [shard.forms, shard.written, shard.postings])
    kinds: list[tuple[str, str, int]] = []
    for start in range(0, len(words.things), _THINGS_IN_FILE):
        things = index.things(words.things[start : start + _THINGS_IN_FILE])
        kinds += [(thing.kind, _town(thing), start + place) for place, thing in enumerate(things)]
        shown = [_shown(thing, base, address_of) for thing in things]
        _write(target / f"things/{start // _THINGS_IN_FILE}.json", shown)
    _write(target / "index.json", _index(shards, kinds) | {"akin": _akin(words.postings.keys())})
    for language in LANGUAGES:
        _write(target / f"texts-{language}.json", _texts(language))


def _index(shards: Mapping[str, _Shard], kinds: Sequence[tuple[str, str, int]]) -> dict[str, object]:
    """What is loaded first: the beginnings of words by file, and which kind and town the things have by number."""
    runs = [(name, [place for *_, place in run]) for name, run in groupby(kinds, key=lambda each: each[:2])]
    return {
        "words": sorted(shards),
        "things": _THINGS_IN_FILE,
        "kinds": [[kind, town, places[0], places[-1]] for (kind, town), places in runs],
        "fillers": sorted(FILLERS),
    }


def _akin(terms: Collection[str]) -> list[object]:
    """The concepts: their names, beginnings of a reader's word, the words of the index, and the wider concepts."""
    return [
        (name, concept.begins, [word for word in concept.words if word in terms], concept.within)
        for name, concept in concepts().items()
    ]


def _shards(words: Words, numbers: Mapping[int, int]) -> Iterator[tuple[str, _Shard]]:
    """The words by the beginning that they share, in files that are not long."""
    lines: dict[str, _Shard] = defaultdict(lambda: _Shard({}, {}, {}))
    for form, terms in words.terms.items():
        for term in terms:
            lines[form].forms.setdefault(term, []).append(form)
    for term, postings in words.postings.items():
        own = lines[term.rpartition(":")[2]]
        own.postings[term] = _flat(postings, numbers)
        own.written[term] = list(words.written.get(term, ()))
    yield from _divided("", sorted(lines), lines)


def _flat(postings: Sequence[Mention], numbers: Mapping[int, int]) -> list[int]:
    """Pairs of the place of a thing, and what the term counts there with its fields in the two lowest bits."""
    found = sorted((numbers[each.number], each) for each in postings if each.number in numbers)
    return [
        value for place, each in found for value in (place, round(_FACTOR * each.score) * 4 + each.fields)
    ]


def _divided(prefix: str, names: Sequence[str], lines: Mapping[str, _Shard]) -> Iterator[tuple[str, _Shard]]:
    size = sum(len(str(lines[name].postings)) + len(name) + 3 for name in names)
    if len(prefix) >= 1 and (size <= _MOST_CHARACTERS or len(prefix) == _MOST_LETTERS):
        yield prefix, _merged(names, lines)
        return
    length = len(prefix) + 1
    ended = [name for name in names if len(name) < length]
    if ended:
        yield prefix, _merged(ended, lines)
    longer = (name for name in names if len(name) >= length)
    for beginning, run in groupby(longer, key=lambda name: name[:length]):
        yield from _divided(beginning, list(run), lines)


def _merged(names: Sequence[str], lines: Mapping[str, _Shard]) -> _Shard:
    merged = _Shard({}, {}, {})
    for name in names:
        for term, forms in lines[name].forms.items():
            merged.forms.setdefault(term, []).extend(forms)
        merged.written.update(lines[name].written)
        merged.postings.update(lines[name].postings)
    return merged


def _town(thing: Thing) -> str:
    return next((value.key for value in thing.values if value.facet == "town"), "")


def _shown(thing: Thing, base: str, address_of: AddressOf) -> dict[str, object]:
    """A thing as the script shows it."""
    place = thing.place
    lines = source_path(place.document, place.start, place.end, base, place.passage) if place else None
    own = lines if thing.kind == "passage" and lines else human_path(thing.iri, base)
    shown: dict[str, object] = {
        "href": address_of(own) if own else thing.iri,
        "names": _by_language(thing.names),
        "texts": thing.texts,
        "way": [[_by_language(names), _address(iri, base, address_of)] for iri, names in thing.way],
        "towns": [_by_language(value.names) for value in thing.values if value.facet == "town"],
        "periods": [_by_language(value.names) for value in thing.values if value.facet == "period"],
    }
    if place:
        document = [_by_language(thing.document), _address(place.document, base, address_of)]
        at = [place.start, place.end, address_of(lines) if lines else None]
        shown |= {"document": document, "lines": at}
    return {name: value for name, value in shown.items() if value}


def _address(iri: str, base: str, address_of: AddressOf) -> str | None:
    path = human_path(iri, base)
    return address_of(path) if path else None


def _by_language(texts: Sequence[Text]) -> dict[str, str]:
    """The first text in each language, as the service takes the longest of several."""
    return dict(sorted(texts, key=lambda text: len(text[1])))


def _texts(language: Language) -> dict[str, object]:
    keys = (*_TEXTS, *(key for key in FORMS if key.startswith("search.kind.")))
    return {key: {form: text[language] for form, text in FORMS[key].items()} for key in keys}


def _write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")
