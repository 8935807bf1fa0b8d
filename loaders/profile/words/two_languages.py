"""Cells that say one thing in two languages: the first is read, the other is its label in the other language."""

from collections.abc import Sequence
from dataclasses import replace

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.documents.spans import Span
from hytegraph.loaders.profile.front import language_of
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
    halves = " ".join(lines).split(_BETWEEN)
    if end := _end_of_first(lines, is_divided=len(halves) == 2 and _differ(*halves)):
        first = "\n".join(lines[:end]).rstrip(" /")
        second = _part(cell, "\n".join(lines[end:]), end)
        return Placed(
            replace(cell.block, text=first), Span(cell.span.first, cell.span.first + end - 1)
        ), second
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


def _end_of_first(lines: Sequence[str], *, is_divided: bool) -> int:
    """After how many lines the second language begins, 0 where the lines do not tell or a slash divides them."""
    starts = [
        at for at, line in enumerate(lines) if not (line.lstrip()[:1].islower() or line.lstrip()[:1] == "(")
    ]
    if len(lines) < 2 or is_divided or starts[:1] != [0]:
        return 0
    middle = starts[len(starts) // 2] if len(starts) % 2 == 0 else 0
    languages = [language_of(line) for line in lines]
    divided = [at for at in starts[1:] if _differ(" ".join(lines[:at]), " ".join(lines[at:]))]
    return max(divided, key=lambda at: (_agreeing(languages, at), at == middle), default=middle)


def _agreeing(languages: Sequence[str], at: int) -> int:
    """How many lines before a place are of one language and how many from it on of the other."""
    before, after = languages[:at], languages[at:]
    return max(before.count("fi") + after.count("sv"), before.count("sv") + after.count("fi"))


def _differ(first: str, second: str) -> bool:
    """Whether the words of two texts are of two languages."""
    languages = {language_of(first), language_of(second)}
    return len(languages) == 2 and "" not in languages


def _part(cell: Placed, text: str, begins: int) -> Placed:
    """A cell with the words that stand on its lines from one on (from 0)."""
    return Placed(replace(cell.block, text=text), Span(cell.span.first + begins, cell.span.last))
