"""The words of a text that were looked for, and a piece of a long text around them."""

from collections.abc import Collection

from hytegraph.graph.search.tokens import tokens

LONGEST = 280
_BEFORE = 90

Pieces = tuple[tuple[str, bool], ...]


def marked(text: str, forms: Collection[str]) -> Pieces:
    """The text in pieces, each told whether it is a word in one of the forms.

    >>> marked("Koulujen pihat", {"koulujen"})
    (('Koulujen', True), (' pihat', False))
    """
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop, form in tokens(text):
        if form in forms:
            pieces += [(text[end:start], False), (text[start:stop], True)]
            end = stop
    return tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0])


def excerpt(text: str, forms: Collection[str], longest: int = LONGEST) -> str:
    """The text, or where it is longer a part of whole words around the first that was looked for, with ellipses."""
    if len(text) <= longest:
        return text
    first = next((start for start, _, form in tokens(text) if form in forms), 0)
    start = max(0, min(first - _BEFORE, len(text) - longest))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if start + longest >= len(text) else text.rfind(" ", start, start + longest)
    return (
        ("… " if start else "")
        + text[start : end if end > start else start + longest]
        + (" …" if end < len(text) else "")
    )
