"""The tools that assistants get by the Model Context Protocol, over a running service and within its limits."""

from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.query.named import load_queries
from hytegraph.server.asking.open_data import OpenData, Table

Answer = TypeVar("Answer")

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = (
    "Plans and reports of Finnish municipalities as linked data. Every statement leads to a document and its lines: "
    "cite them. What is marked suggested is a program's suggestion, never a fact; what is inferred follows by a rule "
    "from what is stated. That something is not found in the documents does not say that it was not done."
)
HOW = {
    "search": "Labels are the documents' own words, at the lines given. A status is a suggestion of a program.",
    "query": "Rows with a column `review` or `confidence` are suggestions unless `review` says accepted.",
    "trace": "`kind` says whether a statement is stated, inferred, suggested, rejected or accepted. What is "
    "missing was not found in the documents: that does not say that it is not so.",
    "sparql": "The default graph holds stated and inferred facts. Graphs whose names end in links/suggested or status "
    "hold suggestions; what is inferred is also in the graph whose name ends in /inferred.",
}
# More rows than these fill an assistant's memory; the answer says how many there are.
ROWS = 100


def assistant_server(data: OpenData) -> "MCPServer[Any]":
    """A server of the protocol with five tools; raises ImportError where the extra `mcp` is not installed."""
    from mcp.server import MCPServer

    server: MCPServer[Any] = MCPServer("hytegraph", version=version("hytegraph"), instructions=INSTRUCTIONS)
    tools = Tools(data)
    for tool in (tools.search, tools.trace, tools.named_query, tools.list_named_queries, tools.sparql):
        server.add_tool(tool)
    return server


class Tools:
    """The tools, by the names and descriptions that an assistant sees."""

    def __init__(self, data: OpenData) -> None:
        self._data = data

    def search(self, words: str) -> dict[str, Any]:
        """Find aims, goals, measures, indicators, figures, units, decisions and passages by words, inflected or not.

        Each hit has its kind, words, document, lines and the IRI of the thing, which `trace` takes.
        """
        return _told("search", _asked(lambda: self._data.search(words)))

    def trace(self, iri: str) -> dict[str, Any]:
        """From a measure, project, goal, aim or priority to its plan, decision, rows, reports and lines, and back.

        Each statement has document, lines and words, and its kind: stated, inferred, suggested, accepted, missing.
        """
        found = _asked(lambda: self._data.trace(iri))
        statements = [{**each._asdict(), "kind": each.kind} for each in found]
        return {"how_to_read": HOW["trace"], "total": len(statements), "rows": statements[:ROWS]}

    def named_query(self, name: str, parameters: dict[str, str] | None = None) -> dict[str, Any]:
        """Run a named query, such as `measures`, `statuses` or `goals`; `list_named_queries` tells them."""
        return _told("query", _asked(lambda: self._data.query(name, **(parameters or {}))))

    def list_named_queries(self) -> list[dict[str, Any]]:
        """The named queries: what each gives, and its parameters."""
        return [
            {
                "name": query.name,
                "gives": query.summary["en"],
                "parameters": {each.name: each.summary["en"] for each in query.parameters},
            }
            for query in load_queries().values()
        ]

    def sparql(self, query: str) -> dict[str, Any]:
        """Run a SELECT query of SPARQL 1.1, read-only, within the limits of the service.

        `hyte:evidencedBy` leads to a passage: `oa:hasSource`, `hyte:lineStart`, `hyte:lineEnd`, `hyte:quote`.
        """
        return _told("sparql", _asked(lambda: self._data.sparql(query)))


def _asked(ask: Callable[[], Answer]) -> Answer:
    """The answer; the assistant is told in a sentence why there is none."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        return ask()
    except HytegraphError as error:
        raise ToolError(str(error)) from error


def _told(tool: str, table: Table) -> dict[str, Any]:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows[:ROWS]]
    return {"how_to_read": HOW[tool], "total": len(table.rows), "rows": rows}
