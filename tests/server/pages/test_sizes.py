"""No page grows with the number of towns: what it reads and weighs is the same with five towns as with one.

Each page of a town is read where its data are alone and where four other towns are beside it. What is counted is
asked of the store and of the summaries, and the rows of the answers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.build_tables import make_summaries
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server.app import create_app
from hytegraph.server.context import EXTENSION
from hytegraph.server.http.parameters import is_in_towns
from hytegraph.server.settings import Settings
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.server.reading import BROWSER
from tests.several_towns import several_towns

# To make the data and their summaries takes half a minute.
pytestmark = pytest.mark.slow
MOST_BYTES = 150_000
MANY = 5
# The towns themselves are read once, and a page may name some of them.
MORE_LOOKUPS, MORE_ROWS = 3, 40
# What a page for all towns reads at most: a part of each list.
MOST_LOOKUPS, MOST_ROWS = 40, 1500
# Pages that are still to be mended, each with what grows; a page that no longer does must leave the list.
GROWING: Mapping[str, str] = {
    "search": "without an index the names are searched through, up to 400 rows; with one see the tests of the index",
}
# What compares as many towns as there are, up to a number; tests/server/pages/compare/test_sizes.py counts what it reads.
COMPARING = {"compare-one-town"}
# What is as long with any data: the browser tests weigh it as it is sent.
SENT = {"vocabulary", "model"}
COUNTRY = (
    *("/", "/towns", "/plans", "/periods", "/sdg", "/sdg/3", "/themes", "/decisions", "/downloads"),
    *("/about", "/themes/pupils"),
    *(
        "/figures",
        "/figures/table",
        "/indicators",
        "/amendments",
        "/responsibility",
        "/follow-up",
        "/measures",
        "/calendar",
        "/gaps",
        "/gaps/measures-without-indicator",
    ),
    *(
        "/validation",
        "/queries",
        "/query/goals",
        "/questions/cq-01-goals-of-each-strategy",
    ),
)


@dataclass(slots=True)
class Read:
    """What was asked, and how many rows were answered."""

    lookups: int = 0
    rows: int = 0
    asked: list[str] = field(default_factory=list)

    def note(self, asked: str, rows: int) -> None:
        self.lookups += 1
        self.rows += rows
        self.asked.append(f"{rows} {asked}")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    size: int
    read: Read


@pytest.fixture(scope="module")
def one(kemi_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service of one town."""
    yield from service_of((kemi_release / "data.nq").read_bytes(), 1, tmp_path_factory)


@pytest.fixture(scope="module")
def many(kemi_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service of that town and four others."""
    yield from service_of((kemi_release / "data.nq").read_bytes(), MANY, tmp_path_factory)


def service_of(data: bytes, towns: int, folders: pytest.TempPathFactory) -> Iterator[Flask]:
    dataset = several_towns(data, towns)
    file = folders.mktemp("summaries") / "summaries.sqlite"
    file.write_bytes(make_summaries(dataset, DEFAULT_BASE))
    assert dataset.origin
    summaries = Summaries.open(file, dataset.origin.checksum)
    app = create_app(Settings.of({}), dataset)
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], summaries=summaries)
    yield app
    summaries.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[Flask, str], Answer]:
    """Reads a page of a service and counts what that asks."""
    counted = Read()
    for owner, names in (
        (Dataset, ("select", "construct", "ask", "describe")),
        (Summaries, ("rows", "count", "counts", "sums")),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, counting(getattr(owner, name), counted))

    def get(app: Flask, address: str) -> Answer:
        counted.lookups, counted.rows = 0, 0
        counted.asked.clear()
        answer = app.test_client().get(address, headers=BROWSER)
        found = Read(counted.lookups, counted.rows, list(counted.asked))
        return Answer(answer.status_code, len(answer.data), found)

    return get


def counting(ask: Callable[..., Any], counted: Read) -> Callable[..., Any]:
    def asked(self: object, query: Any, *values: Any, **named: Any) -> Any:
        result = ask(self, query, *values, **named)
        # A stored query with values is passed on as it was judged.
        text = query if isinstance(query, str) else query.text
        counted.note(text.rpartition("\n\n")[2][:200], len(result) if hasattr(result, "__len__") else 1)
        return result

    return asked


def of_town(app: Flask, address: str) -> str:
    """The address of the page of Kemi where there are several towns."""
    path = address.partition("?")[0]
    endpoint = app.url_map.bind("localhost").match(path)[0] if address != "/nowhere" else ""
    view = app.view_functions.get(endpoint)
    is_scoped = view is not None and is_in_towns(view) and "/id/" not in path
    return f"/kemi{address if address != '/' else ''}" if is_scoped else address


def growing(page: PageType) -> Any:
    reason = GROWING.get(page.name)
    marks = pytest.mark.xfail(reason=reason, strict=True) if reason else ()
    return pytest.param(page, id=page.name, marks=marks)


@pytest.mark.parametrize("page", [growing(page) for page in PAGE_TYPES if page.name not in COMPARING])
def test_a_page_of_a_town_reads_and_weighs_no_more_beside_other_towns(
    page: PageType, one: Flask, many: Flask, read: Callable[[Flask, str], Answer]
) -> None:
    alone, beside = read(one, page.address), read(many, of_town(many, page.address))

    assert (alone.status, beside.status) == (page.status, page.status)
    assert max(alone.size, beside.size) <= MOST_BYTES or page.name in SENT
    assert beside.read.lookups <= alone.read.lookups + MORE_LOOKUPS, beside.read.asked
    assert beside.read.rows <= alone.read.rows + MORE_ROWS, beside.read.asked


@pytest.mark.parametrize("address", COUNTRY)
def test_a_page_of_all_towns_is_bounded(
    address: str, many: Flask, read: Callable[[Flask, str], Answer]
) -> None:
    answer = read(many, address)

    assert answer.status == 200
    assert answer.size <= MOST_BYTES
    assert answer.read.lookups <= MOST_LOOKUPS, answer.read.asked
    assert answer.read.rows <= MOST_ROWS, answer.read.asked


def test_no_page_of_the_list_of_growing_ones_is_unknown() -> None:
    assert set(GROWING) <= {page.name for page in PAGE_TYPES}
