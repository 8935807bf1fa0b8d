"""What must be in order before a release is published; each fault says what is missing and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import town_beginnings
from hytegraph.graph.releases.changes import VANISHED
from hytegraph.graph.releases.row import Published
from hytegraph.graph.releases.summary import Summary
from hytegraph.graph.store.release import DATA, Release
from hytegraph.graph.store.sorted_lines import SortedLines
from hytegraph.loaders.documents.folder import MANIFEST, Entry, read_folder, read_manifest
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.links.review import review_folder
from hytegraph.loaders.privacy.waiting import waiting_in
from hytegraph.loaders.publishing.publication import SETTINGS, Policy, Publication
from hytegraph.loaders.release.meanings import Piece, refuse_changed_meanings

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not in order: the key of its text under `publish.fault.`, the place, and values of the text."""

    key: str
    where: str
    values: Mapping[str, object] = field(default_factory=dict)


def statement_faults(publication: Publication, settings: Mapping[str, str]) -> Iterator[Fault]:
    """What the publisher has not stated; `settings` are the values that hold, whoever gave them."""
    file = str(publication.file)
    for name in SETTINGS:
        if not settings.get(name):
            yield Fault(name, file)
    if not publication.version:
        yield Fault("version", file)
    if publication.date is None:
        yield Fault("date", file)
    for language in publication.policy.languages:
        if not publication.notes[language].strip():
            yield Fault("notes", file, {"code": language})


def folder_faults(folders: Iterable[Path], policy: Policy) -> Iterator[Fault]:
    """What is not in order in the document folders; raises as reading them does."""
    for path in folders:
        for entry in read_manifest(path):
            yield from _entry_faults(path, entry, policy)
        for waiting in waiting_in(path):
            count = len(waiting.undecided) + len(waiting.unapplied) + len(waiting.marked)
            yield Fault("privacy", str(path / waiting.document), {"n": count, "folder": path})
        yield from _coverage_faults(path, policy)
        yield from _link_faults(path, policy)


def _entry_faults(path: Path, entry: Entry, policy: Policy) -> Iterator[Fault]:
    where = f"{path / MANIFEST}: {entry.name}"
    for language in policy.languages:
        if not entry.title.get(language, "").strip():
            yield Fault("title", where, {"code": language})
    if not entry.licence.strip():
        yield Fault("document-licence", where)


def _coverage_faults(path: Path, policy: Policy) -> Iterator[Fault]:
    if policy.unexplained_lines is None:
        return
    for source in read_folder(path).sources:
        lines = source.coverage.unexplained
        if len(lines) > policy.unexplained_lines:
            values = {
                "n": len(lines),
                "most": policy.unexplained_lines,
                "lines": format_spans(spans_of(lines)),
            }
            yield Fault("coverage", str(path / source.entry.name), values)


def _link_faults(path: Path, policy: Policy) -> Iterator[Fault]:
    review = review_folder(path)
    for fault in review.faults:
        what = f"{fault.link.subject} → {fault.link.object}: {fault.reason}"
        yield Fault("link", str(path / "links" / f"{fault.table}.tsv"), {"what": what})
    if policy.waiting_links is not None and len(review.waiting) > policy.waiting_links:
        values = {"n": len(review.waiting), "most": policy.waiting_links, "folder": path}
        yield Fault("links-waiting", str(path / "links"), values)


def row_faults(
    publication: Publication, candidate: Release, row: Sequence[Published], summary: Summary | None
) -> Iterator[Fault]:
    """What does not go together with the releases that are published: the version, the date, the IRIs."""
    taken = next((one for one in row if one.version == publication.version), None)
    if taken and (taken.checksum != candidate.checksum or taken is not row[0]):
        yield Fault("version-taken", str(publication.file), {"version": taken.version, "date": taken.date})
    earlier = [one for one in row if one.version != publication.version]
    if publication.date and earlier and publication.date < earlier[0].date:
        yield Fault("date-before", str(publication.file), {"date": earlier[0].date})
    if summary and (gone := summary.total(VANISHED)):
        named = [change.thing for change in summary.of(VANISHED)][:_NAMED]
        yield Fault("vanished", summary.earlier, {"n": gone, "things": ", ".join(named)})
    if earlier:
        yield from _meaning_faults(earlier[0], candidate)


def _meaning_faults(earlier: Published, candidate: Release) -> Iterator[Fault]:
    """The IRIs that mean another thing than in the published release; read a town at a time."""
    base = str(candidate.manifest["base"])
    try:
        with SortedLines.open(candidate.path / DATA) as data:
            refuse_changed_meanings(earlier.folder, base, _pieces(data, base, candidate.manifest["towns"]))
    except BuildError as error:
        yield Fault("meaning", earlier.version, {"what": str(error)})


def _pieces(data: SortedLines, base: str, towns: Iterable[str]) -> Iterator[Piece]:
    for town in sorted(towns):
        beginnings = town_beginnings(base, [town])
        yield Piece(b"".join(data.starting(begin.encode()) for begin in beginnings), beginnings)
