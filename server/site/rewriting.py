"""Makes a page of the service one of the site: its links lead to files, and what needs the service says so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urlencode

from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.server.http.headers import SECURITY_HEADERS
from hytegraph.server.pages.source.routes import PAGE_LINES
from hytegraph.server.site.locations import INDEX, PREFIXES, Location, location_of
from hytegraph.server.text.messages import translate

_ANCHOR = re.compile(r"<a\b([^>]*?)\shref=\"([^\"]*)\"([^>]*)>(.*?)</a>", re.DOTALL)
_LINKED = re.compile(r"<(link|script|img)\b([^>]*?)\s(href|src)=\"([^\"]*)\"([^>]*)>(</script>)?")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ACTION = re.compile(r"\saction=\"([^\"]*)\"")
# What an anchor may keep that leads nowhere.
_KEPT = re.compile(r"\s(?:class|lang|translate)=\"[^\"]*\"")
_SAFE = "/:,;=@!$&'()*+~"
# A browser reads no frame-ancestors in a page; the web server may send it, as the examples do.
_POLICY = re.sub(r";\s*frame-ancestors[^;]*", "", SECURITY_HEADERS["Content-Security-Policy"])
_SUGGESTING = "/static/search.js"
# A form that is answered by a script of its own.
IN_BROWSER = "data-in-browser"
SCRIPT, SEARCHING = "static/site.js", "static/site-search.js"


@dataclass(frozen=True, slots=True)
class Target:
    """What the site has at an address of the service: a page or data, or where it leads on to.

    `languages` are those that the page has a file of its own in.
    """

    is_page: bool
    media_type: str
    moved: str = ""
    languages: tuple[Language, ...] = LANGUAGES


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is rewritten: what was asked for it, its language, and what goes before an address from the root."""

    key: str
    path: str
    language: Language
    up: str

    @property
    def is_search(self) -> bool:
        """Whether its reader searches on it."""
        return self.path.rpartition("/")[2] == "search"


