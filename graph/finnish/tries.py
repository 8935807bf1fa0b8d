"""Simplemma's Finnish dictionary as tries in files: of the basic form of each form, and of the forms of each base.

They are made when they are first needed, in some 12 s, and kept in the cache folder for each release of simplemma.
Where nothing can be written, a process makes its own.
"""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.graph.locking import alone_in
from hytegraph.graph.resources import cache_folder

if TYPE_CHECKING:
    from marisa_trie import BytesTrie

_BASES, _FORMS = "fi.dic", "fi-forms.dic"


class OnDisk:
    """What gives simplemma's lemmatizer the dictionary."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The Finnish dictionary; there is no other."""
        assert lang == "fi"
        return dictionary()


@cache
def dictionary() -> Mapping[str, str]:
    """The basic form of each form."""
    # Importing it takes a tenth of a second, and few commands need it.
    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieWrapDict

    return TrieWrapDict(_tries()[0])


def inflections(base: str) -> list[str]:
    """The other forms of a basic form that is written so."""
    return [form.decode() for form in _tries()[1].get(base, ())]


@cache
def _tries() -> "tuple[BytesTrie, BytesTrie]":
    folder = cache_folder() / f"simplemma-{version('simplemma')}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder):
            return _kept_in(folder)
    with tempfile.TemporaryDirectory() as own:
        return _kept_in(Path(own))


def _kept_in(folder: Path) -> "tuple[BytesTrie, BytesTrie]":
    """The tries of a folder that this process has for itself; what is missing or damaged is made anew."""
    from marisa_trie import BytesTrie

    with suppress(OSError, RuntimeError):
        return BytesTrie().load(str(folder / _BASES)), BytesTrie().load(str(folder / _FORMS))
    return _make(folder)


def _make(folder: Path) -> "tuple[BytesTrie, BytesTrie]":
    from marisa_trie import HUGE_CACHE, BytesTrie

    words = _words()
    bases = BytesTrie(((form, base.encode()) for form, base in words.items()), cache_size=HUGE_CACHE)
    forms = BytesTrie(
        ((base, form.encode()) for form, base in words.items() if form != base), cache_size=HUGE_CACHE
    )
    for trie, name in ((bases, _BASES), (forms, _FORMS)):
        written = folder / f"{name}.new"
        trie.save(str(written))
        written.replace(folder / name)
    return bases, forms


def _words() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("fi")
