"""Another text of a known document takes the place of the one in the folder: a corrected or a newer one."""

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import DocumentError, ManifestError, Reason
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.vocab import OA
from hytegraph.loaders.documents.corrections import row_place, write_merged
from hytegraph.loaders.documents.document import SourceText, read_kept
from hytegraph.loaders.documents.folder import (
    MANIFEST,
    Folder,
    Source,
    read_folder,
    read_manifest,
    write_manifest,
)
from hytegraph.loaders.documents.lines import LineMap, line_map, moved_citations, moved_row
from hytegraph.loaders.documents.slugs import write_registry
from hytegraph.loaders.documents.staging import candidate
from hytegraph.loaders.documents.tables import Row, Table, read_table, table_of
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.extract import Extracted, extract_files, known_goals
from hytegraph.loaders.identity.carry import carried_names
from hytegraph.loaders.identity.mint import mint
from hytegraph.loaders.identity.retired import read_replaced, write_replaced
from hytegraph.loaders.identity.rows import TYPES, registered
from hytegraph.loaders.kinds import KINDS
from hytegraph.loaders.privacy.decisions import Decision, read_decisions, write_decisions
from hytegraph.loaders.profile.file import PROFILE
from hytegraph.loaders.quads.steps import folder_writers
from hytegraph.loaders.sources.read import read_source

# `12-14`, `12.3-14.20`: the first and the last line, and what stands between and after them.
_LINES = re.compile(r"^(\d+)(-|\.\d+-)(\d+)")


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of the document: how it was read, which corrections were carried over and which were not."""

    extracted: Extracted
    carried: tuple[str, ...]
    left: tuple[str, ...]


def replace_document(folder: Path, name: str, file: Path) -> Replaced:
    """Read the file as the new text of the folder's document of that name.

    Corrections of rows whose cells are the same are carried over, names stay with what they name, and passages of
    the old text lead to those of the new one. Raises DocumentError, ManifestError or TableError, and leaves the
    folder as it was, when the document is not known or the file cannot be read.
    """
    with candidate(folder) as work:
        before = read_folder(work)
        old = _source(before, work, name)
        published = read_source(file)
        if published.sha256 == old.text.sha256:
            raise DocumentError(file, Reason("this is the text that the folder holds as '{name}'", name=name))
        old_passages = _passages(before, old)
        extracted, undecided = _extract_anew(work, old, file, published)
        new_text = read_kept(work, name)
        carried, left = _carry_corrections(work, old, line_map(old.text, new_text))
        _move_citations(work, name, line_map(old.text, new_text))
        after = read_folder(work)
        new = _source(after, work, name)
        _write_names(work, old, new, before)
        _write_replaced(work, old_passages, new, line_map(old.text, new_text))
    return Replaced(extracted, tuple(carried), (*undecided, *left))


def _move_citations(work: Path, name: str, lines: LineMap) -> None:
    """Let the tables of links cite the new text: at the old numbers stand other words."""
    for file in sorted(work.glob("links/*.tsv")):
        text = file.read_bytes().decode("utf-8")
        file.write_bytes(moved_citations(text, name, lines).encode("utf-8"))


def _write_names(work: Path, old: Source, new: Source, before: Folder) -> None:
    """Register the names of the new text's things; those of the old text stay without their rows, which are no more."""
    document = old.entry.slug
    names = [
        replace(slug, wording=slug.wording.rpartition(" ")[2])
        for slug in before.registry
        if slug.scope == document and slug.type in TYPES
    ]
    names += carried_names(document, old.tables, new.tables, before.registry)
    names += registered(document, new.tables, names)
    minted = mint(read_folder(work).documents, before.registry)
    others = [slug for slug in minted if slug.scope != document or slug.type not in TYPES]
    write_registry(work, dict.fromkeys((*others, *names)), before.registry.dialect)


def _source(folder: Folder, path: Path, name: str) -> Source:
    for source in folder.sources:
        if source.entry.name == name:
            return source
    names = ", ".join(source.entry.name for source in folder.sources)
    raise ManifestError(path / MANIFEST, f"no document is called '{name}'; there are: {names}")


def _extract_anew(work: Path, old: Source, file: Path, published: SourceText) -> tuple[Extracted, list[str]]:
    """Read the file under the document's name, as if there had been no tables; the manifest keeps what a person
    wrote.
    """
    name = old.entry.name
    entry = replace(
        old.entry,
        sha256=published.published_sha256,
        lines=len(published.lines),
        version=old.entry.version + 1,
    )
    write_manifest(work, [entry if other.name == name else other for other in read_manifest(work)])
    moved, left = _moved_decisions(work / name, published)
    with tempfile.TemporaryDirectory(prefix="before-", dir=work) as before:
        # The new text's tables are read as the old one's with the same headings were approved.
        if (work / name / PROFILE).exists():
            shutil.copy(work / name / PROFILE, before)
        extracted = _extract_as(name, work, file, moved)
    return extracted, left


