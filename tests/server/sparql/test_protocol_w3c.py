"""The cases of the W3C's manifest of SPARQL 1.1 Protocol tests, asked over a real socket."""

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data" / "server"
CASES: list[dict[str, Any]] = tomllib.loads((DATA / "w3c_protocol.toml").read_text("utf-8"))["case"]
# What the protocol says of each malformed request; the manifest asks for any 4xx.
STATUS = {
    "bad_query_method": 405,
    "bad_query_wrong_media_type": 415,
    "bad_query_missing_form_type": 415,
    "bad_query_missing_direct_type": 415,
    "bad_query_non_utf8": 415,
    "bad_update_wrong_media_type": 415,
    "bad_update_missing_form_type": 415,
    "bad_update_non_utf8": 415,
}


@pytest.fixture(scope="module")
def service(start_service: Callable[..., Any]) -> Any:
    return start_service(DATA / "protocol.trig", access_log="off")


def test_every_case_of_the_manifest_is_here() -> None:
    assert len(CASES) == len({case["name"] for case in CASES}) == 34
    assert Counter(case["kind"] for case in CASES) == {"query": 13, "update": 7, "malformed": 14}
    assert STATUS.keys() <= {case["name"] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_of_the_manifest_is_answered_as_it_says(service: Any, case: dict[str, Any]) -> None:
    body = case.get("body", "").encode(case.get("charset", "utf-8"))
    address = "/sparql" + (f"?{case['address']}" if "address" in case else "")
    headers = {"Content-Type": case["type"]} if "type" in case else {}

    with closing(service.connect()) as connection:
        connection.request(case["method"], address, body if case["method"] != "GET" else None, headers)
        response = connection.getresponse()
        told = response.read()

    if case["kind"] == "query":
        media_type = response.headers.get_content_type()
        assert (response.status, media_type in case.get("types", [media_type])) == (200, True), told
        assert "boolean" not in case or json.loads(told)["boolean"] is case["boolean"]
    else:
        expected = 403 if case["kind"] == "update" else STATUS.get(case["name"], 400)
        assert (response.status, json.loads(told)["status"]) == (expected, expected)
        assert json.loads(told)["detail"]
