"""The tools for assistants, called by the client of the protocol's own SDK."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from hytegraph.server.asking.assistants import ROWS, assistant_server
from hytegraph.server.asking.open_data import open_data
from tests.services import StartService

MEASURE = "https://w3id.org/hytegraph/id/kemi/measure/toimenpideohjelma-2026/L178-1"


@pytest.fixture(scope="module")
def address(start_service: StartService, kemi_release: Path) -> str:
    """The address of a running service."""
    return f"http://127.0.0.1:{start_service(kemi_release).port}/"


def call(address: str, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The results of tools, called one after another in one session."""

    async def session() -> list[Any]:
        async with Client(assistant_server(open_data(address))) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(session())


def test_an_assistant_searches_traces_and_cites_lines(address: str) -> None:
    found, trace = call(address, ("search", {"words": "ulkokuntosalit"}), ("trace", {"iri": MEASURE}))
    [hit] = [row for row in found.structured_content["rows"] if row["thing"] == MEASURE]
    statements = trace.structured_content["rows"]

    assert (hit["label"], hit["lineStart"]) == ("Ulkokuntosalit ja lähiliikuntapaikat", 178)
    assert hit["document"]
    assert {each["kind"] for each in statements} >= {"stated", "inferred"}
    assert all(each["text"] for each in statements if each["kind"] == "stated")
    assert not any(each["text"] for each in statements if each["kind"] == "missing")
    assert "suggestion" in found.structured_content["how_to_read"]


def test_named_queries_and_sparql_answer_with_how_to_read_and_the_whole_number(address: str) -> None:
    named, sparql = call(
        address,
        ("named_query", {"name": "goals", "parameters": {"period": "2026"}}),
        ("sparql", {"query": "SELECT * WHERE { ?s ?p ?o } LIMIT 150"}),
    )
    assert named.structured_content["total"] == len(named.structured_content["rows"]) == 20
    assert sparql.structured_content["total"] == 150
    assert len(sparql.structured_content["rows"]) == ROWS
    assert "links/suggested" in sparql.structured_content["how_to_read"]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT",
    ],
)
def test_the_guard_of_the_endpoint_holds_for_assistants(address: str, query: str) -> None:
    [answer] = call(address, ("sparql", {"query": query}))

    assert answer.is_error
    assert "the service answers 4" in answer.content[0].text


def test_the_command_speaks_the_protocol_on_standard_input_and_output(address: str) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "hytegraph.server.cli", "mcp", address]
    )

    async def session() -> tuple[set[str], str]:
        async with Client(command) as client:
            tools = await client.list_tools()
            return {tool.name for tool in tools.tools}, str(client.instructions)

    tools, instructions = asyncio.run(session())
    assert tools == {"search", "trace", "named_query", "list_named_queries", "sparql"}
    assert "never a fact" in instructions


def test_an_address_that_is_none_is_refused_in_a_sentence() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "hytegraph.server.cli", "mcp", "build/release"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 2
    assert "begins with http" in found.stderr
    assert "Traceback" not in found.stderr
