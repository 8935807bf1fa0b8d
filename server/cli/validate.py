"""The command `validate`: a release or RDF file against shapes and checks."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, add_language, progress, settings_of, write

HELP = "validate a release or any RDF file by shapes and checks"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("source", nargs="?", metavar="RELEASE|FILE", help="what to validate (build/release)")
    parser.add_argument(
        "--shapes",
        nargs="+",
        metavar="FILE",
        help="other SHACL shapes, in any RDF format (those of hytegraph)",
    )
    parser.add_argument(
        "--expected", metavar="FILE", help="CSV of findings that are known and kept (that of the release)"
    )
    parser.add_argument("--format", choices=("text", "json", "csv", "turtle"), default="text")
    add_language(parser, "report")
    parser.add_argument(
        "--engine",
        choices=("shacl", "pyshacl"),
        default="",
        help="SHACL engine (shacl; pyshacl for --shapes)",
    )


def run(options: Namespace) -> int:
    """Validate a release or RDF file; 1 when there is a Violation or a Warning that is not expected."""
    from hytegraph.graph.store.release import read_release
    from hytegraph.graph.validation.engines import REFERENCE
    from hytegraph.graph.validation.expected import FILE, read_expected
    from hytegraph.graph.validation.shapes import read_shapes
    from hytegraph.graph.validation.town_by_town import is_of_towns, validate_towns
    from hytegraph.graph.validation.validate import read_quads
    from hytegraph.graph.validation.validate import validate as validate_quads
    from hytegraph.server.pages.quality.report_formats import FORMATS

    settings = settings_of(options)
    source = Path(options.source or settings.release)
    # A release was made under a base of its own, which need not be that of this machine.
    release = read_release(source) if source.is_dir() else None
    base = str(release.manifest["base"]) if release else settings.base
    shapes = read_shapes([Path(file) for file in options.shapes]) if options.shapes else None
    expected = read_expected(Path(options.expected or source / FILE), base)
    with progress(f"validating {source}"):
        if release and not shapes and options.engine != REFERENCE and is_of_towns(release):
            report = validate_towns(release, expected)
        else:
            quads = read_quads(source)
            report = validate_quads(quads, base, shapes=shapes, expected=expected, engine=options.engine)
    write(FORMATS[options.format](report, options.language).encode())
    return LOOK if report.unexpected else DONE