class Rewriter:
    """Rewrites the pages of a site of which the targets of all links are known."""

    def __init__(
        self,
        targets: Mapping[str, Target],
        service: str = "",
        query_at: Callable[[str], str | None] | None = None,
    ) -> None:
        """The targets by key, and the address of a running service to which the pages lead, if there is one.

        `query_at` gives the query that an address puts into the editor, where the site has one that answers.
        """
        self._targets = targets
        self._query_at = query_at
        self._service = service.rstrip("/")
        self._lead = lru_cache(maxsize=200_000)(self._find_lead)

    def page(self, text: str, page: Page) -> str:
        """The page as a file of the site."""
        note = translate("site.service", page.language)
        text = _FORM.sub(lambda found: self._form(found, page), text)
        text = _ANCHOR.sub(lambda found: self._anchor(found, page, note), text)
        text = _LINKED.sub(lambda found: self._linked(found, page), text)
        scripts = "".join(
            f'\n  <script src="{page.up}{script}" defer></script>'
            for script in (SCRIPT, *((SEARCHING,) if page.is_search else ()))
        )
        policy = f'\n  <meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        text = text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{policy}{scripts}', 1)
        root = f'<html data-root="{page.up}" data-part="{PAGE_LINES}" '
        return text.replace("<html ", root, 1)

    def address(self, href: str, page: Page) -> str | None:
        """Where a link of the page leads in the site; itself outside of it, None for what the site has not."""
        if href.startswith("#"):
            return href
        # From where a link leads that begins at the root is all the same, and most are on every page.
        here = ("/", "/") if href.startswith("/") else (page.path, page.key)
        own, outside = self._lead(href, *here, page.language)
        if own is None:
            return outside
        return f"{page.up}{own}" or "./"

    def _find_lead(self, href: str, path: str, key: str, language: Language) -> tuple[str | None, str | None]:
        """The address from the root of the site that a link leads to, or one outside; neither for what is not there."""
        if self._query_at and (query := self._query_at(href)):
            page = PREFIXES[_named_language(href) or language] + "sparql/"
            return f"{page}#{urlencode({'query': query})}", None
        location = location_of(href, path, key)
        if location is None:
            return None, href
        target = self._targets.get(location.key)
        hops = 0
        while target is not None and target.moved:
            moved = location_of(target.moved, location.path, location.key)
            hops += 1
            if moved is None or hops > 5:
                return None, (target.moved if moved is None else None)
            location = moved if moved.fragment else _with_fragment(moved, location.fragment)
            target = self._targets.get(location.key)
        if target is None:
            return None, None
        return _address_of(location, target, _named_language(href) or language), None

    def _anchor(self, found: re.Match[str], page: Page, note: str) -> str:
        before, href, after, words = found.groups()
        href = unescape(href)
        address = self.address(href, page)
        if address is not None:
            return f'<a{before} href="{escape(address)}"{after}>{words}</a>'
        location = location_of(href, page.path, page.key)
        if self._service and location is not None:
            asked = href if href.startswith("/") else f"{page.key.partition('?')[0]}{href}"
            return (
                f'<a{before} href="{escape(self._service + asked)}" rel="external"{_plain(after)}>{words}</a>'
            )
        if words.startswith("<tspan"):
            # A span within a drawing would end the drawing.
            return words.replace(' text-decoration="underline"', "")
        kept = "".join(_KEPT.findall(before + after))
        return f'<span{kept} title="{escape(note)}">{words}</span>'

    def _linked(self, found: re.Match[str], page: Page) -> str:
        name, before, attribute, href, after, end = found.groups()
        address = None if href == _SUGGESTING else self.address(unescape(href), page)
        if address is None:
            return ""
        return f'<{name}{before} {attribute}="{escape(address)}"{after}>{end or ""}'

    def _form(self, found: re.Match[str], page: Page) -> str:
        """A form that a script of the site answers, or the words that it needs the service."""
        attributes, inner = found.groups()
        if IN_BROWSER in attributes:
            need = escape(translate("site.query.script", page.language))
            return f'<form{attributes}>{inner}</form><p class="note" data-without-script>{need}</p>'
        action = _ACTION.search(attributes)
        href = unescape(action[1]) if action else ""
        location = location_of(href or page.path, page.path, page.key)
        is_search = location is not None and location.path.rpartition("/")[2] == "search"
        if location is not None and (is_search or 'name="lines"' in inner) and action:
            address = self.address(href.partition("#")[0], page)
            if address is not None:
                without = attributes.replace(action[0], f' action="{escape(address)}"')
                need = escape(translate("site.search.script" if is_search else "site.script", page.language))
                is_plain = "quick" in attributes
                note = "" if is_plain else f'<p class="note" data-without-script>{need}</p>'
                return f"<form{without}>{inner}</form>{note}"
        if self._service and location is not None:
            words, there = translate("site.form.there", page.language), f"{self._service}{location.path}"
            return f'<p class="note"><a href="{escape(there)}" rel="external">{escape(words)}</a></p>'
        return f'<p class="note">{escape(translate("site.form", page.language))}</p>'


def page_of(location: Location, language: Language, root: str = "") -> Page:
    """The page of an address in a language; `root` is the path of the site where the file may be shown anywhere."""
    depth = location.page_file(language).count("/")
    return Page(location.key, location.path, language, root or ("../" * depth or "./"))


def _address_of(location: Location, target: Target, language: Language) -> str:
    """Where the file lies; a link to a page names its language in `lang`, all others keep that of their page."""
    if target.is_page:
        language = language if language in target.languages else target.languages[0]
        file = location.page_file(language).removesuffix(INDEX)
    else:
        file = location.data_file(target.media_type, language)
    query = f"?{location.kept}" if location.kept else ""
    fragment = f"#{quote(location.fragment)}" if location.fragment else ""
    return f"{quote(file, safe=_SAFE)}{query}{fragment}"


def _with_fragment(location: Location, fragment: str) -> Location:
    return Location(location.path, location.query, location.is_spoken, location.kept, fragment)


def _named_language(href: str) -> Language | None:
    found = re.search(r"[?&]lang=(\w+)", href)
    return next((language for language in LANGUAGES if found and language == found[1]), None)


def _plain(attributes: str) -> str:
    return re.sub(r"\s(?:rel|aria-current)=\"[^\"]*\"", "", attributes)


HREF = re.compile(r"<(?:a|link|script|img)\b[^>]*?\s(?:href|src)=\"([^\"]*)\"")
