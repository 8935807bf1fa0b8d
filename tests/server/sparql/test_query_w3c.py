"""The W3C's query tests of SPARQL 1.0, 1.1 and 1.2, asked over a real socket; each difference is listed with its
reason.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse

from tests.server.sparql.w3c_cases import (
    Case,
    Wanted,
    all_quads,
    as_rows,
    csv_lines,
    engine_answer,
    folder,
    in_values,
    is_same,
    read_cases,
    read_results,
    request_of,
    wanted,
)
from tests.services import StartService

LISTED = tomllib.loads((Path(__file__).parents[2] / "data" / "server" / "w3c_query.toml").read_text("utf-8"))
ACCEPT = "application/sparql-results+json, application/n-triples"
FORM = "application/x-www-form-urlencoded"
RIGHT = {"positive": 200, "negative": 400}

pytestmark = pytest.mark.whole


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of an answer, and what it says where there is something to compare."""

    status: int
    answer: Wanted | None = None


@pytest.fixture(scope="module")
def root() -> Path:
    if not folder().is_dir():
        pytest.skip(f"the tests of the W3C are not on this machine ({folder()}); set HYTEGRAPH_CONFORMANCE")
    return folder()


@pytest.fixture(scope="module")
def cases(root: Path) -> tuple[Case, ...]:
    return read_cases(root)


@pytest.fixture(scope="module")
def replies(
    root: Path, cases: tuple[Case, ...], start_service: StartService, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Reply]:
    data = tmp_path_factory.mktemp("w3c") / "data.nq"
    data.write_text("".join(sorted({f"{quad} .\n" for quad in all_quads(root, cases)})), "utf-8")
    service = start_service(data, access_log="off", workers=2)
    with closing(service.connect()) as connection:
        return {case.name: ask(connection, root, case) for case in cases}


def ask(connection: HTTPConnection, root: Path, case: Case) -> Reply:
    is_csv = bool(case.result and case.result.endswith(".csv"))
    headers = {"Accept": "text/csv" if is_csv else ACCEPT, "Content-Type": FORM}
    connection.request("POST", "/sparql", urlencode(request_of(root, case), doseq=True), headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200 or case.kind in RIGHT:
        return Reply(response.status)
    if is_csv:
        return Reply(200, Wanted(lines=csv_lines(body.decode("utf-8"))))
    if response.headers.get_content_type() == "application/n-triples":
        triples = (quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES))
        return Reply(200, Wanted(rows=as_rows(triples)))
    return Reply(200, read_results(body, QueryResultsFormat.JSON))


def outcome(root: Path, case: Case, reply: Reply) -> str:
    """`same`, `spelling` where the values are the same, or `different`."""
    if case.kind in RIGHT:
        return "same" if reply.status == RIGHT[case.kind] else "different"
    if reply.answer is None:
        return "different"
    told = wanted(root, case)
    if is_same(told, reply.answer):
        return "same"
    return "spelling" if is_same(in_values(told), in_values(reply.answer)) else "different"


def test_all_query_tests_of_the_manifests_are_asked(cases: tuple[Case, ...]) -> None:
    assert Counter((case.name.partition("/")[0], case.kind) for case in cases) == {
        ("sparql10", "evaluation"): 283,
        ("sparql10", "positive"): 149,
        ("sparql10", "negative"): 50,
        ("sparql11", "evaluation"): 232,
        ("sparql11", "csv"): 3,
        ("sparql11", "positive"): 63,
        ("sparql11", "negative"): 48,
        ("sparql12", "evaluation"): 63,
        ("sparql12", "positive"): 102,
        ("sparql12", "negative"): 81,
    }


def test_every_answer_is_as_the_w3c_wants_it_but_for_those_that_are_listed(
    root: Path, cases: tuple[Case, ...], replies: Mapping[str, Reply]
) -> None:
    outcomes = {case.name: outcome(root, case, replies[case.name]) for case in cases}
    different = {name for difference in LISTED["difference"] for name in difference["names"]}

    assert {name for name, said in outcomes.items() if said == "spelling"} == set(LISTED["spelling"])
    assert {name for name, said in outcomes.items() if said == "different"} == different
    assert Counter(outcomes.values()) == {"same": 987, "spelling": 26, "different": 61}


def test_a_difference_of_the_engine_is_there_without_the_service(
    root: Path, cases: tuple[Case, ...], replies: Mapping[str, Reply]
) -> None:
    by_name = {case.name: case for case in cases}
    listed = [name for each in LISTED["difference"] if each["cause"] == "engine" for name in each["names"]]
    for name in (*listed, *LISTED["spelling"]):
        case, reply = by_name[name], replies[name]
        if case.kind in RIGHT:
            assert is_evaluated(root, case) == (reply.status == 200), name
        else:
            alone = engine_answer(root, case)
            assert (alone is None) == (reply.answer is None), name
            assert alone is None or reply.answer is None or is_same(alone, reply.answer), name


def is_evaluated(root: Path, case: Case) -> bool:
    try:
        Store().query(request_of(root, case)["query"][0])
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return True


def test_each_difference_has_a_cause_and_a_reason_and_is_listed_once() -> None:
    names = [name for difference in LISTED["difference"] for name in difference["names"]]

    assert len(names) == len(set(names)) == 61
    assert {difference["cause"] for difference in LISTED["difference"]} == {"engine", "service"}
    assert all(
        difference["reason"].endswith(".") and difference["names"] for difference in LISTED["difference"]
    )
