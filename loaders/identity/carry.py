"""Names kept over a corrected text: what is nearly the same thing as before keeps its name."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.slugs import Slug
from hytegraph.loaders.documents.tables import Table
from hytegraph.loaders.identity.rows import RowThing, name_things, row_things, thing_digests

# The share of the words that must agree for a reworded thing to be the same one; a place that agrees helps a little.
ALIKE = 0.7
_SAME_PLACE = 0.1


def carried_names(
    document: str, before: Mapping[str, Table], after: Mapping[str, Table], registry: Iterable[Slug]
) -> Iterator[Slug]:
    """Names of things of `before` for those of `after` that are the same ones reworded.

    What has kept its words and its place is found by them, and needs no line. A name is given once.
    """
    names = name_things(document, before, registry)
    digests_before, digests = thing_digests(before), thing_digests(after)
    kept = set(digests.values())
    gone = [thing for thing in row_things(before) if digests_before[thing.key] not in kept]
    known = set(digests_before.values())
    for thing in row_things(after):
        if digests[thing.key] in known:
            continue
        match = max(gone, key=lambda old: _likeness(old, thing), default=None)
        if match is not None and _likeness(match, thing) >= ALIKE:
            gone.remove(match)
            type_, row, number = thing.key
            yield Slug(type_, document, names[match.key], f"{row}/{number} {digests[thing.key]}")


def _likeness(before: RowThing, after: RowThing) -> float:
    if before.key[0] != after.key[0]:
        return 0.0
    words = wording_key(before.words), wording_key(after.words)
    bonus = _SAME_PLACE if before.place == after.place else 0.0
    if words[0] == words[1]:
        return 1.0 + bonus
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.real_quick_ratio() + bonus < ALIKE or matcher.quick_ratio() + bonus < ALIKE:
        return 0.0
    return matcher.ratio() + bonus
