"""The queries that stand in `.rq` files beside the modules that run them, and that no others stand in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from hytegraph.graph.query.named import header_of
from hytegraph.graph.query.stored import select_values, stored_query, with_prologue, with_values
from hytegraph.graph.sparql.guard import ParsedQuery, check_query
from hytegraph.graph.store.dataset import Dataset

ROOT = Path(__file__).parents[2]
ROOMS = ("graph", "loaders", "server")
STORED = sorted(file for room in ROOMS for file in (ROOT / room).glob("**/*.rq"))
MODULES = sorted(file for room in ROOMS for file in (ROOT / room).glob("**/*.py"))
_SPARQL = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b[^.]*\{|\bPREFIX \w*:")
_KEYWORD = re.compile("SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX")
# Texts that ask a store how it is, which know no vocabulary; examples in the description of the interface.
ALLOWED = {
    "graph/evaluation/fork_server.py": "the probe of a new worker",
    "graph/releases/side_by_side.py": "all of a default graph",
    "graph/sparql/parser.py": "what the parser is warmed up with",
    "graph/store/merging.py": "what is measured before graphs are merged",
    "graph/store/loading.py": "sizes of a store",
    "graph/store/answers.py": "sizes, state and quads of a store",
    "graph/store/push/read_back.py": "what a push has sent",
    "graph/store/push/state.py": "state of a push",
    "graph/store/remote.py": "state of a store",
    "server/pages/editor/endpoint.py": "an example",
    "server/catalogue/wellknown.py": "the probe of readiness",
}


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def texts_in(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def asked_in(folder: Path) -> list[re.Pattern[str]]:
    """The names of stored queries that the modules of a folder load; a part filled in later fits anything."""
    names = []
    for module in folder.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "stored_query"):
                continue
            name = node.args[1]
            parts = name.values if isinstance(name, ast.JoinedStr) else [name]
            fixed = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w-]+" for p in parts)
            names.append(re.compile("".join(fixed)))
    return names


def test_there_are_stored_queries() -> None:
    assert len(STORED) > 80


@pytest.mark.parametrize("file", STORED, ids=named)
def test_a_stored_query_has_a_header_and_passes_the_guard(file: Path) -> None:
    text = file.read_text("utf-8")
    assert header_of(text)["summary"].endswith(".")
    assert "PREFIX " not in text, "the prologue is put before it"
    check_query(with_prologue("".join(line for line in text.splitlines(True) if not line.startswith("#"))))


@pytest.mark.parametrize("file", STORED, ids=named)
def test_a_stored_query_is_used_by_a_module_of_its_folder(file: Path) -> None:
    assert any(name.fullmatch(file.stem) for name in asked_in(file.parent))


@pytest.mark.parametrize("file", sorted((ROOT / "queries").glob("**/*.rq")), ids=named)
def test_a_public_query_has_a_header_and_passes_the_guard(file: Path) -> None:
    text = file.read_text("utf-8")
    header = header_of(text)
    assert header.get("summary") or header.get("problem") or header.get("title")
    check_query(text)


def test_no_query_stands_in_python() -> None:
    written = ((module, module.read_text("utf-8")) for module in MODULES)
    found = {
        named(module)
        for module, code in written
        # To parse all takes seconds; a string that is a query has one of these words, and few modules do.
        if _KEYWORD.search(code) and any(_SPARQL.search(text) for text in texts_in(ast.parse(code)))
    }
    assert found == set(ALLOWED)


def test_a_stored_query_gets_the_prefixes_that_it_uses() -> None:
    text = stored_query("hytegraph.server.text.labels", "labels")
    assert text.startswith("PREFIX dct: <http://purl.org/dc/terms/>\nPREFIX rdfs:")
    assert "hyte:" not in text
    assert "#" not in text.replace("schema#>", "").replace("core#>", "")


def test_a_stored_query_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="nothing.rq"):
        stored_query("hytegraph.server.text.labels", "nothing")


def test_values_are_written_once_each_and_what_is_no_iri_is_left_out() -> None:
    query = "SELECT ?s WHERE { VALUES ?s { } ?s ?p ?o }"
    texts = list(with_values(query, "s", ["urn:b", "urn:a", "urn:b", "no iri", ""]))
    assert texts == ["SELECT ?s WHERE { VALUES ?s { <urn:a> <urn:b> } ?s ?p ?o }"]


def test_many_values_are_asked_in_several_queries() -> None:
    dataset = Dataset.open(ROOT / "tests" / "data" / "server" / "sample.trig")
    query = "SELECT ?s WHERE { VALUES ?s { } }"
    iris = [f"urn:{number:04}" for number in range(1001)]
    assert len(list(with_values(query, "s", iris))) == 3
    rows = select_values(dataset, query, "s", iris)
    assert [row["s"] for row in rows] == [NamedNode(iri) for iri in iris]


def test_without_values_nothing_is_asked() -> None:
    assert list(with_values("SELECT ?s WHERE { VALUES ?s { } }", "s", [])) == []


def test_a_query_without_a_place_for_the_values_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"VALUES \?t"):
        list(with_values("SELECT ?s WHERE { VALUES ?s { } }", "t", ["urn:a"]))


def test_a_query_with_many_values_is_judged_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = Dataset.open(ROOT / "tests" / "data" / "server" / "sample.trig")
    query = "SELECT ?s WHERE { VALUES ?s { } FILTER(isIRI(?s)) }"
    checked = dataset.check

    def check(text: str | ParsedQuery) -> ParsedQuery:
        assert isinstance(text, ParsedQuery) or text == query
        return checked(text)

    monkeypatch.setattr(dataset, "check", check)
    iris = [f"https://example.org/a-long/path-to/a-thing/{number}" for number in range(600)]
    assert len(select_values(dataset, query, "s", iris)) == 600
    # What is no IRI cannot leave its brackets.
    assert (
        select_values(dataset, query, "s", ["urn:a> } SERVICE <urn:b> { ?s ?p ?o } VALUES ?s { <urn:a"]) == ()
    )
