"""What each command does: one function per command, from parsed options to an exit code."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.tree import Tree

from hytegraph.graph.errors import HytegraphError, UnknownNameError
from hytegraph.graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from hytegraph.graph.query.named import load_queries, named_query, run
from hytegraph.graph.resources import example_folder
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.push import Progress
from hytegraph.server.settings import Settings

DONE, LOOK = 0, 1
# Wide enough that nothing is wrapped where a program reads.
WIDE = 10_000
EXPORTS = {
    "turtle": TURTLE,
    "ntriples": N_TRIPLES,
    "trig": TRIG,
    "nquads": N_QUADS,
    "jsonld": JSON_LD,
    "rdfxml": RDF_XML,
}


class UsageError(HytegraphError):
    """Options that do not go together."""


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Say on the terminal what is being done, and nothing where standard error is not one."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(what):
        yield


def _settings(options: Namespace) -> Settings:
    return Settings.of(os.environ, vars(options))


def _release(options: Namespace) -> Path:
    return Path(_settings(options).release)


def _folders(options: Namespace) -> list[Path]:
    return [Path(folder) for folder in options.folders] or [example_folder()]


def extract(options: Namespace) -> int:
    """Read documents into tables; report per document what was read, removed and kept of a person's work."""
    from hytegraph.loaders.extract import Town, extract_files

    if bool(options.town) != bool(options.municipality):
        raise UsageError("--town and --municipality go together: the name of the municipality and its code")
    with _progress("reading the documents"):
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
        for difference in result.differences:
            print(f"  {difference}")
    return LOOK if any(result.coverage.unexplained for result in results) else DONE


def coverage(options: Namespace) -> int:
    """Print lines, non-blank lines and unexplained lines per document."""
    from hytegraph.loaders.documents.folder import read_folder

    missing = 0
    read = [read_folder(folder) for folder in _folders(options)]
    print(f"{'document':40} {'lines':>6} {'non-blank':>10} {'unexplained':>12}")
    for folder in read:
        for source in folder.sources:
            found = source.coverage
            missing += len(found.unexplained)
            print(f"{found.document:40} {found.lines:6} {found.non_blank:10} {len(found.unexplained):12}")
            for number in found.unexplained:
                print(f"  line {number} is in no table")
            for number, words in found.unexplained_words if options.words else ():
                print(f"  line {number}: no cell holds «{words}»")
    return LOOK if missing else DONE


def build(options: Namespace) -> int:
    """Build a release; a Violation leaves the old release in place, an unexpected Warning is only said.

    A Warning does not stop the build: the data conform, and whoever has to judge the finding needs the release to
    see it. `hytegraph validate` exits with 1 until it is corrected or listed, so it cannot be published unseen.
    """
    from hytegraph.loaders.build import build as build_release
    from hytegraph.server.pages.quality.report_formats import unexpected_lines

    settings, folders = _settings(options), _folders(options)
    out = Path(options.out or settings.release)
    with _progress(f"building {out}"):
        built = build_release(folders, out, settings.base, force=options.force)
    if built.report:
        _print_report(unexpected_lines(built.report, "en"), sys.stderr)
    if built.release is None:
        print(f"hytegraph build: violations; {out} stays as it was", file=sys.stderr)
        return LOOK
    if not built.fresh:
        print(f"{out} is up to date: {built.release.quads} quads, data {built.release.digest[:12]}")
        return DONE
    assert built.report
    findings = (
        ", ".join(f"{count} {name}" for name, count in sorted(built.report.counts().items())) or "no findings"
    )
    print(
        f"{out}: {built.release.quads} quads, data {built.release.digest[:12]}, {len(built.report.rules)} rules, "
        f"{findings}, {len(built.report.unexpected)} unexpected"
    )
    return DONE


def suggest(options: Namespace) -> int:
    """Suggest links, and write them into the link tables beside what people have reviewed."""
    from hytegraph.loaders.links.summary import suggest_links

    with _progress("suggesting links"):
        lines = list(suggest_links(_folders(options), dry_run=options.dry_run, every_change=options.all))
    _print_report(lines, sys.stdout)
    return DONE


def review(options: Namespace) -> int:
    """List what waits for review, check the link tables, print agreement; 1 when a table is at fault."""
    from hytegraph.loaders.links.summary import review_links

    with _progress("reading the link tables"):
        sound, lines = review_links(_folders(options), options.limit)
    _print_report(lines, sys.stdout)
    return DONE if sound else LOOK


def _print_report(lines: Iterable[str], stream: object) -> None:
    for line in lines:
        print(line, file=stream)  # type: ignore[call-overload] # a text stream


def validate(options: Namespace) -> int:
    """Validate a release or RDF file; 1 when there is a Violation or a Warning that is not expected."""
    from hytegraph.graph.store.release import read_release
    from hytegraph.graph.validation.expected import FILE, read_expected
    from hytegraph.graph.validation.shapes import read_shapes
    from hytegraph.graph.validation.validate import read_quads
    from hytegraph.graph.validation.validate import validate as validate_quads
    from hytegraph.server.pages.quality.report_formats import FORMATS

    settings = _settings(options)
    source = Path(options.source or settings.release)
    # A release was made under a base of its own, which need not be that of this machine.
    base = str(read_release(source).manifest["base"]) if source.is_dir() else settings.base
    shapes = read_shapes([Path(file) for file in options.shapes]) if options.shapes else None
    expected = read_expected(Path(options.expected or source / FILE), base)
    with _progress(f"validating {source}"):
        report = validate_quads(
            read_quads(source), base, shapes=shapes, expected=expected, engine=options.engine
        )
    _write(FORMATS[options.format](report, options.language))
    return LOOK if report.unexpected else DONE


