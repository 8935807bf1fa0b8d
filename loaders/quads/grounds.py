"""What a node rests on where several rows of a table speak of it: one basis and one certainty."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.vocab import HYTE

# From the strongest to the weakest.
_CERTAINTIES = (HYTE.sure, HYTE.ambiguous)
_BASES = (HYTE.statedInSource, HYTE.derivedFromLayout, HYTE.curatorJudgement)


@dataclass(frozen=True, slots=True)
class Ground:
    """What one row gives a node: basis, certainty, and the row's note."""

    basis: NamedNode
    certainty: NamedNode
    note: str


STATED = Ground(HYTE.statedInSource, HYTE.sure, "")


def strongest(grounds: Sequence[Ground]) -> tuple[Ground, ...]:
    """The best grounds among those that each carry the node alone, as rows that name one group do."""
    best = min(map(_strength, grounds))
    return tuple(ground for ground in grounds if _strength(ground) == best)


def together(grounds: Sequence[Ground]) -> Ground:
    """The ground of a node that is made of all the rows: as weak as the weakest of them."""
    certainty = _CERTAINTIES[max(_CERTAINTIES.index(ground.certainty) for ground in grounds)]
    basis = _BASES[max(_BASES.index(ground.basis) for ground in grounds)]
    notes = dict.fromkeys(ground.note for ground in grounds if ground.note)
    return Ground(basis, certainty, " ".join(notes))


def _strength(ground: Ground) -> tuple[int, int]:
    return _CERTAINTIES.index(ground.certainty), _BASES.index(ground.basis)
