"""The findable things of a dataset with the terms of their words, in a file of its own from which indexes are made.

Finding the basic forms of Finnish words is the dear part of indexing. It is done once for the data that a file is made
of; the indexes of releases are merged from such files without it.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hytegraph.graph.finnish.forms import base_form, part_terms
from hytegraph.graph.search.entries import KINDS, Entry, Findable, Place, Text, Value
from hytegraph.graph.search.tokens import STEMMED, stem, tokens

WRITTEN, PART, KNOWN = 0, 1, 2
# What a reader may add to a search beside the words of the thing itself.
_TOLD = ("period", "sector", "responsible")
Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an entry by field, as places in the list of all terms."""

    name: Numbers
    name_parts: Numbers
    text: Numbers
    text_parts: Numbers
    way: Numbers


@dataclass(frozen=True, slots=True)
class Analysed:
    """An entry with its terms."""

    entry: Entry
    terms: Terms

    @property
    def order(self) -> tuple[object, ...]:
        """Where the entry stands among all: by kind and facets."""
        return KINDS.index(self.entry.kind), self.entry.facets, self.entry.iri


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the entries of a file have in common.

    Values and names as in `Findable`; all terms; the forms with the place of their term and how they belong to it; and
    how often each form is written.
    """

    values: tuple[Value, ...]
    names: Mapping[str, tuple[Text, ...]]
    terms: tuple[str, ...]
    forms: Mapping[tuple[str, int], int]
    uses: Mapping[str, int]


def write_analysis(found: Findable, file: Path, known: Collection[str] = ()) -> None:
    """Write what was found to a file, without the entries whose IRIs another file holds."""
    lexicon = _Lexicon()
    values = {(value.facet, value.key): value for value in found.values}
    analysed = [
        Analysed(entry, _terms_of(entry, values, found.names, lexicon))
        for entry in found.entries
        if entry.iri not in known
    ]
    with file.open("w", encoding="utf-8") as stream:
        stream.write(_json(lexicon.cells(found)))
        for each in sorted(analysed, key=lambda each: each.order):
            stream.write(_json(_cells(each)))


def read_vocabulary(file: Path) -> Vocabulary:
    """What stands before the entries of a file."""
    with file.open(encoding="utf-8") as stream:
        values, names, terms, forms, uses = json.loads(stream.readline())
    return Vocabulary(
        values=tuple(Value(facet, key, _texts(told), rank) for facet, key, told, rank in values),
        names={iri: _texts(told) for iri, told in names.items()},
        terms=tuple(terms),
        forms={(form, term): level for form, term, level in forms},
        uses=uses,
    )


def read_entries(file: Path) -> Iterator[Analysed]:
    """The entries of a file in their order, one by one."""
    with file.open(encoding="utf-8") as stream:
        stream.readline()
        for line in stream:
            yield _analysed(json.loads(line))


class _Lexicon:
    """The terms of the texts in the order in which they come, and the forms they are written in."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: dict[tuple[str, int], int] = {}
        self._uses: Counter[str] = Counter()

    def read(self, texts: Iterable[Text]) -> tuple[Numbers, Numbers]:
        """The terms of the texts' words, and those of the parts of these."""
        whole, parts = [], []
        for language, text in texts:
            for _, _, form in tokens(text):
                base, pieces = _terms(form, language)
                self._uses[form] += 1
                whole.append(self._note(form, base, WRITTEN))
                parts += [self._note(form, piece, PART) for piece in pieces]
        return tuple(whole), tuple(parts)

    def _note(self, form: str, term: str, level: int) -> int:
        number = self._numbers.setdefault(term, len(self._numbers))
        self._forms[form, number] = min(level, self._forms.get((form, number), level))
        return number

    def cells(self, found: Findable) -> tuple[object, ...]:
        """The first line of a file."""
        values = [(value.facet, value.key, value.names, value.rank) for value in found.values]
        forms = sorted((form, number, level) for (form, number), level in self._forms.items())
        return values, dict(found.names), list(self._numbers), forms, dict(sorted(self._uses.items()))


@lru_cache(maxsize=500_000)
def _terms(form: str, language: str) -> tuple[str, Sequence[str]]:
    if language in STEMMED:
        return stem(form, language), ()
    base = base_form(form)
    return base, sorted(part_terms(base))


def _terms_of(
    entry: Entry,
    values: Mapping[tuple[str, str], Value],
    names: Mapping[str, tuple[Text, ...]],
    lexicon: _Lexicon,
) -> Terms:
    around = [
        *(name for facet in entry.facets if facet[0] in _TOLD for name in values[facet].names),
        *(name for iri in entry.way for name in names[iri]),
    ]
    name, text = lexicon.read(entry.names), lexicon.read(entry.texts)
    return Terms(*name, *text, lexicon.read(around)[0])


def _cells(analysed: Analysed) -> tuple[object, ...]:
    entry, terms = analysed.entry, analysed.terms
    place = entry.place
    return (
        (entry.iri, entry.kind, entry.names, entry.texts, entry.way, entry.facets),
        (place.document, place.passage, place.start, place.end) if place else None,
        (terms.name, terms.name_parts, terms.text, terms.text_parts, terms.way),
    )


def _analysed(cells: Sequence[Any]) -> Analysed:
    (iri, kind, names, texts, way, facets), place, terms = cells
    entry = Entry(
        iri=iri,
        kind=kind,
        names=_texts(names),
        texts=_texts(texts),
        way=tuple(way),
        facets=tuple((facet, key) for facet, key in facets),
        place=Place(*place) if place else None,
    )
    return Analysed(entry, Terms(*map(tuple, terms)))


def _texts(cells: Iterable[Sequence[str]]) -> tuple[Text, ...]:
    return tuple((language, text) for language, text in cells)


def _json(cells: object) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n"
