"""The command line: `hytegraph COMMAND`; each command is a module with HELP, `add_arguments` and `run`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.cli import (
    build,
    doctor,
    export,
    push,
    reason,
    review,
    serve,
    site,
    suggest,
    validate,
)
from hytegraph.server.cli.asking import mcp, query, trace
from hytegraph.server.cli.documents import coverage, extract, privacy, profile, replace
from hytegraph.server.cli.documents.refusals import refusal
from hytegraph.server.cli.publishing import diff, publish

# In the order in which a user needs them.
COMMANDS = (
    extract,
    replace,
    profile,
    privacy,
    coverage,
    suggest,
    review,
    build,
    validate,
    reason,
    query,
    trace,
    export,
    serve,
    mcp,
    site,
    push,
    publish,
    diff,
    doctor,
)
EXIT_CODES = """exit codes:
  0  done
  1  done, and there is something to look at: a violation, unexplained lines, nothing found
  2  not done: a usage error or input that cannot be used (one sentence on standard error)
  3  not done: a fault of hytegraph itself
  130  interrupted"""
# With this variable a fault of the program ends in its traceback.
TRACEBACK = "HYTEGRAPH_TRACEBACK"


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="hytegraph",
        description="Municipal strategies and wellbeing plans as linked data.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"hytegraph {version('hytegraph')}")
    choices = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = choices.add_parser(command.__name__.rpartition(".")[2], help=command.HELP)
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; errors become one sentence on standard error."""
    options = parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except HytegraphError as error:
        sentence = refusal(error, getattr(options, "language", "en"))
        print(f"hytegraph {options.command}: {sentence}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _drop_the_rest()
        return 0
    except OSError as error:
        _drop_the_rest()
        where = f"{error.filename}: " if error.filename else ""
        print(f"hytegraph {options.command}: {where}{error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # a fault of the program is told in a sentence, too
        if os.environ.get(TRACEBACK):
            raise
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        advice = f"{TRACEBACK}=1 shows where; please report it"
        print(f"hytegraph {options.command}: a fault of hytegraph itself ({what}); {advice}", file=sys.stderr)
        return 3


def _drop_the_rest() -> None:
    """After a write that failed nothing more may be written, not even at exit: the exit code would be another."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
