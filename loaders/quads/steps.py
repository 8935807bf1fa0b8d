"""All quads of a document folder, step by step, and the slugs that this gives away."""

from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Quad

from hytegraph.graph.iris import DEFAULT_BASE, Iris, slug_of
from hytegraph.loaders.documents.folder import Folder, Source, read_folder
from hytegraph.loaders.documents.slugs import Registry, write_registry
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
    """All quads of a document folder."""
    registry = Registry(list(folder.registry))
    return {quad for source in folder.sources for quad in source_quads(source, registry, base)}


def source_quads(source: Source, registry: Registry, base: str) -> set[Quad]:
    """The quads of one document; new slugs are added to the registry."""
    return source_writer(source, registry, base).quads


def source_writer(source: Source, registry: Registry, base: str) -> Writer:
    """The writer of one document with all its quads; new slugs are added to the registry."""
    writer = Writer(source, Iris(base, slug_of(source.entry.town)), registry)
    for step in STEPS:
        step(writer)
    return writer


def freeze_slugs(path: Path) -> None:
    """Write every slug that the folder's things have into its registry, so that no later wording changes it."""
    folder = read_folder(path)
    registry = Registry(list(folder.registry))
    for source in folder.sources:
        source_quads(source, registry, DEFAULT_BASE)
    write_registry(path, registry)
