"""The command `extract`: documents to reviewable tables."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK, UsageError, progress

HELP = "read documents into reviewable tables"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="text of a document, UTF-8")
    parser.add_argument("-o", "--out", required=True, metavar="DIR", help="document folder to write")
    parser.add_argument("--town", metavar="NAME", help="municipality of the documents (that of the folder)")
    parser.add_argument("--municipality", metavar="CODE", help="its code, three digits (that of the folder)")


def run(options: Namespace) -> int:
    """Read documents into tables; report per document what was read, removed and kept of a person's work."""
    from hytegraph.loaders.extract import Town, extract_files

    if bool(options.town) != bool(options.municipality):
        raise UsageError("--town and --municipality go together: the name of the municipality and its code")
    with progress("reading the documents"):
        results = extract_files(
            [Path(file) for file in options.files],
            Path(options.out),
            Town(options.town, options.municipality) if options.town else None,
        )
    for result in results:
        coverage = result.coverage
        print(
            f"{result.entry.name}: {result.entry.kind}, {coverage.non_blank} non-blank lines, "
            f"{len(coverage.unexplained)} unexplained, {result.removed} pieces of personal data removed"
        )
        if result.waiting:
            print(f"  {result.waiting} may be personal data: decide by `hytegraph privacy {options.out}`")
        for difference in result.differences:
            print(f"  {difference}")
    return LOOK if any(result.coverage.unexplained or result.waiting for result in results) else DONE
