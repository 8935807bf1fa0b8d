"""The command `push`: a release into a SPARQL store."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from hytegraph.graph.store.push.pieces import PushSource
from hytegraph.graph.store.push.push import Progress
from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.cli.terminal import DONE, LOOK, add_release, progress
from hytegraph.server.settings import SETTINGS, SettingError, Settings

HELP = "write a release to a SPARQL store and verify it there"

RELEASE = next(setting for setting in SETTINGS if setting.name == "release")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("store", metavar="URL", help="query address of the store")
    add_release(parser, "write")
    for setting in SETTINGS:
        if setting.name in ("update_store", "graph_store", "store_timeout", "base"):
            setting.add_to(parser)


def run(options: Namespace) -> int:
    """Write a release to a SPARQL store; 1 when what is read back is not what was written."""
    from hytegraph.graph.store.push.push import push as push_release
    from hytegraph.server.context import store_client

    given = vars(options)
    if options.release is None and RELEASE.environment not in os.environ:
        given = given | {"release": RELEASE.default}
    settings = _targets(settings_for_release(os.environ, given))
    client = store_client(settings)
    with progress(f"opening {settings.release}"):
        source = PushSource.of(Path(settings.release), settings.base)
    with _quads_done() as tell:
        pushed = push_release(client, source, settings.base, tell)
    for check in pushed.checks:
        sign = "ok " if check.good else "BAD"
        print(f"{sign} {check.found:9} of {check.expected:9} triples  {check.graph}")
    print(
        f"{client.query_url}: {pushed.triples} triples in {pushed.pieces - pushed.skipped} of {pushed.pieces} pieces, "
        f"{pushed.repeated} requests repeated, {pushed.mended} triples mended, "
        f"{'verified' if pushed.verified else 'NOT the release'}, {pushed.digest[:12]}"
    )
    return DONE if pushed.verified else LOOK


def _targets(settings: Settings) -> Settings:
    """The settings with the address for writing: without one, `…/query` is written at `…/update`, others at their
    own. Raises SettingError for several addresses: each is pushed to by itself.
    """
    if "," in settings.store:
        raise SettingError("store", settings.store, "push to one store after the other")
    if settings.update_store or settings.graph_store:
        return settings
    head, slash, last = settings.store.rpartition("/")
    return replace(settings, update_store=f"{head}{slash}update" if last == "query" else settings.store)


@contextmanager
def _quads_done() -> Iterator[Progress]:
    """A bar of quads on the terminal for writing and one for verifying; nothing where standard error is none."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ProgressBar(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)

        yield tell
