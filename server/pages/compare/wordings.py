"""Which texts have the same words, or hold some words, whatever their forms: as the search index knows the forms."""

from collections.abc import Iterable, Mapping

from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.search.part_index import PART
from hytegraph.graph.search.tokens import FILLERS, tokens

# A basic form is the number of its term in the index, or the form itself where the index does not know it.
Key = frozenset[int | str]


class Wordings:
    """The basic forms of the words of some texts; without an index a word has the form it is written in."""

    def __init__(self, index: SearchIndex | None, texts: Iterable[str]) -> None:
        forms = {form for text in texts for form in words_of(text)}
        self._terms: Mapping[str, Mapping[int, int]] = index.terms(forms) if index else {}

    def key(self, text: str) -> Key:
        """What two texts have in common that consist of the same words, in whatever order and form."""
        return frozenset(self._base(form) for form in words_of(text))

    def holds(self, text: str, words: str) -> bool:
        """Whether the text holds each of the words, also as parts of compounds; no words are in no text."""
        wanted = [self._meant(form) for form in words_of(words)]
        held = {term for form in words_of(text) for term in (*self._meant(form), *self._parts(form))}
        return bool(wanted) and all(held.intersection(terms) for terms in wanted)

    def _base(self, form: str) -> int | str:
        known = self._terms.get(form, {})
        terms = [(level, term) for term, level in known.items() if level != PART]
        return min(terms)[1] if terms else form

    def _meant(self, form: str) -> set[int | str]:
        terms = {term for term, level in self._terms.get(form, {}).items() if level != PART}
        return {*terms, form}

    def _parts(self, form: str) -> set[int]:
        return {term for term, level in self._terms.get(form, {}).items() if level == PART}


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without those that say nothing alone unless there are no others."""
    words = [form for _, _, form in tokens(text)]
    return [form for form in words if form not in FILLERS] or words
