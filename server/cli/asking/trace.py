"""The command `trace`: what the page of a trace says, as a tree."""

import sys
from argparse import ArgumentParser, Namespace

from pyoxigraph import Literal

from hytegraph.graph.iris import is_iri
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.terminal import DONE, LOOK, add_language, add_release, release_of

HELP = "trace a measure to its goal, aim, plan, decision and source"
_MEASURES = stored_query(__name__, "measures-with-words")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "words", nargs="+", metavar="WORDS", help="words of a measure's text; or an IRI of anything traced"
    )
    add_release(parser, "ask")
    add_language(parser, "trace", "fi")


def run(options: Namespace) -> int:
    """Print the trace of every measure with the words as a tree; 1 when there is none."""
    from hytegraph.server.cli.asking.trace_tree import trace_tree

    words = " ".join(options.words)
    dataset = Dataset.open(release_of(options))
    iris = (words,) if is_iri(words) else _measures(dataset, words)
    is_any = False
    for tree in filter(None, (trace_tree(dataset, iri, options.language) for iri in iris)):
        is_any = True
        print(tree, end="")
    if not is_any:
        print(f"hytegraph trace: no measure has the words «{words}»", file=sys.stderr)
    return DONE if is_any else LOOK


def _measures(dataset: Dataset, words: str) -> tuple[str, ...]:
    rows = dataset.select(_MEASURES, words=Literal(words.lower()))
    return tuple(dict.fromkeys(row.text("measure") for row in rows))
