"""Cells of a column that names several roles, such as "Toimenpiteet ja vastuutaho"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import CellReader, Words, split_parties
from hytegraph.loaders.profile.headings import labelled

_CLOSING_BRACKET = re.compile(r"(?P<words>.*\S)\s*\((?P<inside>[^()]*)\)\s*\.?", re.DOTALL)
_FIGURE = re.compile(
    r"(?P<words>.*?[^\W\d].*?)\s*(?:[:;,–]|\s-)\s+(?P<inside>(?:vähintään|enintään|yli|alle|minst|högst|>|<|≥|≤)?\s*[\d+-].*)"
)
_LAST_PART = re.compile(r"(?P<words>.*\S)\s*(?:[:;]|\s[–-])\s+(?P<inside>[^.:;]+)\.?")


def split_joined(
    cell: Placed, roles: tuple[str, ...], cells: CellReader, known: frozenset[str], *, wrapped: bool
) -> Iterator[tuple[str, list[Words]]]:
    """The roles and words of each item of the cell: by a label, a closing bracket or what divides them in the text."""
    first, second = roles[0], roles[-1]
    items = cells.items(cell, wrapped=wrapped)
    has_labels = any(labelled(item.text)[0] for item in items)
    for item in items:
        own, words = labelled(item.text)
        if own:
            yield own[0], _parties(own[0], [replace(item, text=words)], known)
            continue
        forms: Sequence[re.Pattern[str]] = (_CLOSING_BRACKET, _FIGURE if second == "target" else _LAST_PART)
        match = next((match for form in forms if (match := form.fullmatch(item.text))), None)
        explains = (
            second in ("responsible", "partner") and match and not _MAY_BE_PARTY.fullmatch(match["inside"])
        )
        if match is None or has_labels or explains:
            yield first, [item]
            continue
        inside = labelled(match["inside"])[1]
        yield first, [replace(item, text=match["words"])]
        yield second, _parties(second, [replace(item, text=inside)], known)


def _parties(role: str, words: list[Words], known: frozenset[str]) -> list[Words]:
    if role not in ("responsible", "partner"):
        return words
    return [party for piece in words for party in split_parties(piece, known)]


def with_party_in_bracket(item: Words, known: frozenset[str] = frozenset()) -> tuple[Words, list[Words]]:
    """An item without the closing bracket that names who is responsible, and the parties of the bracket."""
    match = _CLOSING_BRACKET.fullmatch(item.text)
    inside = match["inside"].strip() if match else ""
    role, words = labelled(inside)
    if not match or not (role or _MAY_BE_PARTY.fullmatch(inside)):
        return item, []
    parties = list(split_parties(replace(item, text=words), known))
    return replace(item, text=match["words"]), parties


# A bracket with figures, or one that begins small, explains the words before it.
_MAY_BE_PARTY = re.compile(r"[A-ZÅÄÖ][^\d%€]{2,80}")
