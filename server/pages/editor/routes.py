"""The query editor: its page, the script that was built for it, and what that script asks for.

The page is whole without the script: where the script was not built, or the reader's browser runs none, a text field
and a form ask the endpoint.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request
from pyoxigraph import NamedNode

from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
from hytegraph.graph.iris import is_iri
from hytegraph.graph.query.named import (
    NamedQuery,
    load_competency_questions,
    load_engine_traps,
    load_queries,
    load_recipes,
    named_query,
    written_out,
)
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE, OWL, PREFIXES, RDF, SKOS
from hytegraph.server.catalogue.void import CLASS_COUNTS, PROPERTY_COUNTS
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.editor.given import Given
from hytegraph.server.pages.editor.graphs import GraphSort, sorts_of
from hytegraph.server.pages.editor.in_browser import SECONDS, has_service, in_browser, too_many
from hytegraph.server.pages.queries.question_list import AUDIENCES
from hytegraph.server.pages.queries.questions import find_question
from hytegraph.server.pages.shared.view import cached, page
from hytegraph.server.pages.vocabulary.reading import CODES, CORE, rows_of
from hytegraph.server.pages.vocabulary.terms import Facts
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import curie
from hytegraph.server.text.messages import TEXTS, Language, translate

blueprint = Blueprint("editor", __name__)

MOST_LABELS = 500
# Made by `server/editor/build.py`.
SCRIPTS = Path(__file__).parents[2] / "static" / "editor"
_SCRIPT = "editor-*.js"
_CODINGS = {"br": ".br", "gzip": ".gz"}
_CURIE = re.compile(r"[a-z-]+:[A-Za-z][\w-]*")
_TEXTS, _PHRASES = "editor.script.", "editor.phrase."
EXAMPLE = stored_query(__name__, "example")
_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    SKOS.Concept: "value",
}


def editor_page(text: str | None = None, given: Given | None = None) -> Response:
    """The page, with a query and its answer; else `?named=`, `?question=`, `?recipe=` or `?trap=` puts one into it."""
    language, browser = reader_language(request), in_browser()
    script = script_file() if has_service() else None
    graphs = _graph_sorts(dataset(), settings().base)
    quads = sum(each.triples for each in graphs)
    return page(
        "editor/sparql.html",
        text=asked_text(request.args) if text is None else text,
        given=given,
        formats=RESULT_FORMATS,
        graph_formats=GRAPH_FORMATS,
        graphs=graphs,
        limits=settings(),
        examples=tuple(_examples()),
        traps=tuple(load_engine_traps().values()),
        script=browser.script if browser else script and f"editor/{script.name}",
        browser=browser,
        seconds=SECONDS,
        too_many=quads if too_many(quads) else 0,
        told={**_told(language), **(browser.told(settings().base, language) if browser else {})},
    )


@blueprint.get("/editor/<name>.js")
def script(name: str) -> Response:
    """The built script; its name changes with its content, so it may be kept forever."""
    file = script_file()
    if file is None or file.stem != name:
        raise ProblemError(Problem(404, "not-found", "There is no such script."))
    coding = next((each for each in _CODINGS if request.accept_encodings[each]), None)
    body = file if coding is None else file.with_name(file.name + _CODINGS[coding])
    # It is compressed already, and better than what is compressed for each answer.
    response = Response(
        body.read_bytes(), content_type="text/javascript; charset=utf-8", direct_passthrough=True
    )
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/editor/terms.json")
def terms() -> Response:
    """The terms of the graph that the editor completes, with labels in the reader's language."""
    response = jsonify(_terms(dataset(), summaries(), settings().base, reader_language(request)))
    response.headers["Vary"] = "Accept-Language, Cookie"
    return cached(response)


@blueprint.post("/editor/labels")
def labels() -> Response:
    """How the pages name things: a JSON list of IRIs becomes an object with text, language, address and short name."""
    iris = request.get_json()
    if not (
        isinstance(iris, list) and all(isinstance(iri, str) for iri in iris) and len(iris) <= MOST_LABELS
    ):
        raise ProblemError(
            Problem(400, "bad-request", f"A JSON list of at most {MOST_LABELS} IRIs is asked for.")
        )
    found = labels_of(dataset(), iris, settings().base, reader_language(request))
    named = {}
    for iri in filter(is_iri, iris):
        link = found.link(iri)
        named[iri] = {"text": link.text, "language": link.language, "href": link.href, "curie": curie(iri)}
    return jsonify(named)


