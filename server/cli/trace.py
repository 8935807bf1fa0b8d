"""The command `trace`: what the page of a trace says, as a tree."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO
from shutil import get_terminal_size

from pyoxigraph import Literal
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from hytegraph.graph.iris import is_iri
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.terminal import DONE, LOOK, add_language, add_release, release_of
from hytegraph.server.pages.shared.reviewers import accepted_mark
from hytegraph.server.pages.trace.below import GoalBelow
from hytegraph.server.pages.trace.reading import Trace, read_trace
from hytegraph.server.pages.trace.statements import Statement
from hytegraph.server.pages.trace.wording import line_of
from hytegraph.server.text.messages import Language, translate

HELP = "trace a measure to its goal, aim, plan, decision and source"
# Wide enough that nothing is wrapped where a program reads.
_WIDE = 10_000
_Say = Callable[[Statement], str]
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
    words = " ".join(options.words)
    dataset = Dataset.open(release_of(options))
    iris = (words,) if is_iri(words) else _measures(dataset, words)
    traces = (read_trace(dataset, iri, dataset.base, options.language) for iri in iris)
    is_any = False
    for trace in filter(None, traces):
        is_any = True
        town = slug_in(trace.iri, dataset.base)
        accepted = accepted_mark(dataset, town, dataset.base)
        say = partial(line_of, language=options.language, accepted=accepted)
        print(_printed(_tree(trace, options.language, say)), end="")
    if not is_any:
        print(f"hytegraph trace: no measure has the words «{words}»", file=sys.stderr)
    return DONE if is_any else LOOK


def _measures(dataset: Dataset, words: str) -> tuple[str, ...]:
    rows = dataset.select(_MEASURES, words=Literal(words.lower()))
    return tuple(dict.fromkeys(row.text("measure") for row in rows))


def _printed(tree: Tree) -> str:
    """The tree as text; Rich itself would end the program when the reader of a pipe has seen enough."""
    text = StringIO()
    width = get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    Console(file=text, highlight=False, width=width).print(tree)
    return text.getvalue()


def _tree(trace: Trace, language: Language, say: _Say) -> Tree:
    """All that the page says, in its order."""
    tree = Tree(escape(trace.title.text))
    steps = [statement for _, statements in trace.steps for statement in statements]
    _add(tree, (*trace.said, *steps), say)
    for row in trace.rows:
        own = tree.add(escape(f"{translate('trace.row', language)}: {row.link.text}"))
        _add(own, (each for cell in row.cells for each in cell.statements), say)
    _add(tree, trace.partners, say)
    for goal in trace.below:
        _add_goal(tree, goal, language, say)
    groups = (
        ("trace.reported", trace.reported),
        ("trace.later", trace.later),
        ("trace.earlier", trace.earlier),
        ("trace.sdg", trace.sdg),
        ("trace.priorities", trace.priorities),
    )
    for key, statements in groups:
        if statements:
            _add(tree.add(translate(key, language)), statements, say)
    sources = tree.add(translate("trace.sources", language))
    for line in dict.fromkeys(f"{passage.document.text}, {passage.name}" for passage in trace.evidence):
        sources.add(escape(line))
    return tree


def _add_goal(tree: Tree, goal: GoalBelow, language: Language, say: _Say) -> None:
    own = tree.add(escape(say(goal.statement)))
    for measure in goal.measures:
        below = own.add(escape(say(measure.statement)))
        for party in measure.responsible:
            below.add(escape(f"{translate('trace.responsible', language)}: {party.text}"))
        for key, word in measure.states:
            state = word.text or translate(f"trace.state.{key}", language)
            mark = f" ({translate('mark.suggested', language)})" if word.text else ""
            below.add(escape(f"{translate('trace.status', language)}: {state}{mark}"))


def _add(tree: Tree, statements: Iterable[Statement], say: _Say) -> None:
    for statement in statements:
        # The kind of a change is told with the change.
        if statement.step != "kind":
            _add(tree.add(escape(say(statement))), statement.also, say)
