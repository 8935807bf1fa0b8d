"""All quads of a document folder, step by step."""

from collections.abc import Callable

from pyoxigraph import Quad

from hytegraph.graph.errors import ManifestError, TableError
from hytegraph.graph.iris import Iris, slug_of
from hytegraph.loaders.documents.folder import MANIFEST, Folder, Source
from hytegraph.loaders.documents.slugs import Registry
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.kinds import KINDS
from hytegraph.loaders.quads.decisions import write_decisions
from hytegraph.loaders.quads.documents import (
    write_document,
    write_losses,
    write_passages,
    write_town,
    write_units,
)
from hytegraph.loaders.quads.plans import (
    write_aims,
    write_citations,
    write_goals,
    write_priorities,
    write_projects,
)
from hytegraph.loaders.quads.retired import retired_quads
from hytegraph.loaders.quads.rows import write_paragraphs, write_rows
from hytegraph.loaders.quads.statistics import write_amendments, write_figures
from hytegraph.loaders.quads.writer import Writer

STEPS: tuple[Callable[[Writer], None], ...] = (
    write_document,
    write_town,
    write_units,
    write_aims,
    write_goals,
    write_priorities,
    write_citations,
    write_decisions,
    write_projects,
    write_rows,
    write_paragraphs,
    write_figures,
    write_amendments,
    write_losses,
    write_passages,
)


def folder_quads(folder: Folder, base: str) -> set[Quad]:
    """All quads of a document folder; raises ManifestError for a kind of document that there is not."""
    registry = mint(folder.documents, folder.registry)
    quads = {quad for writer in _writers(folder, registry, base) for quad in writer.quads}
    return quads | set(retired_quads(folder, registry, base))


def folder_writers(folder: Folder, base: str) -> tuple[Writer, ...]:
    """The writer of each document with all its quads; raises as `folder_quads` does."""
    return _writers(folder, mint(folder.documents, folder.registry), base)


def _writers(folder: Folder, registry: Registry, base: str) -> tuple[Writer, ...]:
    return tuple(_written(folder, source, registry, base) for source in folder.sources)


def _written(folder: Folder, source: Source, registry: Registry, base: str) -> Writer:
    entry = source.entry
    if entry.kind not in KINDS:
        reason = (
            f"document {entry.name}: '{entry.kind}' is no kind of document; there are: {', '.join(KINDS)}"
        )
        raise ManifestError(folder.path / MANIFEST, reason)
    writer = Writer(source, KINDS[entry.kind], Iris(base, slug_of(entry.town)), registry)
    try:
        for step in STEPS:
            step(writer)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        table, row = writer.at
        raise TableError(f"{entry.name}/{table}.csv", row, f"no quads can be made of it ({error})") from error
    writer.write_grounds()
    return writer
