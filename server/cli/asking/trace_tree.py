"""A trace as a tree of text, with all that its page says, in the order of the page."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO
from shutil import get_terminal_size

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from hytegraph.graph.query.towns import slug_in
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.pages.shared.reviewers import accepted_mark
from hytegraph.server.pages.trace.below import GoalBelow
from hytegraph.server.pages.trace.reading import Trace, read_trace
from hytegraph.server.pages.trace.statements import Statement
from hytegraph.server.pages.trace.wording import line_of
from hytegraph.server.text.messages import Language, translate

# Wide enough that nothing is wrapped where a program reads.
_WIDE = 10_000
_Say = Callable[[Statement], str]


def trace_tree(dataset: Dataset, iri: str, language: Language) -> str:
    """The trace of a thing, printed; empty where it has none."""
    trace = read_trace(dataset, iri, dataset.base, language)
    if trace is None:
        return ""
    accepted = accepted_mark(dataset, slug_in(trace.iri, dataset.base), dataset.base)
    return _printed(_tree(trace, language, partial(line_of, language=language, accepted=accepted)))


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
