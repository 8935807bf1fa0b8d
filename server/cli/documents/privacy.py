"""The command `privacy`: what a person has to judge of document folders, and what was decided."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.server.cli.terminal import DONE, LOOK, add_language

if TYPE_CHECKING:
    from hytegraph.graph.languages import Language

HELP = "what may be personal data and waits for a decision"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("folders", nargs="+", metavar="DIR", help="document folders")
    parser.add_argument(
        "--decide", choices=("remove", "keep"), default="", help="decide all that waits, and apply it"
    )
    parser.add_argument("--apply", action="store_true", help="apply what is decided, and leave the rest")
    add_language(parser, "messages")


def run(options: Namespace) -> int:
    """List what waits; decide and apply it where asked; 1 while something waits."""
    from hytegraph.loaders.privacy.waiting import waiting_in

    folders = [Path(folder) for folder in options.folders]
    for folder in folders:
        for line in _decided(folder, options.decide, options.language, apply=options.apply):
            print(line)
        for line in _waiting(folder, options.language):
            print(line)
    return LOOK if any(waiting_in(folder) for folder in folders) else DONE


def _decided(folder: Path, decision: str, language: "Language", *, apply: bool) -> Iterator[str]:
    from hytegraph.loaders.judging import apply_decisions, decide_rest
    from hytegraph.server.text.messages import translate

    if decision:
        count = decide_rest(folder, decision)
        yield translate("terminal.decided", language, folder=folder, n=count, decision=decision)
    if decision or apply:
        for result in apply_decisions(folder):
            yield translate("terminal.removed", language, name=result.entry.name, n=result.removed)
            yield from (f"  {difference}" for difference in result.differences)


def _waiting(folder: Path, language: "Language") -> Iterator[str]:
    from hytegraph.loaders.documents.spans import format_spans, spans_of
    from hytegraph.loaders.privacy.decisions import FILE
    from hytegraph.loaders.privacy.waiting import waiting_in
    from hytegraph.server.text.messages import translate

    for waiting in waiting_in(folder):
        file = f"{waiting.document}/{FILE}"
        for row in waiting.undecided:
            values = {"row": row.id, "lines": row.lines, "kind": row.kind, "words": row.words}
            yield translate("terminal.undecided", language, file=file, **values)
        for row in waiting.unapplied:
            yield translate("terminal.unapplied", language, file=file, row=row.id)
        if waiting.marked:
            lines = format_spans(spans_of(waiting.marked))
            yield translate("terminal.marked", language, name=waiting.document, lines=lines)
