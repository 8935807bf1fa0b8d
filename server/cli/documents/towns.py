"""The options that say whose documents are read."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.server.cli.terminal import UsageError

if TYPE_CHECKING:
    from hytegraph.loaders.extract import Town

ENVIRONMENT = "HYTEGRAPH_MUNICIPALITIES"


def add_town(parser: ArgumentParser) -> None:
    """The options for the town and for a list of municipalities that the project's own does not have."""
    parser.add_argument(
        "--town",
        metavar="NAME|CODE",
        help="municipality of the documents, in Finnish or Swedish (the folder's)",
    )
    parser.add_argument("--municipality", metavar="CODE", help="its code, which must agree with --town")
    parser.add_argument(
        "--municipalities",
        metavar="FILE",
        help=f"CSV of further municipalities: code,name_fi,name_sv ({ENVIRONMENT})",
    )


def town_of(options: Namespace) -> "Town | None":
    """The town that the options name, None where they name none.

    Raises TownError for one that is in no list or no municipality any more, UsageError for a code that is none.
    """
    from hytegraph.loaders.authorities.municipalities import find_municipality
    from hytegraph.loaders.extract import Town

    given = options.town or options.municipality
    if given is None:
        return None
    added = options.municipalities or os.environ.get(ENVIRONMENT)
    code = options.municipality or ""
    if code and not (len(code) == 3 and code.isdecimal()):
        raise UsageError(f"--municipality takes a code of three digits, not '{code}'")
    found = find_municipality(given, code=code, added=Path(added) if added else None)
    return Town(found.name, found.code, found.name_sv)
