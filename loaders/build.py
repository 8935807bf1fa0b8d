"""From document folders to a validated release."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import DEFAULT_BASE, Iris
from hytegraph.graph.store.checksums import Checksums
from hytegraph.graph.store.release import DESCRIBED, Release, is_up_to_date, read_release
from hytegraph.graph.validation.report import Report
from hytegraph.loaders.catalogue import Rights
from hytegraph.loaders.privacy.waiting import refuse_unjudged
from hytegraph.loaders.release.inputs import Inputs, read_inputs
from hytegraph.loaders.release.kept_parts import KeptParts
from hytegraph.loaders.release.make_part import make_common
from hytegraph.loaders.release.merge import Candidate, merge_release, merge_report, refuse_other_meanings
from hytegraph.loaders.release.part import Part
from hytegraph.loaders.release.units import Unit, document_folders, units_of
from hytegraph.loaders.release.workers import Progress, Task, cores, run_tasks

# Where parts are kept, beside the release.
PARTS = ".parts"


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
        common, *parts = _parts(units, inputs, base, kept, options)
        candidate = Candidate(common, tuple(parts), base, rights)
        if options.keeps_meanings:
            refuse_other_meanings(candidate, out)
        built = _merged(candidate, out, inputs, kept)
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


def _parts(
    units: Sequence[Unit], inputs: Inputs, base: str, kept: KeptParts, options: Options
) -> tuple[Part, ...]:
    """The common part and those of the units, made where they are not kept."""
    if options.force:
        for key in (inputs.common, *inputs.units):
            kept.forget(key)
    if kept.find(inputs.common) is None:
        kept.make(inputs.common, lambda folder: make_common(base, folder))
    tasks = [
        Task(unit, key, inputs.common, base, kept.folder)
        for unit, key in zip(units, inputs.units, strict=True)
        if kept.find(key) is None
    ]
    run_tasks(tasks, options.jobs or cores(), options.progress)
    found = [kept.find(key) for key in (inputs.common, *inputs.units)]
    return tuple(part for part in found if part)


def _merged(candidate: Candidate, out: Path, inputs: Inputs, kept: KeptParts) -> Built:
    report = merge_report(candidate)
    if not report.conforms:
        return Built(None, report, fresh=True)
    with _work_folder(kept) as work:
        return Built(merge_release(candidate, report, out, inputs.told, work), report, fresh=True)


@contextmanager
def _work_folder(kept: KeptParts) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".merge-", dir=kept.folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