def _extract_as(name: str, work: Path, file: Path, decisions: Sequence[Decision]) -> Extracted:
    shutil.rmtree(work / name)
    (work / name).mkdir()
    write_decisions(work / name, decisions)
    (work / f"{name}.txt").unlink()
    with tempfile.TemporaryDirectory() as folder:
        renamed = Path(shutil.copy(file, Path(folder) / f"{name}{file.suffix}"))
        [extracted] = [one for one in extract_files([renamed], work) if one.entry.name == name]
    return extracted


def _moved_decisions(folder: Path, text: SourceText) -> tuple[list[Decision], list[str]]:
    """What a person decided of words that the new text has, too; and the rows whose words are gone from the record."""
    moved, left = [], []
    for decision in read_decisions(folder):
        at = [number for number, line in enumerate(text.lines, 1) if decision.words in " ".join(line.split())]
        if decision.words and at:
            moved.append(replace(decision, lines=f"L{at[0]}"))
        else:
            left.append(f"{folder.name}/privacy.csv, row {decision.id}")
    return moved, left


def _carry_corrections(work: Path, old: Source, lines: LineMap) -> tuple[list[str], list[str]]:
    """Put a person's rows into the new tables where the extractor reads there what it read before; the rest is
    listed.
    """
    folder = work / old.entry.name
    baseline = {table.kind.name: table for table in _baseline(work, old)}
    carried: list[str] = []
    left: list[str] = []
    for name, table in old.tables.items():
        read_before = {row.id: row for row in baseline[name].rows} if name in baseline else {}
        file = folder / f"{name}.csv"
        fresh = read_table(file) if file.exists() else table_of(name, ())
        rows = {row.id: row for row in fresh.rows}
        for row_id in sorted(
            {row for kind, row in old.corrected if kind == name} | _deleted(table, read_before)
        ):
            told = f"{old.entry.name}/{name}.csv, row {row_id}"
            is_carried = _carry(table, row_id, read_before.get(row_id), rows, lines)
            (carried if is_carried else left).append(told)
        header = tuple(dict.fromkeys((*table.header, *fresh.header)))
        ordered = sorted(rows.values(), key=lambda row: row_place(row.id))
        write_merged(folder, Table(fresh.kind, header, tuple(ordered), table.dialect))
    return carried, left


def _baseline(work: Path, old: Source) -> Sequence[Table]:
    """What the extractor reads in the old text: against it a person's corrections are seen."""
    goals = known_goals(work, [entry for entry in read_manifest(work) if entry.name != old.entry.name])
    return KINDS[old.entry.kind].extract(old.text, Cleaner(old.text), tuple(goals.values())).tables


def _deleted(table: Table, read_before: Mapping[str, Row]) -> set[str]:
    return set(read_before) - {row.id for row in table.rows}


def _carry(table: Table, row_id: str, before: Row | None, rows: dict[str, Row], lines: LineMap) -> bool:
    """Whether the person's row, changed, added or deleted, has been put among the new rows."""
    now = next((row for row in table.rows if row.id == row_id), None)
    moved = moved_row(table, now, lines) if now else None
    if now and moved is None:
        return False
    if before is None:
        if moved is None or moved.id in rows:
            return False
        rows[moved.id] = moved
        return True
    expected = moved_row(table, before, lines)
    fresh = rows.get(expected.id) if expected else None
    if expected is None or fresh is None or any(fresh[column] != expected[column] for column in table.header):
        return False
    del rows[expected.id]
    if moved:
        rows[moved.id] = moved
    return True


def _passages(folder: Folder, source: Source) -> dict[str, tuple[str, ...]]:
    """The paths of a document's passages, split at the numbers of their lines."""
    [writer] = [writer for writer in folder_writers(folder, DEFAULT_BASE) if writer.source is source]
    start = len(writer.iris.thing("").value)
    passages = (str(quad.subject)[1:-1] for quad in writer.quads if quad.predicate == OA.hasSource)
    return {iri[start:]: tuple(_LINES.split(iri.rpartition("/")[2])) for iri in passages}


def _write_replaced(work: Path, before: Mapping[str, tuple[str, ...]], new: Source, lines: LineMap) -> None:
    """Lead each passage of the old text to the one of the same words in the new text, or nowhere."""
    folder = read_folder(work)
    after = _passages(folder, _source(folder, work, new.entry.name))
    stem = f"passage/{new.entry.slug}/v{new.entry.version}/"
    replaced = dict(read_replaced(work))
    for path, (_, first, middle, last, end) in before.items():
        moved = f"{lines.get(int(first))}{middle}{lines.get(int(last))}{end}"
        replaced[path] = f"{stem}{moved}" if f"{stem}{moved}" in after else ""
    write_replaced(work, replaced)
