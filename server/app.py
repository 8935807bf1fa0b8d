"""Makes the Flask application of one release."""

import logging
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request
from werkzeug.exceptions import NotFound

from hytegraph.graph.errors import HytegraphError, StoreError
from hytegraph.graph.evaluation.earlier import EarlierReleases
from hytegraph.graph.evaluation.pool import Pool
from hytegraph.graph.evaluation.workers import PoolLimits
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.open_tables import open_summaries
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.server import old_releases, town_addresses
from hytegraph.server.blueprints import BLUEPRINTS
from hytegraph.server.catalogue import signposts
from hytegraph.server.catalogue.releases import published_row, standing
from hytegraph.server.context import (
    EXTENSION,
    STORE_IS_AWAY,
    Context,
    dataset,
    folder_of_stores,
    has_several_towns,
    open_dataset,
    town,
)
from hytegraph.server.http import flask_exchange
from hytegraph.server.http.delivery import Delivery
from hytegraph.server.http.metrics import ServiceCollector
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import RELEASE
from hytegraph.server.http.problems import problem_of
from hytegraph.server.pages.about.problem_pages import problem_response
from hytegraph.server.pages.quality.routes import release_report
from hytegraph.server.pages.shared.files import static_file, template_loader
from hytegraph.server.pages.shared.menu import ENTRIES, menu_pages
from hytegraph.server.pages.shared.paging import page_address
from hytegraph.server.pages.shared.reviewers import mark_key
from hytegraph.server.pages.shared.scope import at, first_word, named_release, page_word
from hytegraph.server.pages.shared.view import lead_of, public_root
from hytegraph.server.pages.things import retired
from hytegraph.server.settings import Settings
from hytegraph.server.text.languages import LANGUAGE_COOKIE, language_of, reader_language
from hytegraph.server.text.links import town_link
from hytegraph.server.text.messages import LANGUAGE_NAMES, LANGUAGES, translate
from hytegraph.server.text.numbers import whole
from hytegraph.server.text.problem_documents import title_of

EARLIER_WORKERS = 2
COOKIE_SECONDS = 365 * 24 * 3600
_log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    served: Dataset | None = None,
    pool: Pool | None = None,
    index: IndexSource | None = None,
    summaries: Summaries | None = None,
) -> Flask:
    """The application that serves the dataset, by default the one that the settings name.

    Raises ReleaseError if that cannot be read.
    """
    app = Flask("hytegraph.server", static_folder=None)
    app.jinja_loader = template_loader()
    served = served if served is not None else open_dataset(settings)
    app.extensions[EXTENSION] = context = Context(
        served,
        settings,
        index or IndexSource.of(served),
        summaries or open_summaries(served, settings.base),
        pool,
        release_report(served),
        _earlier(served, settings, pool),
    )
    delivery = Delivery(settings, served, language_of)
    delivery.meters.registry.register(ServiceCollector(context, delivery.cache))
    # A character takes at most four bytes of UTF-8, which is twelve when they are percent-encoded in a form.
    app.config["MAX_CONTENT_LENGTH"] = 12 * settings.max_query_length + 4096
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    flask_exchange.install(app, delivery)
    signposts.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/static/<path:name>", "static", static_file)
    town_addresses.install(app)
    old_releases.install(app, served, settings, create_app)
    retired.install(app)
    app.context_processor(_page_values)
    app.after_request(_remember_language)
    app.register_error_handler(Exception, _failure)
    return app


def _earlier(served: Dataset, settings: Settings, pool: Pool | None) -> EarlierReleases:
    """The published releases beside the data, with as few workers as may be."""
    folders = {one.version: one.folder for one in published_row(served)}
    if pool is None:
        return EarlierReleases(folders)
    limits = PoolLimits(EARLIER_WORKERS, settings.queue, settings.timeout, settings.memory_limit)
    return EarlierReleases(folders, limits, folder_of_stores(settings))


def _failure(error: Exception) -> Response:
    if isinstance(error, NotFound) and len(request.path) > 1 and request.path.endswith("/"):
        # Nothing has an address that ends in a slash; one slash before it, lest it name another host.
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return Response(
            status=308,
            headers={"Location": quote(f"/{request.path.strip('/')}", safe="/:,;=@!$&'()*+~") + query},
        )
    if isinstance(error, StoreError):
        # The page that says so is written without asking the store again.
        setattr(g, STORE_IS_AWAY, True)
    problem = problem_of(error)
    if problem.status >= 500:
        expected = isinstance(error, HytegraphError)
        _log.error(
            "%s %s failed: %s", request.method, request.path, error, exc_info=None if expected else error
        )
    return problem_response(problem)


def _remember_language(response: Response) -> Response:
    chosen = request.args.get("lang")
    # A picture or table in a language is no choice of the reader's.
    is_page = response.mimetype == HTML
    if is_page and chosen in LANGUAGES and request.cookies.get(LANGUAGE_COOKIE) != chosen:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _page_values() -> dict[str, object]:
    """What every template knows: the language, its texts, the town, and this page in the other languages.

    `town` is None where it goes without saying: the data are of one town, or the page is about all.
    """
    language = reader_language(request)
    others = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    about = town() if has_several_towns() else None
    state, newest = ("", None) if g.get(STORE_IS_AWAY) else standing(dataset())
    if newest and old_releases.is_answer_of_old_release():
        state = "old"
    return {
        "release_standing": state,
        "newest_release": newest,
        "named_release": named_release(),
        "without_release": urlencode(
            [(key, value) for key, value in request.args.items(multi=True) if key != RELEASE.name]
        ),
        "language": language,
        "town": town_link(about, language) if about else None,
        "is_country": has_several_towns() and about is None,
        # Of one town every page has the address that it has without a town, and a page asks for some forty.
        "at": at if has_several_towns() else str,
        "page_word": page_word(),
        "mark_key": mark_key,
        "first_word": first_word,
        "lead_of": lead_of,
        "public_root": public_root(),
        "menu": ENTRIES,
        "menu_pages": menu_pages,
        "t": lambda key, **values: translate(key, language, **values),
        "whole": lambda value: whole(value, language),
        "languages": [
            (each, LANGUAGE_NAMES[each], "?" + urlencode([*others, ("lang", each)])) for each in LANGUAGES
        ],
        "problem_title": lambda problem: title_of(problem, language),
        "page_address": page_address,
        "query_string": urlencode,
    }
