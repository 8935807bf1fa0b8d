"""Pieces of Markdown for pages that are made from the code."""

from collections.abc import Iterable


def note(source: str) -> str:
    """The comment at the top of a page that is made."""
    return f"<!-- Made by `make reference` from {source}; do not edit. -->\n\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; bars in cells are escaped."""
    lines = [tuple(head)]
    lines.append(("---",) * len(lines[0]))
    lines.extend(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def plain(text: str) -> str:
    """Text in which an opening bracket of a tag is no tag."""
    return text.replace("<", "&lt;")
