"""The command `serve`: the SPARQL endpoint and the pages."""

import os
from argparse import ArgumentParser, Namespace

from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.cli.terminal import DONE
from hytegraph.server.settings import SETTINGS

HELP = "serve a release or an RDF file: SPARQL endpoint and pages"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("release", nargs="?", metavar="RELEASE|FILE", help="what to serve (build/release)")
    for setting in SETTINGS:
        if setting.name != "release":
            setting.add_to(parser, with_default=True)


def run(options: Namespace) -> int:
    """Serve until interrupted."""
    from hytegraph.server.process.supervisor import serve as serve_forever

    serve_forever(settings_for_release(os.environ, vars(options)))
    return DONE