def reason(options: Namespace) -> int:
    """Print what follows from a release, or prove it; 1 when a proof fails."""
    from hytegraph.server.cli.proving import reason as reason_about

    return reason_about(options)


def query(options: Namespace) -> int:
    """Run a named query, or list the queries."""
    if not options.name:
        for named in load_queries().values():
            parameters = "".join(f" --param {parameter.name}=…" for parameter in named.parameters)
            print(f"{named.name}{parameters}: {named.summary['en']}")
        return DONE
    named = named_query(options.name)
    if options.format == "ttl":
        raise UsageError(f"'{named.name}' is a SELECT query; its formats are csv and json")
    values = dict(_parameter(text) for text in options.param)
    solutions = run(Dataset.open(_release(options)), named, values)
    _write(solutions.as_json() if options.format == "json" else solutions.as_csv())
    return DONE


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param takes NAME=VALUE, not '{text}'")
    return name, value


def _write(text: str) -> None:
    """Write text as it is, so that CRLF stays CRLF on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def trace(options: Namespace) -> int:
    """Print a measure's way to its goal, aim, plan and source as a tree; 1 when no measure has the words."""
    words = " ".join(options.words)
    solutions = run(Dataset.open(_release(options)), named_query("trace"), {"measure": words})
    if not solutions.rows:
        print(f"hytegraph trace: no measure has the words «{words}»", file=sys.stderr)
        return LOOK
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    # Rich would end the program with an error of its own when the reader of a pipe has seen enough.
    with console.capture() as trees:
        for row in solutions.rows:
            console.print(_tree(dict(zip(solutions.variables, row, strict=True))))
    print(trees.get(), end="")
    return DONE


def _tree(cells: dict[str, str | None]) -> Tree:
    missing = "ei löydy asiakirjoista"

    def said(name: str) -> str:
        return (cells[name] or missing).replace("[", "\\[")

    tree = Tree(said("measure"))
    goal = tree.add(f"tavoite: {said('goal')}")
    aim = goal.add(f"päämäärä: {said('aim')}")
    plan = aim.add(f"suunnitelma: {said('plan')} ({said('period')})")
    plan.add(f"päätös: {said('decision')}")
    for name, label in (("responsible", "vastuu"), ("indicator", "mittari"), ("realisation", "toteuma")):
        tree.add(f"{label}: {said(name)}")
    tree.add(f"lähde: {said('document')}, rivit {said('lineStart')}–{said('lineEnd')}")
    return tree


def export(options: Namespace) -> int:
    """Write the graph, or one named graph, in a format; the same release gives the same bytes."""
    dataset = Dataset.open(_release(options))
    data = dataset.dump(EXPORTS[options.format], _graph(dataset, options.graph) if options.graph else None)
    if not options.out:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return DONE
    part = Path(f"{options.out}.part")
    part.write_bytes(data)
    part.replace(options.out)
    return DONE


def _graph(dataset: Dataset, name: str) -> str:
    graphs = [size.name for size in dataset.graphs()]
    found = [graph for graph in graphs if graph == name] or [
        graph for graph in graphs if graph.endswith(f"/{name}")
    ]
    if len(found) != 1:
        raise UnknownNameError("graph", name, graphs)
    return found[0]


def serve(options: Namespace) -> int:
    """Serve until interrupted."""
    from hytegraph.server.process.supervisor import serve as serve_forever

    serve_forever(_settings(options))
    return DONE


def push(options: Namespace) -> int:
    """Write a release to a SPARQL store; 1 when what is read back is not what was written."""
    from hytegraph.graph.store.push import push as push_quads
    from hytegraph.server.context import store_client

    settings = _targets(_settings(options))
    client = store_client(settings)
    with _progress(f"opening {settings.release}"):
        quads = Dataset.open(settings.release).quads()
    with _push_progress() as progress:
        pushed = push_quads(client, quads, settings.base, progress)
    for check in pushed.checks:
        sign = "ok " if check.good else "BAD"
        print(f"{sign} {check.found:9} of {check.expected:9} triples  {check.graph}")
    print(
        f"{client.query_url}: {pushed.triples} triples in {pushed.batches - pushed.skipped} of {pushed.batches} batches, "
        f"{pushed.repeated} repeated, {'verified' if pushed.verified else 'NOT the release'}, {pushed.digest[:12]}"
    )
    return DONE if pushed.verified else LOOK


def _targets(settings: Settings) -> Settings:
    """The settings with the address for writing: without one, `…/query` is written at `…/update`, others at their own."""
    if settings.update_store or settings.graph_store:
        return settings
    head, slash, last = settings.store.rpartition("/")
    return replace(settings, update_store=f"{head}{slash}update" if last == "query" else settings.store)


@contextmanager
def _push_progress() -> Iterator[Progress]:
    """A bar of triples on the terminal, and nothing where standard error is none."""
    console = Console(stderr=True)
    columns = (TextColumn("writing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ProgressBar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("writing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
