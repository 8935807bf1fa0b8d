"""Writes the pages of the documentation that are made from the code.

`make reference` runs it. The pages are committed, so that they are read wherever the repository is, and a test
compares them with the code.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.make.commands import commands, settings
from docs.make.cookbook import cookbook
from docs.make.service import http, queries, query_traps
from docs.make.tree import drawings, tree
from docs.make.vocabulary import glossary, vocabulary

DOCS = Path(__file__).parents[1]
PAGES: Mapping[str, Callable[[], str]] = {
    "explanation/tree.md": tree,
    **{f"explanation/drawings/{name}.svg": draw for name, draw in drawings().items()},
    "glossary.md": glossary,
    "how-to/cookbook.md": cookbook,
    "reference/commands.md": commands,
    "reference/http.md": http,
    "reference/queries.md": queries,
    "reference/query-traps.md": query_traps,
    "reference/settings.md": settings,
    "reference/vocabulary.md": vocabulary,
}


def main() -> int:
    """Writes every page."""
    for name, make in PAGES.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