@lru_cache(maxsize=4)
def _graph_sorts(served: Dataset, base: str) -> tuple[GraphSort, ...]:
    """What the graphs hold, found once: a country has thousands, and the data never change."""
    return sorts_of(served.graphs(), base)


def script_file() -> Path | None:
    """The script that was built, None where there is none."""
    return next(SCRIPTS.glob(_SCRIPT), None)


def asked_text(arguments: Mapping[str, str]) -> str:
    """What stands in the editor: the example, or the query that an address names, with its values put in.

    Raises UnknownNameError and the errors of values that a query does not take.
    """
    name, question = arguments.get("named"), arguments.get("question")
    if arguments.get("trap") in load_engine_traps():
        return load_engine_traps()[arguments["trap"]].query.text
    if arguments.get("recipe") in load_recipes():
        return load_recipes()[arguments["recipe"]].query.text
    if name is None and question is None:
        return EXAMPLE
    query = named_query(name) if name is not None else find_question(question or "").query
    values = {each.name: arguments[each.name] for each in query.parameters if each.name in arguments}
    return written_out(query, values)


def _examples() -> Iterator[tuple[str, tuple[tuple[str, NamedQuery], ...]]]:
    """The queries that can be put into the editor: the key of each group's heading, and addresses with queries."""
    yield (
        "sparql.recipes",
        tuple((_address("recipe", each.query), each.query) for each in load_recipes().values()),
    )
    yield "queries.title", tuple((_address("named", each), each) for each in load_queries().values())
    for audience in AUDIENCES:
        asked = (each.query for each in load_competency_questions().values() if each.audience == audience)
        yield f"questions.for.{audience}", tuple((_address("question", each), each) for each in asked)


def _address(kind: str, query: NamedQuery) -> str:
    """The address of the editor with the query and the examples of its parameters."""
    values = {each.name: each.example for each in query.parameters if each.example}
    return "/sparql?" + urlencode({kind: query.name} | values)


def _told(language: Language) -> dict[str, object]:
    """What the script has to know: where the endpoint is, the prefixes, and its texts."""

    def texts(prefix: str) -> dict[str, str]:
        return {
            key.removeprefix(prefix): text.in_language(language)
            for key, text in TEXTS.items()
            if key.startswith(prefix)
        }

    # CodeMirror looks its phrases up by their English form.
    phrases = {TEXTS[_PHRASES + name].en: text for name, text in texts(_PHRASES).items()}
    told = texts(_TEXTS) | {"yes": translate("yes", language), "no": translate("no", language)}
    return {
        "endpoint": f"{root()}sparql",
        "language": language,
        "prefixes": PREFIXES,
        "texts": told | {"phrases": phrases, "problems": texts("problem.")},
    }


@lru_cache(maxsize=12)
def _terms(served: Dataset, kept: Summaries, base: str, language: Language) -> list[dict[str, object]]:
    """The classes, properties and codes that have a short name, those that the data use most first."""
    facts = Facts((*rows_of(served, base, CORE), *rows_of(served, base, CODES)), base, language)
    kinds: dict[NamedNode, str] = {}
    for node in facts.nodes:
        types = facts.named(node, RDF.type)
        known = next((_KINDS[each] for each in types if each in _KINDS), None)
        if known and node.value.startswith(HYTE.iri) and not facts.objects(node, OWL.deprecated):
            kinds[node] = known
    uses: Counter[NamedNode] = Counter()
    for kind, summary in (("class", CLASS_COUNTS), ("property", PROPERTY_COUNTS)):
        for (term,), n in kept.sums(summary, ("term",)).items():
            if isinstance(term, NamedNode):
                kinds.setdefault(term, kind)
                uses[term] += n
    ordered = sorted(kinds, key=lambda node: (-uses[node], node.value))
    return [_term(node, kinds[node], facts) for node in ordered if _CURIE.fullmatch(curie(node.value))]


def _term(node: NamedNode, kind: str, facts: Facts) -> dict[str, object]:
    name, label, about = curie(node.value), facts.labels.link(node).text, facts.text(node, SKOS.definition)
    told: dict[str, object] = {"name": name, "kind": kind, "label": "" if label == name else label}
    if about.text:
        told["about"] = about.text
        told["language"] = about.language
    return told
