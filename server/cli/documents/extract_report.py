"""What `extract` and `replace` tell of a document, in the reader's language."""

from collections.abc import Iterator

from hytegraph.graph.languages import Language
from hytegraph.loaders.extract import Extracted
from hytegraph.server.text.messages import translate


def report(result: Extracted, folder: str, language: Language) -> Iterator[str]:
    """The lines on one document: what it is, what was read of it, what was not, and what a person has to do."""
    entry, coverage = result.entry, result.coverage
    yield translate(
        "terminal.extracted",
        language,
        name=entry.name,
        kind=entry.kind,
        lines=coverage.non_blank,
        unexplained=len(coverage.unexplained),
        removed=result.removed,
    )
    if result.waiting:
        yield "  " + translate("terminal.waiting", language, n=result.waiting, folder=folder)
    yield from (f"  {difference}" for difference in result.differences)
