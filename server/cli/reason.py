"""The command `reason`: what follows from a release, or the proofs of the ontology and of a release."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.terminal import DONE, LOOK, add_language, settings_of

if TYPE_CHECKING:
    from hytegraph.graph.reasoning.proofs import Verdict

HELP = "what the rules derive; with --check, prove it by two reasoners"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "source", nargs="?", metavar="RELEASE|FILE", help="what to reason about (build/release)"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="prove the ontology, and RELEASE if it is named, by owlrl and HermiT (needs Java)",
    )
    add_language(parser, "descriptions")


def run(options: Namespace) -> int:
    """Print how many triples follow, by property; or prove the ontology and the release, 1 when a proof fails."""
    from hytegraph.graph.reasoning.rules import closure, is_asserted

    if options.check:
        return _prove(options.source, options.language)
    source = Path(options.source or settings_of(options).release)
    facts = (quad.triple for quad in Dataset.open(source).quads() if is_asserted(quad))
    counts = Counter(triple.predicate.value for triple in closure(facts))
    for predicate, count in sorted(counts.items()):
        print(f"{count:6} {predicate}")
    print(f"{counts.total():6} triples follow from {source}")
    return DONE


def _prove(source: str | None, language: str) -> int:
    from hytegraph.graph.reasoning.proofs import check_release, check_worlds

    release = check_release(Dataset.open(source).quads(), language) if source else ()
    failed = 0
    for verdict in chain(check_worlds(language), release):
        _print(verdict)
        failed += not verdict.holds
    print("every proof holds and every contradiction is found" if not failed else f"{failed} fail")
    return LOOK if failed else DONE


def _print(verdict: "Verdict") -> None:
    # Each verdict takes seconds; a reader of a pipe sees it at once.
    print(f"{'holds' if verdict.holds else 'FAILS'}  {verdict.name}  {verdict.label}", flush=True)
    for failure in verdict.failures:
        print(f"    {failure}")
