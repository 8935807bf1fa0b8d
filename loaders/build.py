"""From document folders to a validated release."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import DEFAULT_BASE, Iris
from hytegraph.graph.store.checksums import Checksums
from hytegraph.graph.store.release import DESCRIBED, Release, is_up_to_date, read_release
from hytegraph.graph.validation.report import Report
from hytegraph.loaders.catalogue import Rights
from hytegraph.loaders.privacy.waiting import refuse_unjudged
from hytegraph.loaders.release.ahead import Merging, PartsInTurn
from hytegraph.loaders.release.inputs import Inputs, read_inputs
from hytegraph.loaders.release.kept_parts import KeptParts
from hytegraph.loaders.release.make_part import make_common
from hytegraph.loaders.release.merge import Candidate, finish_release, merge_report, refuse_other_meanings
from hytegraph.loaders.release.part import Part
from hytegraph.loaders.release.units import Unit, document_folders, units_of
from hytegraph.loaders.release.workers import Task, cores, run_tasks

# Where parts are kept, beside the release.
PARTS = ".parts"
# Hears how many parts are made, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: the release, or None when the candidate broke a shape; the report; whether it was new."""

    release: Release | None
    report: Report | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Options:
    """How a release is built, which changes nothing in it.

    `parts` is the folder of kept parts, `.parts` beside the release where none is named; `jobs` how many parts are made
    at one time, 0 for as many as there are cores; with `force` all is made anew; `progress` hears of each part made.
    Without `keeps_meanings` the release that is there is not compared: it was never anybody's.
    """

    parts: Path | None = None
    jobs: int = 0
    force: bool = False
    progress: Progress | None = None
    keeps_meanings: bool = True


def build(
    paths: Sequence[Path],
    out: Path,
    base: str = DEFAULT_BASE,
    rights: Rights | None = None,
    options: Options | None = None,
) -> Built:
    """Build a release from document folders; a candidate with a Violation leaves the old release in place.

    A path may also be a folder of document folders. Raises BuildError for a base or licence that is no IRI and for
    documents that cannot be released together, and what reading the documents raises.
    """
    _check_base(base)
    rights, options = rights or Rights(), options or Options()
    kept = KeptParts(options.parts or out.parent / PARTS)
    with kept.held():
        checksums = Checksums(kept.folder / "checksums.json")
        units = units_of(document_folders(paths))
        inputs = read_inputs(units, base, rights, checksums.of)
        for unit, key in zip(units, inputs.units, strict=True):
            if kept.find(key) is None:
                refuse_unjudged(unit.folders)
        if not options.force and is_up_to_date(out, inputs.told, checksums.of):
            checksums.save()
            return Built(read_release(out), None, fresh=False)
        parts = PartsInTurn((inputs.common, *inputs.units))
        with _work_folder(kept) as work, Merging(parts, base, work) as merging:
            _make(parts, units, inputs, base, kept, options)
            built = _merged(Candidate.of(parts, base, rights), out, inputs, merging, options)
        if built.release:
            for file, name in DESCRIBED.items():
                checksums.keep(out / file, built.release.manifest[name]["sha256"])
        checksums.save()
    kept.prune((inputs.common, *inputs.units))
    return built


def _check_base(base: str) -> None:
    try:
        Iris(base, "x")
    except ValueError as error:
        raise BuildError(str(error)) from error


def _make(
    parts: PartsInTurn, units: Sequence[Unit], inputs: Inputs, base: str, kept: KeptParts, options: Options
) -> None:
    """Give the common part and those of the units, made where they are not kept."""
    if options.force:
        for key in (inputs.common, *inputs.units):
            kept.forget(key)
    common = kept.find(inputs.common)
    parts.give(inputs.common, common or kept.make(inputs.common, lambda folder: make_common(base, folder)))
    tasks = []
    for unit, key in zip(units, inputs.units, strict=True):
        if part := kept.find(key):
            parts.give(key, part)
        else:
            tasks.append(Task(unit, key, inputs.common, base, kept.folder))
    made = count(1)

    def done(task: Task, part: Part) -> None:
        parts.give(task.key, part)
        if options.progress:
            options.progress(next(made), len(tasks))

    run_tasks(tasks, options.jobs or cores(), done, len(units) - len(tasks))


def _merged(candidate: Candidate, out: Path, inputs: Inputs, merging: Merging, options: Options) -> Built:
    merging.go_on(candidate.shared)
    if options.keeps_meanings:
        refuse_other_meanings(candidate, out)
    report = merge_report(candidate)
    release = finish_release(candidate, report, out, inputs.told, merging) if report.conforms else None
    return Built(release, report, fresh=True)


@contextmanager
def _work_folder(kept: KeptParts) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".merge-", dir=kept.folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
