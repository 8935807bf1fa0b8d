"""A documentation page per problem type, at the address that its problems name as their type."""

import json

from flask import Blueprint, Response, make_response, render_template, request

from hytegraph.graph.query.towns import nearest_towns
from hytegraph.server.context import has_several_towns, town, towns
from hytegraph.server.http.flask_exchange import exchange, flask_response, root
from hytegraph.server.http.negotiation import HTML, accepted
from hytegraph.server.http.parameters import offers
from hytegraph.server.http.problems import Problem, ProblemError
from hytegraph.server.pages.shared.scope import first_word
from hytegraph.server.pages.shared.view import cached, page
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, town_link
from hytegraph.server.text.messages import LANGUAGES, TEXTS, Language, translate
from hytegraph.server.text.problem_documents import (
    problem_document,
    problem_headers,
    problem_type,
    wants_html,
)

blueprint = Blueprint("problem_pages", __name__)

JSON, TEXT = "application/json", "text/plain"
OFFERS = (HTML, JSON, TEXT)
SLUGS = tuple(sorted(key.removeprefix("meaning.") for key in TEXTS if key.startswith("meaning.")))
"""All problem types."""


@blueprint.get("/problems")
def problems() -> Response:
    """The list of problem types."""
    return page("about/problems.html", slugs=SLUGS)


@blueprint.get("/problems/<slug>")
@offers(*OFFERS)
def problem(slug: str) -> Response:
    """What a problem type means and what to do about it, for people and programs."""
    if slug not in SLUGS:
        raise ProblemError(Problem(404, "not-found", "There is no problem of that name."))
    chosen = accepted(request.headers.get("Accept"), {media_type: media_type for media_type in OFFERS})
    language = reader_language(request)
    if chosen == HTML:
        response = page("about/about_problem.html", slug=slug, type=problem_type(root(), slug))
    else:
        body = _json(slug) if chosen == JSON else _text(slug, language)
        response = cached(Response(body, content_type=chosen if chosen == JSON else f"{TEXT}; charset=utf-8"))
        if chosen == TEXT:
            response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept" if chosen == JSON else "Accept, Accept-Language, Cookie"
    return response


def problem_response(problem: Problem) -> Response:
    """The answer that states a problem in the form that the client of the running request likes best."""
    asked = exchange().request
    if not wants_html(asked):
        return flask_response(problem_document(problem, asked))
    near = _near_towns() if problem.status == 404 else ()
    response = make_response(render_template("shared/problem.html", problem=problem, near=near))
    response.status_code = problem.status
    response.headers["Content-Language"] = reader_language(request)
    response.headers.update(problem_headers(problem))
    return response


def _near_towns() -> tuple[Link, ...]:
    """The towns that a reader may have meant by the first word of an address; none where the data are of one."""
    if not has_several_towns() or town() is not None:
        return ()
    language = reader_language(request)
    return tuple(town_link(each, language) for each in nearest_towns(towns(), first_word(request.path)))


def _json(slug: str) -> str:
    told = {
        name: {language: translate(f"{key}.{slug}", language) for language in LANGUAGES}
        for name, key in (("title", "problem"), ("meaning", "meaning"), ("cure", "cure"))
    }
    return json.dumps({"type": problem_type(root(), slug), **told}, ensure_ascii=False, indent=1) + "\n"


def _text(slug: str, language: Language) -> str:
    return "\n".join(translate(f"{key}.{slug}", language) for key in ("problem", "meaning", "cure")) + "\n"
