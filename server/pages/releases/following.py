"""The pages and feeds of what has changed of a town, a theme or target group, or a responsible party."""

from datetime import date
from functools import partial

from flask import Blueprint, Response, request

from hytegraph.graph.releases.summary import read_summary
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.releases import published_row
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.http.parameters import in_towns, offers
from hytegraph.server.pages.releases.feed import ATOM, Feed, feed_of_updates
from hytegraph.server.pages.releases.followed import Followed, followed_party, followed_theme, followed_town
from hytegraph.server.pages.releases.updates import read_updates
from hytegraph.server.pages.shared.view import cached, page, split_suffix, varied, wanted
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.messages import Language, translate
from hytegraph.server.text.numbers import day

blueprint = Blueprint("following", __name__)

FORMS = {"html": HTML, "atom": ATOM}


@blueprint.get("/updates")
@blueprint.get("/updates.<suffix>")
@in_towns
@offers(*FORMS.values())
def updates_of_town(suffix: str | None = None) -> Response:
    """What each release has changed of a town, or of all data, in sentences; `.atom` is the feed."""
    return _respond(followed_town(), suffix)


@blueprint.get("/updates/themes/<name>")
@in_towns
@offers(*FORMS.values())
def updates_of_theme(name: str) -> Response:
    """What each release has changed of what is linked to a theme or target group; `.atom` is the feed."""
    code, suffix = split_suffix(name, FORMS)
    return _respond(followed_theme(code), suffix)


@blueprint.get("/updates/<path:rest>")
@offers(*FORMS.values())
def updates_of_party(rest: str) -> Response:
    """What each release has changed of a responsible party and its measures; `.atom` is the feed."""
    stem, suffix = split_suffix(rest, FORMS)
    return _respond(followed_party(stem), suffix)


def _respond(followed: Followed, suffix: str | None) -> Response:
    language, published = reader_language(request), published_row(dataset())
    row = [(one, summary) for one in published if (summary := read_summary(one.folder))]
    updates = read_updates(dataset(), row, followed, settings().base, language)
    if wanted(FORMS, suffix) == "atom":
        publisher = About.of(dataset(), summaries(), settings(), root()).publisher
        address = f"{root().rstrip('/')}{followed.path}"
        title = followed.title.text or translate("site.name", language)
        feed = Feed(
            translate("updates.entry.title", language, name=title),
            f"{address}.atom",
            address,
            publisher,
            language,
        )
        since = published[-1].date if published else None
        return varied(cached(Response(feed_of_updates(feed, followed, updates, since), content_type=ATOM)))
    values = {
        "followed": followed,
        "updates": updates,
        "published": published,
        "day_of": partial(_day, language),
    }
    return varied(page("releases/updates.html", **values))


def _day(language: Language, value: date) -> str:
    return day(value, language)
