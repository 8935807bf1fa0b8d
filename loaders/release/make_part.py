"""Makes the part of a unit: its documents become quads, are reasoned over, validated and prepared for searching."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import Iris, slug_of, town_beginnings
from hytegraph.graph.reasoning.rules import inferred_quads
from hytegraph.graph.store.document_texts import TEXTS
from hytegraph.graph.store.release import in_canonical_forms
from hytegraph.graph.validation.expected import FILE, read_expected
from hytegraph.graph.validation.report import Report
from hytegraph.graph.validation.validate import validate_loaded
from hytegraph.loaders.catalogue import Rights, catalogue_quads, graph_counts
from hytegraph.loaders.documents.folder import Folder, Source, read_folder
from hytegraph.loaders.links.judging.agreement import agreement_quads
from hytegraph.loaders.links.judging.reviewers import read_reviewers, reviewer_quads
from hytegraph.loaders.links.outside import outside_quads
from hytegraph.loaders.links.quads import link_quads
from hytegraph.loaders.links.sssom import read_link_tables
from hytegraph.loaders.links.town_graph import TownGraph
from hytegraph.loaders.privacy.waiting import refuse_unjudged
from hytegraph.loaders.quads.steps import folder_quads
from hytegraph.loaders.release.common import common_quads
from hytegraph.loaders.release.part import (
    SHARED,
    Draft,
    Part,
    finish_part,
    write_part,
)
from hytegraph.loaders.release.tables import WORTH_A_HELPER, Tables, stored
from hytegraph.loaders.release.units import Unit


def make_common(base: str, folder: Path) -> None:
    """Write the part without documents, which every release has and every other part is made with."""
    quads = set(common_quads(base))
    quads |= set(inferred_quads(quads, base))
    _write(in_canonical_forms(quads), Unit((), ()), (), Tables(folder, (), base, None))


def make_part(unit: Unit, base: str, common: Part, folder: Path, *, has_core: bool = False) -> None:
    """Write the part of a unit to an empty folder; with `has_core` a second process may help.

    Raises BuildError, or what reading the folders raises, for documents that cannot be released.
    """
    refuse_unjudged(unit.folders)
    read = [read_folder(path) for path in unit.folders]
    _refuse_clashes(read)
    quads = {quad for each in read for quad in _with_links(each, base)}
    quads |= set(parse((common.path / SHARED).read_bytes(), RdfFormat.N_QUADS))
    quads |= set(inferred_quads(quads, base))
    tables = Tables(folder, unit.towns, base, common.path)
    _write(in_canonical_forms(quads), unit, read, tables, common, has_core=has_core)


def _write(
    quads: set[Quad],
    unit: Unit,
    read: Iterable[Folder],
    tables: Tables,
    common: Part | None = None,
    *,
    has_core: bool = False,
) -> None:
    base, folder = tables.base, tables.folder
    documents = tuple(_document(source, base) for each in read for source in each.sources)
    counts = graph_counts(quads)
    catalogue = set(catalogue_quads(base, (NamedNode(cells["iri"]) for cells in documents), counts, Rights()))
    quads |= catalogue
    own = {quad for quad in catalogue if _is_of(quad, base, unit)}
    lines = sorted({f"{quad} .\n" for quad in quads})
    data = "".join(lines).encode()
    left_out = {f"{quad} .\n" for quad in catalogue - own} | (set(common.shared()) if common else set())
    is_helped = has_core and len(data) >= WORTH_A_HELPER
    with tables.written_beside(data) if is_helped else nullcontext():
        store = stored(data)
        draft = Draft(
            lines=[line for line in lines if line not in left_out],
            beginnings={town: town_beginnings(base, [town]) for town in unit.towns},
            # What all parts have in common is validated with each of them.
            report=validate_loaded(store, lines, base) if unit.towns else Report(()),
            documents=documents,
            expected=tuple(each for path in unit.folders for each in read_expected(path / FILE, base)),
            texts={_text_file(source): source.text.text.encode() for each in read for source in each.sources},
        )
        write_part(draft, folder)
        if not is_helped:
            tables.write(store, data)
    finish_part(folder)


def _is_of(quad: Quad, base: str, unit: Unit) -> bool:
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(
        tuple(f"{base}graph/{town}/" for town in unit.towns)
    )


def _with_links(folder: Folder, base: str) -> set[Quad]:
    """The quads of a folder's documents and of its link tables."""
    quads = folder_quads(folder, base)
    graph = TownGraph(quads, base, slug_of(folder.sources[0].entry.town))
    reviewers = reviewer_quads(read_reviewers(folder.path).values(), graph)
    tables = read_link_tables(folder.path)
    linked = {*link_quads(tables, graph), *reviewers, *agreement_quads(tables, graph)}
    return {*quads, *linked, *outside_quads(quads, base)}


def _text_file(source: Source) -> str:
    """Where the redacted text lies in the release; the names of files may clash between towns, slugs may not."""
    return f"{TEXTS}/{slug_of(source.entry.town)}/{source.entry.slug}.txt"


def _refuse_clashes(folders: Iterable[Folder]) -> None:
    seen: dict[tuple[str, str], Path] = {}
    for folder in folders:
        for source in folder.sources:
            key = (source.entry.town, source.entry.slug)
            if key in seen:
                raise BuildError(f"{seen[key]} and {folder.path} both hold a document '{key[1]}' of {key[0]}")
            seen[key] = folder.path


def _document(source: Source, base: str) -> Mapping[str, Any]:
    """What the manifest of a release tells of a document."""
    return {
        "name": source.entry.name,
        "iri": Iris(base, slug_of(source.entry.town)).thing("document", source.entry.slug).value,
        "text": _text_file(source),
        "textSha256": hashlib.sha256(source.text.text.encode()).hexdigest(),
        "title": dict(source.entry.title),
        "sha256": source.entry.sha256,
        "lines": source.coverage.lines,
        "nonBlankLines": source.coverage.non_blank,
        "unexplainedLines": len(source.coverage.unexplained),
    }
