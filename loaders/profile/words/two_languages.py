"""Cells that say one thing in two languages: the first is read, the other stays among the passages."""

from dataclasses import replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.profile.headings import languages_of

_BETWEEN = " / "


def is_in_two(heading: str) -> bool:
    """Whether a heading stands in Finnish and Swedish: "Tavoite / Mål"."""
    return len([language for language in languages_of(heading) if language]) > 1


def first_language(cell: Placed) -> Placed:
    """The cell with the words of its first language only.

    The languages stand one after the other, each beginning lines with a capital or sign, or on both sides of " / ".
    """
    lines = cell.block.text.split("\n")
    starts = [at for at, line in enumerate(lines) if not line.lstrip()[:1].islower()]
    if len(lines) > 1 and len(starts) % 2 == 0 and starts[0] == 0:
        end = starts[len(starts) // 2]
        first = "\n".join(lines[:end]).rstrip(" /")
        return Placed(replace(cell.block, text=first), Span(cell.span.first, cell.span.first + end - 1))
    halves = " ".join(lines).split(_BETWEEN)
    if len(halves) != 2:
        return cell
    # The lines on which the first half ends.
    end = next(at for at, _ in enumerate(lines, 1) if _BETWEEN.strip() in " ".join(lines[:at]).split())
    words = "\n".join(lines[:end]).rpartition(_BETWEEN.rstrip())[0]
    return Placed(replace(cell.block, text=words.rstrip()), Span(cell.span.first, cell.span.first + end - 1))
