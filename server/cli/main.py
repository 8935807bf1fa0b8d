"""The command line: `hytegraph COMMAND`."""

import os
import sys
from collections.abc import Sequence

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.cli.parser import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; errors become one sentence on standard error."""
    options = parser().parse_args(arguments)
    # Loaded late, so that `--help` and a wrong option answer at once.
    from hytegraph.server.cli import commands

    try:
        code = int(getattr(commands, options.command)(options))
        sys.stdout.flush()
        return code
    except HytegraphError as error:
        print(f"hytegraph {options.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"hytegraph {options.command}: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
