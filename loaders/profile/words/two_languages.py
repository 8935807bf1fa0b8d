"""Cells that say one thing in two languages: the first is read, the other is its label in the other language."""

from dataclasses import replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.profile.headings import languages_of

_BETWEEN = " / "


def is_in_two(heading: str) -> bool:
    """Whether a heading stands in Finnish and Swedish: "Tavoite / Mål"."""
    return len([language for language in languages_of(heading) if language]) > 1


def second_of(heading: str) -> str:
    """The language in which a heading of two languages repeats itself."""
    return [language for language in languages_of(heading) if language][1]


def languages_apart(cell: Placed) -> tuple[Placed, Placed | None]:
    """The cell with the words of its first language only, and with those of the second; None where it has but one.

    The languages stand one after the other, each beginning lines with a capital or sign, or on both sides of " / ".
    """
    lines = cell.block.text.split("\n")
    starts = [at for at, line in enumerate(lines) if not line.lstrip()[:1].islower()]
    if len(lines) > 1 and len(starts) % 2 == 0 and starts[0] == 0:
        end = starts[len(starts) // 2]
        first = "\n".join(lines[:end]).rstrip(" /")
        second = _part(cell, "\n".join(lines[end:]), end)
        return Placed(
            replace(cell.block, text=first), Span(cell.span.first, cell.span.first + end - 1)
        ), second
    halves = " ".join(lines).split(_BETWEEN)
    if len(halves) != 2:
        return cell, None
    # The lines on which the first half ends.
    end = next(at for at, _ in enumerate(lines, 1) if _BETWEEN.strip() in " ".join(lines[:at]).split())
    words, _, rest = "\n".join(lines[:end]).rpartition(_BETWEEN.rstrip())
    begins = end - 1 if rest.strip() else end
    before = Placed(
        replace(cell.block, text=words.rstrip()), Span(cell.span.first, cell.span.first + end - 1)
    )
    return before, _part(cell, "\n".join(filter(None, [rest.strip(), *lines[end:]])), begins)


def _part(cell: Placed, text: str, begins: int) -> Placed:
    """A cell with the words that stand on its lines from one on (from 0)."""
    return Placed(replace(cell.block, text=text), Span(cell.span.first + begins, cell.span.last))
