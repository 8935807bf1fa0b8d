"""Aims that go on in others because their goals do: an aim's own words are too few to tell."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from math import prod

from hytegraph.loaders.links.continuity.changes import SharedGoals, WordingChange
from hytegraph.loaders.links.link import LinkEnd

_SUREST = 0.9


def shared_goals(
    elements: Iterable[LinkEnd], changes: Iterable[WordingChange], rejected: Collection[tuple[str, str]] = ()
) -> tuple[SharedGoals, ...]:
    """The pairs of aims that goals under them join and no change of wording does, without those rejected."""
    known = {element.id: element for element in elements if element.kind == "aim"}
    said = set(rejected)
    joined: dict[tuple[str, str], list[WordingChange]] = defaultdict(list)
    for change in changes:
        said.add((change.earlier.id, change.later.id))
        if (change.earlier.kind, change.later.kind) == ("goal", "goal"):
            for earlier in change.earlier.aims:
                for later in change.later.aims:
                    joined[earlier, later].append(change)
    return tuple(
        SharedGoals(
            known[earlier],
            known[later],
            round(min(_SUREST, 1 - prod(1 - change.sure for change in found)), 2),
            tuple((change.earlier.text, change.later.text) for change in found),
        )
        for (earlier, later), found in sorted(joined.items())
        if (earlier, later) not in said and earlier in known and later in known
    )
