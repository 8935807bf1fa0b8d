"""The command `publish`: documents become a published release and the files that others take, if all is in order."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.server.cli.terminal import DONE, LOOK, add_folders, add_language, folders_of, progress
from hytegraph.server.settings import SETTINGS, Settings

if TYPE_CHECKING:
    from hytegraph.graph.languages import Language
    from hytegraph.graph.releases.row import Published
    from hytegraph.graph.releases.summary import Summary
    from hytegraph.graph.store.release import Release
    from hytegraph.loaders.publishing.gate import Fault
    from hytegraph.loaders.publishing.publication import Publication

HELP = "publish a release of document folders, with all its files, if everything is in order"
USUAL_FILE = "publication.toml"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("out", metavar="OUT", help="folder for the files of the release")
    add_folders(parser)
    parser.add_argument(
        "--publication",
        default=USUAL_FILE,
        metavar="FILE",
        help=f"what the publisher states of the release ({USUAL_FILE})",
    )
    parser.add_argument(
        "--release", metavar="RELEASE", help="the link of the row of releases (build/release)"
    )
    parser.add_argument(
        "--site", metavar="FOLDER", help="write the pages too, as a site of files in this folder"
    )
    parser.add_argument("--check", action="store_true", help="only say what is not in order")
    parser.add_argument("--parts", metavar="FOLDER", help="where what was made of each town is kept")
    add_language(parser, "messages")


@dataclass(frozen=True, slots=True)
class _Job:
    """What is published from where to where."""

    publication: "Publication"
    settings: Settings
    folders: list[Path]
    out: Path
    site: Path | None
    language: "Language"

    @property
    def release(self) -> Path:
        """The link of the row of releases."""
        return Path(self.settings.release)


def run(options: Namespace) -> int:
    """Publish; 1 when something is not in order, and then nothing has changed."""
    from hytegraph.loaders.publishing.publication import read_publication

    publication = read_publication(Path(options.publication))
    given = dict(publication.settings) | {
        name: value for name, value in vars(options).items() if isinstance(value, str)
    }
    settings = Settings.of(os.environ, given)
    site = Path(options.site) if options.site else None
    job = _Job(publication, settings, folders_of(options), Path(options.out), site, options.language)
    faults = list(_faults_of_sources(job))
    if any(fault.key == "privacy" for fault in faults):
        return _refuse(job, faults)
    candidate = _candidate(job)
    if candidate is None:
        return _refuse(job, faults)
    row, summary = _compared(job, candidate)
    from hytegraph.loaders.publishing.gate import row_faults

    faults += row_faults(publication, candidate, row, summary)
    if faults or _says_findings(job, candidate):
        return _refuse(job, faults)
    print(_rights_text(job))
    if options.check:
        print(_text(job, "publish.in-order"))
        return DONE
    return _publish(job, candidate, row, summary)


def _publish(job: _Job, candidate: "Release", row: tuple["Published", ...], summary: "Summary | None") -> int:
    from hytegraph.loaders.publishing.put import put_release

    released = put_release(job.release, candidate, job.publication, row, summary)
    _write_files(job, released)
    print(
        _text(
            job,
            "publish.published",
            release=job.release,
            version=released.version,
            date=released.date,
            quads=released.quads,
            checksum=released.checksum[:12],
        )
    )
    return DONE


def _write_files(job: _Job, released: "Published") -> None:
    """Write all that others take into the folder."""
    from hytegraph.server.publishing.folder import OutFolder
    from hytegraph.server.publishing.write import write_release_files

    publication = job.publication
    out = OutFolder(job.out)
    with progress(f"writing {job.out}"):
        write_release_files(
            out,
            released,
            job.settings,
            publication.address or job.settings.base,
            _link_tables(job.folders),
            (publication.legislation, publication.category),
        )
        out.finish()
    size = sum((job.out / name).stat().st_size for name in out.files) / 1_000_000
    print(_text(job, "publish.wrote", out=job.out, n=len(out.files), size=round(size, 1)))
    if job.site:
        _write_site(job, job.site, released)


def _write_site(job: _Job, out: Path, released: "Published") -> None:
    """Write the pages of the release as files."""
    from hytegraph.server.publishing.write import open_release
    from hytegraph.server.site.making import make_site
    from hytegraph.server.site.options import SiteOptions

    where = SiteOptions(job.publication.address or job.settings.base)
    with progress(f"writing {out}") as tell:
        site = make_site(job.settings, open_release(released, job.settings), out, where, tell)
    for address, status in sorted(site.failed.items()):
        print(_text(job, "publish.page-failed", address=address, status=status), file=sys.stderr)
    size = round(site.changes.bytes / 1e6, 1)
    print(_text(job, "publish.wrote", out=out, n=site.changes.files, size=size))


def _link_tables(folders: list[Path]) -> Mapping[str, Path]:
    """The tables of links by the names under which they are published: those of a town together."""
    from hytegraph.graph.iris import slug_of
    from hytegraph.loaders.documents.folder import read_manifest

    found: dict[str, Path] = {}
    for folder in folders:
        town = slug_of(read_manifest(folder)[0].town)
        for table in sorted(folder.glob("links/*.tsv")):
            name = f"links/{town}/{table.name}"
            # A second folder of the same town has tables of the same names.
            found[f"links/{town}/{folder.name}/{table.name}" if name in found else name] = table
    return found


def _faults_of_sources(job: _Job) -> Iterator["Fault"]:
    from hytegraph.loaders.publishing.gate import folder_faults, statement_faults

    yield from statement_faults(job.publication, _stated(job))
    yield from folder_faults(job.folders, job.publication.policy)


def _stated(job: _Job) -> Mapping[str, str]:
    """The values of the settings that somebody has given."""
    values = {setting.name: str(getattr(job.settings, setting.name)) for setting in SETTINGS}
    if job.settings.base == DEFAULT_BASE and "base" not in job.publication.settings:
        values["base"] = ""
    return values


def _candidate(job: _Job) -> "Release | None":
    """What would be published; None where it breaks a shape, which is said."""
    from hytegraph.loaders.build import Options, build
    from hytegraph.loaders.catalogue import Rights
    from hytegraph.loaders.publishing.put import candidate_link
    from hytegraph.server.pages.quality.report_formats import unexpected_lines

    settings = job.settings
    rights = Rights.of(settings.licence, settings.publisher, settings.modelling_licence)
    out = candidate_link(job.release)
    with progress(f"building {out}") as tell:
        how = Options(Path(settings.parts) if settings.parts else None, progress=tell, keeps_meanings=False)
        built = build(job.folders, out, settings.base, rights, how)
    if built.release is None and built.report:
        for line in unexpected_lines(built.report, job.language):
            print(line, file=sys.stderr)
    return built.release


def _compared(job: _Job, candidate: "Release") -> tuple[tuple["Published", ...], "Summary | None"]:
    """The releases that are published, and what has changed since the last other one."""
    from hytegraph.graph.releases.row import row_of
    from hytegraph.graph.releases.summary import summarise
    from hytegraph.graph.store.release import read_release

    row = row_of(job.release)
    earlier = next((one for one in row if one.version != job.publication.version), None)
    if earlier is None:
        return row, None
    return row, summarise(read_release(earlier.folder), candidate)


def _says_findings(job: _Job, candidate: "Release") -> bool:
    """Whether there is a finding that nobody expects; says each."""
    from hytegraph.graph.validation.report import Report
    from hytegraph.server.pages.quality.report_formats import unexpected_lines

    report = Report.from_json((candidate.path / "report.json").read_text("utf-8"))
    lines = list(unexpected_lines(report, job.language))
    for line in lines:
        print(line, file=sys.stderr)
    return bool(lines)


def _refuse(job: _Job, faults: list["Fault"]) -> int:
    for fault in faults:
        text = _text(job, f"publish.fault.{fault.key}", **fault.values)
        print(f"{fault.where}: {text}", file=sys.stderr)
    print(_text(job, "publish.refused", release=job.release, n=len(faults)), file=sys.stderr)
    return LOOK


def _rights_text(job: _Job) -> str:
    """Under which licences the release goes out, for the publisher to read before others do."""
    from hytegraph.loaders.documents.folder import NOT_STATED, read_manifest
    from hytegraph.server.catalogue.rights import licence_name

    none = {"none": _text(job, "publish.rights.none"), "": _text(job, "publish.rights.own")}
    none[NOT_STATED] = _text(job, "publish.rights.unstated")
    words = Counter(entry.licence for folder in job.folders for entry in read_manifest(folder))
    return _text(
        job,
        "publish.rights",
        statements=none.get(job.settings.licence) or licence_name(job.settings.licence),
        modelling=none.get(job.settings.modelling_licence) or licence_name(job.settings.modelling_licence),
        words="; ".join(f"{none.get(one) or licence_name(one)} ({n})" for one, n in sorted(words.items())),
    )


def _text(job: _Job, key: str, **values: object) -> str:
    from hytegraph.server.text.messages import translate

    return translate(key, job.language, **values)
