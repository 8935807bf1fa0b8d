"""The command `profile`: what the tables of plans are taken for, as a person has edited and approved it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.graph.languages import Text
from hytegraph.server.cli.terminal import DONE, LOOK, UsageError, add_language

if TYPE_CHECKING:
    from hytegraph.loaders.profile.model import Profile, TableProfile
    from hytegraph.loaders.profiling import Profiled

HELP = "what the tables of plans are taken for; edit profile.toml, then approve"
_APPROVED = Text(fi="hyväksytty", sv="godkänd", en="approved")
_WAITING = Text(fi="odottaa hyväksyntää", sv="väntar på godkännande", en="waits for approval")
_TABLE = Text(fi="taulukko", sv="tabell", en="table")
_UNKNOWN = Text(fi="tuntematon otsikko", sv="okänd rubrik", en="unknown heading")
_NO_TABLE = Text(
    fi="ei taulukoita: suunnitelma on luettu otsikoista ja luetteloista",
    sv="inga tabeller: planen har lästs av rubriker och listor",
    en="no tables: the plan was read from headings and lists",
)


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "folder", metavar="DIR|FILE", help="document folder, or a file that is yet to be read"
    )
    parser.add_argument("document", nargs="?", default="", metavar="DOCUMENT", help="only this document")
    parser.add_argument("-o", "--out", metavar="DIR", help="document folder for the profile of FILE")
    parser.add_argument(
        "--approve", action="store_true", help="take the profiles as they stand: rows become sure"
    )
    add_language(parser, "report")


def run(options: Namespace) -> int:
    """Read plans again by their profiles and print these; 1 while one waits for approval.

    Of a file that is yet to be read the profile is only proposed.
    """
    from hytegraph.loaders.profiling import apply_profiles

    if Path(options.folder).is_file():
        return _propose(Path(options.folder), options)

    results = apply_profiles(Path(options.folder), options.document, approve=options.approve)
    for result in results:
        for line in _lines(result, options.language):
            print(line)
    return DONE if all(result.profile.is_approved for result in results) else LOOK


def _propose(file: Path, options: Namespace) -> int:
    from hytegraph.loaders.profiling import write_proposal

    if not options.out or options.approve or options.document:
        raise UsageError("the profile of a file that is yet to be read needs --out DIR, and no other option")
    name, profile = write_proposal(file, Path(options.out))
    print(f"{Path(options.out) / name}/profile.toml: {_WAITING[options.language]}")
    print(*_tables(profile, options.language), sep="\n")
    return LOOK


def _lines(result: "Profiled", language: str) -> Iterator[str]:
    entry, profile = result.extracted.entry, result.profile
    state = _APPROVED if profile.is_approved else _WAITING
    yield f"{entry.name}/profile.toml: {entry.kind}, {entry.period}, {profile.language}, {state[language]}"
    yield from _tables(profile, language)
    yield from (f"  {difference}" for difference in result.extracted.differences)


def _tables(profile: "Profile", language: str) -> Iterator[str]:
    if not profile.tables:
        yield f"  {_NO_TABLE[language]}"
    for table in profile.tables:
        yield from _table_lines(table, language)


def _table_lines(table: "TableProfile", language: str) -> Iterator[str]:
    sheet = f"{table.sheet}, " if table.sheet else ""
    yield f"  {sheet}{_TABLE[language]} {table.number}: {table.shape}, {table.confidence:.0%}"
    for column in table.columns.values():
        roles = ", ".join(column.roles) or column.group or _UNKNOWN[language]
        if column.heading:
            yield f"    {column.heading}: {roles}"
    for label, roles_of_label in table.labels.items():
        yield f"    {label}: {', '.join(roles_of_label) or _UNKNOWN[language]}"
