"""The command `privacy`: what a person has to judge of document folders, and what was decided."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from hytegraph.server.cli.terminal import DONE, LOOK

HELP = "what may be personal data and waits for a decision"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("folders", nargs="+", metavar="DIR", help="document folders")
    parser.add_argument(
        "--decide", choices=("remove", "keep"), default="", help="decide all that waits, and apply it"
    )
    parser.add_argument("--apply", action="store_true", help="apply what is decided, and leave the rest")


def run(options: Namespace) -> int:
    """List what waits; decide and apply it where asked; 1 while something waits."""
    from hytegraph.loaders.privacy.waiting import waiting_in

    folders = [Path(folder) for folder in options.folders]
    for folder in folders:
        for line in _lines(folder, options.decide, apply=options.apply):
            print(line)
    return LOOK if any(waiting_in(folder) for folder in folders) else DONE


def _lines(folder: Path, decision: str, *, apply: bool) -> Iterator[str]:
    from hytegraph.loaders.documents.spans import format_spans, spans_of
    from hytegraph.loaders.judging import apply_decisions, decide_rest
    from hytegraph.loaders.privacy.decisions import FILE
    from hytegraph.loaders.privacy.waiting import waiting_in

    if decision:
        yield f"{folder}: {decide_rest(folder, decision)} rows decided: {decision}"
    if decision or apply:
        for result in apply_decisions(folder):
            yield f"{result.entry.name}: {result.removed} pieces of personal data removed"
            yield from (f"  {difference}" for difference in result.differences)
    for waiting in waiting_in(folder):
        for row in waiting.undecided:
            yield f"{waiting.document}/{FILE}, row {row.id}, {row.lines}: {row.kind} «{row.words}» waits for a decision"
        for row in waiting.unapplied:
            yield f"{waiting.document}/{FILE}, row {row.id}: to be removed, and not applied yet"
        if waiting.marked:
            lines = format_spans(spans_of(waiting.marked))
            yield f"{waiting.document}/passages.csv: {lines} to be removed, and not applied yet"
