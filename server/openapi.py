"""The OpenAPI 3.1 description, made from the routes of the application and the headers of the named queries."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, current_app
from werkzeug.routing import Rule

from hytegraph.graph.query.named import NamedQuery, load_queries
from hytegraph.server.context import has_several_towns, settings
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import HTML, TEXT
from hytegraph.server.http.parameters import (
    LANGUAGE,
    RELEASE,
    STRING,
    Parameter,
    asked_by,
    is_of_release,
    offered_by,
    offers,
)
from hytegraph.server.pages.queries.routes import FORMATS as QUERY_FORMATS
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.view import VIEW_OFFERS
from hytegraph.server.text.problem_documents import PROBLEM_JSON

blueprint = Blueprint("openapi", __name__)

_VARIABLE = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")
_OWN_METHODS = ("HEAD", "OPTIONS")
# Methods that OpenAPI 3.1 has no field for.
_UNKNOWN_METHODS = ("QUERY",)
# What serves only the editor is nobody else's interface.
UNDESCRIBED = ("static", "sparql.sparql_with_slash", "editor.script", "editor.terms", "editor.labels")
REDIRECTS = ("things.thing", "graphstore.direct", "ontology.part")
SPARQL = "sparql.sparql"


@blueprint.get("/openapi.json")
@offers("application/json")
def openapi() -> Response:
    """This description."""
    return Response(
        json.dumps(description(root()), ensure_ascii=False, indent=1) + "\n", mimetype="application/json"
    )


def description(address: str) -> dict[str, Any]:
    """The description of the running application at that address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "hytegraph",
            "version": version("hytegraph"),
            "summary": "Municipal strategies and wellbeing plans as linked data",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": dict(sorted(_paths())),
        "components": {
            "schemas": {"Problem": _problem_schema()},
            "responses": {"Problem": _problem_response()},
        },
    }


def _paths() -> Iterator[tuple[str, dict[str, Any]]]:
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint in UNDESCRIBED or ("town" in rule.arguments and not has_several_towns()):
            continue
        if rule.endpoint == "queries.query":
            for named in load_queries().values():
                yield f"/query/{named.name}", {"get": _named_query(rule, named)}
            continue
        methods = sorted((rule.methods or set()) - {*_OWN_METHODS, *_UNKNOWN_METHODS})
        yield _VARIABLE.sub(r"{\1}", rule.rule), {each.lower(): _operation(rule, each) for each in methods}


def _operation(rule: Rule, method: str) -> dict[str, Any]:
    view = current_app.view_functions[rule.endpoint]
    told: dict[str, Any] = {
        "operationId": f"{rule.endpoint}.{method.lower()}"
        + "".join(f".{name}" for name in ("town", "suffix") if name in rule.arguments),
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "responses": _responses(rule.endpoint),
    }
    path = [
        {"name": name, "in": "path", "required": True, "schema": dict(STRING)}
        for name in sorted(rule.arguments)
    ]
    asked = asked_by(view)
    if HTML in _offers(rule.endpoint) and LANGUAGE not in asked:
        asked = (*asked, LANGUAGE)
    if is_of_release(rule.endpoint) and RELEASE not in asked:
        asked = (*asked, RELEASE)
    if method == "POST":
        told["requestBody"] = _query_body()
    else:
        path += [each.as_json() for each in asked]
    if path:
        told["parameters"] = path
    return told


def _named_query(rule: Rule, named: NamedQuery) -> dict[str, Any]:
    told = _operation(rule, "GET")
    parameters = [Parameter(each.name, each.summary["en"], example=each.example) for each in named.parameters]
    parameters += [
        Parameter("format", "Format of the answer.", values=tuple(QUERY_FORMATS)),
        PAGE,
        LANGUAGE,
        RELEASE,
    ]
    return told | {
        "operationId": f"query.{named.name}",
        "summary": named.summary["en"],
        "description": (named.description or named.summary)["en"],
        "tags": list(named.tags),
        "parameters": [each.as_json() for each in parameters],
    }


def _responses(endpoint: str) -> dict[str, Any]:
    content = {each: {"schema": dict(STRING)} for each in _offers(endpoint)}
    answers: dict[str, Any] = {"default": {"$ref": "#/components/responses/Problem"}}
    if content:
        answers["200"] = {"description": "The answer.", "content": content}
        answers["304"] = {"description": "The client has the answer already."}
    if endpoint in REDIRECTS:
        answers["303"] = {"description": "Where the page or the data are."}
    return answers


def _offers(endpoint: str) -> tuple[str, ...]:
    """The media types of an endpoint; a page that has suffixes has all forms of a view unless it is said otherwise."""
    has_forms = any("suffix" in rule.arguments for rule in current_app.url_map.iter_rules(endpoint))
    marked = offered_by(current_app.view_functions[endpoint])
    return marked if marked is not None else VIEW_OFFERS if has_forms else (HTML,)


def _query_body() -> dict[str, Any]:
    fields = {each.name: each.as_json()["schema"] for each in asked_by(current_app.view_functions[SPARQL])}
    form = {"type": "object", "required": ["query"], "properties": fields}
    return {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {"schema": form},
            "application/sparql-query": {
                "schema": {"type": "string", "maxLength": settings().max_query_length}
            },
        },
    }


def _problem_response() -> dict[str, Any]:
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {PROBLEM_JSON: reference, HTML: {"schema": dict(STRING)}, TEXT: {"schema": dict(STRING)}}
    return {"description": "A failure, as RFC 9457 has it.", "content": content}


def _problem_schema() -> dict[str, Any]:
    whole = {"type": "integer"}
    return {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": dict(STRING),
            "status": whole,
            "detail": dict(STRING),
            "line": whole,
            "column": whole,
            "limit": {"type": "number"},
            "retry_after": whole,
            "available": {"type": "array", "items": dict(STRING)},
        },
    }
