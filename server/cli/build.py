"""The command `build`: document folders to a validated release."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.server.cli.terminal import DONE, LOOK, add_folders, folders_of, progress, settings_of

if TYPE_CHECKING:
    from hytegraph.loaders.build import Built

HELP = "make a validated release from document folders"
# Of each rule so many findings are told; `hytegraph validate` tells all.
MOST_TOLD = 10


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument("--out", metavar="RELEASE", help="where the release goes (build/release)")
    parser.add_argument("--base", help="base IRI of the things in the graph; ends in a slash")
    parser.add_argument("--licence", metavar="IRI", help="licence of the statements (CC BY 4.0), or none")
    parser.add_argument(
        "--modelling-licence",
        metavar="IRI",
        help="licence of vocabulary, code lists and shapes (what these state), or none",
    )
    parser.add_argument("--publisher", metavar="NAME", help="who publishes the release")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="towns at one time (one for each core)"
    )
    parser.add_argument(
        "--parts", metavar="FOLDER", help="where what was made is kept (.parts beside the release)"
    )
    parser.add_argument(
        "--store",
        action="store_true",
        dest="with_store",
        help="make the store on disk too, where `serve` looks for it (--storage-folder)",
    )
    parser.add_argument("--force", action="store_true", help="build even when nothing has changed")


def run(options: Namespace) -> int:
    """Build a release; a Violation leaves the old release in place, an unexpected Warning is only said.

    A Warning does not stop the build: the data conform, and whoever has to judge the finding needs the release to
    see it. `hytegraph validate` exits with 1 until it is corrected or listed, so it cannot be published unseen.
    """
    from hytegraph.graph.store.disk import make_store
    from hytegraph.loaders.build import Options
    from hytegraph.loaders.build import build as build_release
    from hytegraph.loaders.catalogue import Rights
    from hytegraph.server.context import folder_of_stores

    settings, folders = settings_of(options), folders_of(options)
    out = Path(options.out or settings.release)
    rights = Rights.of(settings.licence, settings.publisher, settings.modelling_licence)
    with progress(f"building {out}") as tell:
        how = Options(Path(settings.parts) if settings.parts else None, options.jobs, options.force, tell)
        built = build_release(folders, out, settings.base, rights, how)
    _tell_findings(built, out)
    if built.release is None:
        print(f"hytegraph build: violations; {out} stays as it was", file=sys.stderr)
        return LOOK
    if options.with_store:
        make_store(out, folder_of_stores(settings))
    if not built.fresh:
        print(f"{out} is up to date: {built.release.quads} quads, data {built.release.checksum[:12]}")
        return DONE
    _tell_release(built, out)
    return DONE


def _tell_findings(built: "Built", out: Path) -> None:
    """Say what someone has to look at."""
    from hytegraph.server.pages.quality.report_formats import unexpected_lines

    if built.report is None:
        return
    # A release holds its report; of a candidate that is not released nothing else tells.
    for line in unexpected_lines(built.report, "en", MOST_TOLD if built.release else None):
        print(line, file=sys.stderr)
    of_rules = Counter(finding.shape for finding in built.report.unexpected)
    if built.release and any(count > MOST_TOLD for count in of_rules.values()):
        print(f"all of them: hytegraph validate {out}", file=sys.stderr)


def _tell_release(built: "Built", out: Path) -> None:
    assert built.report
    assert built.release
    findings = (
        ", ".join(f"{count} {name}" for name, count in sorted(built.report.counts().items())) or "no findings"
    )
    print(
        f"{out}: {built.release.quads} quads, data {built.release.checksum[:12]}, {len(built.report.rules)} rules, "
        f"{findings}, {len(built.report.unexpected)} unexpected"
    )
