"""The page of the cookbook: questions of research with queries, how to read the answers, what misleads."""

from docs.make.markdown import note
from hytegraph.graph.query.named import load_recipes

ADDRESS = "http://127.0.0.1:8000/sparql?recipe="
LEAD = """# Cookbook

Thirty questions of research and a subset for your own tool, each with its query, how to read the answer, and what misleads. The queries run as they stand: on a served release (`make serve`, then *open in the editor*), by curl, or from [Python and R](notebook.md). A test asks them all of a served release, and none may answer with silence: every column of every answer holds something.

Five rules save most surprises:

- Names: `rdfs:label` names whatever has a name. Vocabulary, documents and plans have theirs in Finnish, Swedish and English, so filter `LANG(?label)`; texts of a document are in its own language.
- Suggestions stand in graphs of their own, outside of the default graph: `GRAPH ?graph { … }`. What stands there is no fact.
- What rules inferred is in the default graph too, and again in the graph `inferred`.
- A thing has its own class and those of standards: name the class you mean.
- An empty answer has a reason: open the query in a browser, and [the page says which of its names no fact uses](../reference/sparql.md#when-an-answer-is-empty).
"""


def cookbook() -> str:
    """The page."""
    text = note("the files in queries/recipes/") + LEAD
    for name, recipe in load_recipes().items():
        number = int(name[:2])
        text += (
            f"\n## {number}. {recipe.query.summary['en']}\n\n```sparql\n{recipe.query.text.strip()}\n```\n"
        )
        text += f"\n*Reading.* {recipe.reading}\n\n*Trap.* {recipe.trap}\n"
        text += f"\n[Open in the editor]({ADDRESS}{name})\n"
    return text
