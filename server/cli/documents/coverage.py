"""The command `coverage`: how much of each document the tables explain."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.server.cli.terminal import DONE, LOOK, add_folders, add_language, folders_of

if TYPE_CHECKING:
    from hytegraph.graph.languages import Language
    from hytegraph.loaders.documents.folder import Source

HELP = "how many lines and printed rows of each document the tables explain, and what waits for a person"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    add_folders(parser)
    parser.add_argument(
        "--words", action="store_true", help="also list words on read lines that no cell holds"
    )
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """Print a line per document, and below it what is unexplained, not read, or waits for a person."""
    from hytegraph.loaders.documents.folder import read_folder
    from hytegraph.loaders.documents.printed_rows import row_coverage
    from hytegraph.server.text.messages import translate

    read = [(path, read_folder(path)) for path in folders_of(options)]
    names = ("document", "lines", "non-blank", "unexplained", "rows", "other-tables")
    heads = [translate(f"terminal.column.{name}", options.language) for name in names]
    print(_line(heads))
    to_look_at = False
    for path, folder in read:
        for source in folder.sources:
            lines, rows = source.coverage, row_coverage(source.located)
            of_rows = f"{rows.read}/{rows.seen}" if source.text.placed else "-"
            numbers = (lines.lines, lines.non_blank, len(lines.unexplained), of_rows, rows.other_tables)
            print(_line([lines.document, *map(str, numbers)]))
            for text in _unread(source, options.language):
                to_look_at = True
                print(f"  {text}")
            for number, words in lines.unexplained_words if options.words else ():
                print("  " + translate("terminal.no-cell", options.language, line=number, words=words))
        for text in _waiting(path, folder.sources, options.language):
            to_look_at = True
            print(text)
    return LOOK if to_look_at else DONE


def _line(cells: list[str]) -> str:
    name, *numbers = cells
    return f"{name:40} " + " ".join(
        f"{number:>{width}}" for number, width in zip(numbers, (6, 12, 12, 12, 12), strict=True)
    )


def _unread(source: "Source", language: "Language") -> Iterator[str]:
    """What of a document is in no table, or has been read wrongly."""
    from hytegraph.loaders.documents.printed_rows import row_coverage
    from hytegraph.loaders.kinds.minutes.minutes import MINUTES
    from hytegraph.server.cli.documents.places import place_of
    from hytegraph.server.text.messages import translate

    for number in source.coverage.unexplained:
        yield translate("terminal.no-table", language, line=number)
    rows = row_coverage(source.located)
    for block in rows.unread:
        words = " ".join(block.text.split())[:60]
        yield translate("terminal.not-read", language, place=place_of(block, language), words=words)
    for span in rows.long_headers:
        yield translate("terminal.long-header", language, lines=span)
    has_plan = any(name in source.tables and source.tables[name].rows for name in ("goals", "measures"))
    if source.entry.kind != MINUTES.name and not has_plan:
        yield translate("terminal.no-plan", language)


def _waiting(path: Path, sources: tuple["Source", ...], language: "Language") -> Iterator[str]:
    """What a person has to decide: possible personal data, and profiles that nobody has approved."""
    from hytegraph.loaders.privacy.waiting import waiting_in
    from hytegraph.loaders.profile.rows import UNAPPROVED
    from hytegraph.server.text.messages import translate

    for waiting in waiting_in(path):
        count = len(waiting.undecided) + len(waiting.unapplied) + len(waiting.marked)
        yield translate("terminal.waits", language, name=waiting.document, n=count, folder=path)
    for source in sources:
        rows = source.tables["measures"].rows if "measures" in source.tables else ()
        if unapproved := sum(UNAPPROVED in row["note"] for row in rows):
            yield translate(
                "terminal.unapproved", language, name=source.entry.name, n=unapproved, folder=path
            )
