"""A release or a running service as Python objects: tables of named queries, search, and traces.

Both are asked by the addresses of the service, so both give the same answers within the same limits; a release is
served to the caller alone, without a port.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import urllib3

from hytegraph.graph.errors import QueryFailedError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings
from hytegraph.server.text.links import path_under

JSON_RESULTS = "application/sparql-results+json"
SECONDS = 60.0
# What asks an address for a content type: status and body.
Fetch = Callable[[str, str], tuple[int, bytes]]


class Statement(NamedTuple):
    """A line of a trace: what is said, how it is known, and where it stands, in the very words of the document.

    `basis` is how a fact was read (`inferred` for a rule), `review` what became of a suggestion; of the two one is set.
    """

    step: str
    relation: str
    iri: str | None
    text: str | None
    basis: str | None
    review: str | None
    confidence: float | None
    document: str | None
    lineStart: int | None
    lineEnd: int | None
    quote: str | None

    @property
    def kind(self) -> str:
        """`stated`, `inferred`, `suggested`, `rejected`, `accepted` (by a reader or a sure rule), or `missing`.

        What is missing was not found in the documents, which does not say that it is not so.
        """
        if self.review:
            return "accepted" if self.review.startswith("accepted") else self.review
        return self.basis if self.basis in ("inferred", "missing") else "stated"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer; a cell is None where nothing is known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def frame(self) -> Any:
        """The table as a data frame of pandas, which must be installed."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


class OpenData:
    """What `hytegraph.open` gives."""

    def __init__(self, fetch: Fetch, base: str = DEFAULT_BASE) -> None:
        self._fetch = fetch
        self.base = base

    def query(self, name: str, **parameters: str) -> Table:
        """The answer of a named query; raises QueryFailedError for an unknown name or parameter."""
        return self._solutions(f"/query/{name}?" + urlencode(parameters | {"format": "json"}))

    def sparql(self, text: str) -> Table:
        """The answer of a SELECT query; raises QueryFailedError where the service refuses or fails."""
        return self._solutions("/sparql?" + urlencode({"query": text}))

    def search(self, words: str, **facets: str) -> Table:
        """What a search finds: kind, label, document, lines and the thing."""
        return self._table("/search.json?" + urlencode({"q": words} | facets))

    def trace(self, iri: str) -> tuple[Statement, ...]:
        """The statements that a measure, project, goal, aim or priority rests on and leads to."""
        table = self._table(path_under("trace", iri, self.base) + ".json")
        return tuple(_statement(dict(zip(table.columns, row, strict=True))) for row in table.rows)

    def _table(self, address: str) -> Table:
        told = json.loads(self._get(address, "application/json"))
        columns = tuple(told["columns"])
        return Table(columns, tuple(tuple(row[name] for name in columns) for row in told["rows"]))

    def _solutions(self, address: str) -> Table:
        told = json.loads(self._get(address, JSON_RESULTS))
        if "results" not in told:
            raise QueryFailedError("a SELECT query was expected")
        columns = tuple(told["head"]["vars"])
        rows = told["results"]["bindings"]
        return Table(columns, tuple(tuple(_value(row.get(name)) for name in columns) for row in rows))

    def _get(self, address: str, accepted: str) -> bytes:
        status, body = self._fetch(address, accepted)
        if status != 200:
            raise QueryFailedError(f"the service answers {status}: {_problem(body)}")
        return body


def open_data(source: str | Path) -> OpenData:
    """A release folder or RDF file, or the address of a running service.

    Raises ReleaseError for a file that cannot be read; whether an address answers is seen with the first question.
    """
    if isinstance(source, str) and urlsplit(source).scheme in ("http", "https"):
        return OpenData(_remote(source.removesuffix("/").removesuffix("/sparql")))
    served = Dataset.open(Path(source))
    client = create_app(Settings.of({}, {"access_log": "off"}), served).test_client()

    def fetch(address: str, accepted: str) -> tuple[int, bytes]:
        answer = client.get(address, headers={"Accept": accepted})
        return answer.status_code, answer.data

    return OpenData(fetch, served.base)


def _remote(root: str) -> Fetch:
    pool = urllib3.PoolManager(timeout=SECONDS, retries=False)

    def fetch(address: str, accepted: str) -> tuple[int, bytes]:
        try:
            answer = pool.request("GET", root + address, headers={"Accept": accepted})
        except urllib3.exceptions.HTTPError as error:
            raise QueryFailedError(f"{root} does not answer: {error}") from error
        return answer.status, answer.data

    return fetch


def _statement(cells: Mapping[str, Any]) -> Statement:
    confidence = cells["confidence"]
    return Statement(**{**cells, "confidence": None if confidence is None else float(confidence)})


def _value(cell: Mapping[str, str] | None) -> Any:
    """A cell as text, or as a number where it is one."""
    if cell is None:
        return None
    datatype = cell.get("datatype", "").rpartition("#")[2]
    if datatype == "integer":
        return int(cell["value"])
    return float(cell["value"]) if datatype in ("decimal", "double", "float") else cell["value"]


def _problem(body: bytes) -> str:
    """What a refusal says; the beginning of it where it is no problem document."""
    try:
        told = json.loads(body)
        return str(told.get("detail") or told["title"])
    except (ValueError, KeyError, AttributeError):
        return " ".join(body.decode("utf-8", "replace").split())[:200]
