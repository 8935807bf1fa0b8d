"""The command `reason`: what follows from a release, or the proofs of the ontology and of a release."""

import os
from argparse import Namespace
from collections import Counter
from itertools import chain
from pathlib import Path

from hytegraph.graph.reasoning.proofs import Verdict, check_release, check_worlds
from hytegraph.graph.reasoning.rules import closure, is_asserted
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.settings import Settings

DONE, LOOK = 0, 1


def reason(options: Namespace) -> int:
    """Print how many triples follow, by property; or prove the ontology and the release, 1 when a proof fails."""
    if options.check:
        return _prove(options.source, options.language)
    source = Path(options.source or Settings.of(os.environ, {}).release)
    facts = (quad.triple for quad in Dataset.open(source).quads() if is_asserted(quad))
    counts = Counter(triple.predicate.value for triple in closure(facts))
    for predicate, count in sorted(counts.items()):
        print(f"{count:6} {predicate}")
    print(f"{counts.total():6} triples follow from {source}")
    return DONE


def _prove(source: str | None, language: str) -> int:
    release = check_release(Dataset.open(source).quads(), language) if source else ()
    failed = 0
    for verdict in chain(check_worlds(language), release):
        _print(verdict)
        failed += not verdict.holds
    print("every proof holds and every contradiction is found" if not failed else f"{failed} fail")
    return LOOK if failed else DONE


def _print(verdict: Verdict) -> None:
    # Each verdict takes seconds; a reader of a pipe sees it at once.
    print(f"{'holds' if verdict.holds else 'FAILS'}  {verdict.name}  {verdict.label}", flush=True)
    for failure in verdict.failures:
        print(f"    {failure}")
