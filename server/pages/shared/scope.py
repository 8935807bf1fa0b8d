"""Whose pages a page leads to, and how rows of several towns name theirs."""

from flask import current_app, request

from hytegraph.graph.query.towns import Town
from hytegraph.server.context import has_several_towns, town, towns
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.http.parameters import RELEASE
from hytegraph.server.text.kept_links import keep
from hytegraph.server.text.links import Link, town_link
from hytegraph.server.text.messages import Language

# Under this name the application keeps the first words of the addresses that towns have.
PAGES_OF_TOWNS = "hytegraph.pages_of_towns"


def at(path: str) -> str:
    """The address of a page for the town that the running page is about.

    That is the path itself where the data are of one town, for all towns, and for a page that towns do not have.
    """
    about = town()
    return path if about is None else at_town(path, about)


def full_address(path: str) -> str:
    """The address by which people outside of the service find a page, in the release that the request names."""
    return f"{root().rstrip('/')}{keep(path, version) if (version := named_release()) else path}"


def named_release() -> str:
    """The version of the release that the request names; '' for the one that is served."""
    return request.args.get(RELEASE.name, "")


def at_town(path: str, about: Town) -> str:
    """The address of a page for a town; the path itself where `at` has that."""
    if not has_several_towns() or first_word(path) not in current_app.extensions[PAGES_OF_TOWNS]:
        return path
    return f"/{about.slug}{'' if path == '/' else path}"


def page_word() -> str:
    """The word by which the running page goes, without its town: `plans` of `/kemi/plans`; empty for a front page."""
    path, about = request.path, town()
    if about is not None and first_word(path) == about.slug:
        path = path.removeprefix(f"/{about.slug}")
    return first_word(path)


def town_link_of(slug: str, language: Language) -> Link:
    """The name of the town with that slug and the way to its front page; empty for what belongs to no town."""
    return town_link(towns()[slug], language) if slug in towns() else Link("")


def town_name_of(slug: str) -> str | None:
    """The name that tables call the town with that slug by; None for what belongs to no town."""
    return towns()[slug].name("fi") if slug in towns() else None


def first_word(path: str) -> str:
    """The first segment of an address, without the suffix of a file or parameters.

    >>> first_word("/plans.<suffix>"), first_word("/search?q=koulu"), first_word("/")
    ('plans', 'search', '')
    """
    segment = path.removeprefix("/").partition("/")[0]
    return segment.partition("?")[0].partition(".")[0].partition("#")[0]
