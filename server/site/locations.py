"""Which file of the site an address of the service becomes.

A page is a folder with an `index.html`, so that its address stays what it is (`/plans`) on any web server. Finnish
pages stand at the root, those in other languages under their language; data stand once. Parameters become folders:
`/gaps/KIND?page=2` is `gaps/KIND/page=2/`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from hytegraph.graph.formats import GRAPH_FORMATS
from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.server.catalogue.wellknown import DISALLOWED
from hytegraph.server.pages.shared.arrangement import ARRANGED
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.pages.shared.view import TABLE_FORMS
from hytegraph.server.pages.source.routes import LINES, PAGE_LINES

INDEX = "index.html"
PREFIXES = {language: "" if language == LANGUAGES[0] else f"{language}/" for language in LANGUAGES}
# Under which suffix data are written that the service gives at an address without one.
SUFFIXES = {
    "application/json": "json",
    "application/xml": "xml",
    "image/svg+xml": "svg",
    "text/plain": "txt",
    **{syntax.media_type: syntax.extension for syntax in GRAPH_FORMATS},
}
_FILES = frozenset((*SUFFIXES.values(), *TABLE_FORMS, "docx", "css", "js", "png", "gz", "zst", "atom"))
# What tells of the running service alone.
_OF_SERVICE = (
    "/openapi.json",
    "/rdf-graph-store",
    "/healthz",
    "/readyz",
    "/metrics",
    "/editor/",
    "/static/search.js",
)
# Of a single thing there are no more forms than these; the others are in the files of the whole.
OF_THINGS = (".csv", ".ttl", ".jsonld", ".txt", ".docx", ".atom")
# How a table is arranged is a matter for the service.
_ARRANGED = frozenset(parameter.name for parameter in ARRANGED)
# What the site's own scripts read from the address of a page, by the last word of the page's path or its first.
_SEARCH, _SOURCE, _LINES = "search", "/source/", "lines"
_LONGEST_NAME = 200
_SAFE = "/:,;=@!$&'()*+~"
_UNSAFE_NAME = re.compile(r"[\x00-\x1f\x7f\\]|^\.\.?$")


@dataclass(frozen=True, slots=True)
class Location:
    """An address of the service without its language, and what stays of it in the browser of a reader.

    `is_spoken`: the address names a language. `kept` are the parameters that a script of the site reads.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    is_spoken: bool = False
    kept: str = ""
    fragment: str = ""

    @property
    def key(self) -> str:
        """What is asked of the service."""
        return _key(self.path, self.query)

    @property
    def is_data(self) -> bool:
        """Whether the path ends as that of a file; IRIs of passages hold dots themselves."""
        return _is_file(self.path)

    @property
    def name(self) -> tuple[str, bool]:
        """What tells it from others: a page is one in all languages, data are others in each."""
        return self.key, self.is_spoken and self.is_data

    def is_form_of(self, page: "Location") -> bool:
        """Whether it holds the data of the page."""
        stem = self.path.rpartition(".")[0]
        return (
            self.is_data and not page.query and stem in (page.path, page.path.replace("/page/", "/data/", 1))
        )

    @property
    def is_followed(self) -> bool:
        """Whether the site has what is there: a page with at most one choice besides its part, or data.

        What the service keeps from crawlers it gives to its readers on demand, and so it is none of the site's.
        """
        last = self.path.rpartition("/")[2]
        if self.is_data and "/id/" in self.path and not last.endswith(OF_THINGS):
            return False
        if self.path.startswith(_OF_SERVICE) or last.startswith(f"{_SEARCH}.") or not _is_name(self.path):
            return False
        choices = [name for name, _ in self.query if name != PAGE.name]
        if not choices:
            return True
        if last == _SEARCH:
            # Everything by kind, for who has no script.
            return choices == ["kind"]
        is_one = len(choices) == 1 and choices[0] not in _ARRANGED
        return is_one and not self.is_data and not _DISALLOWED.match(self.key)

    def page_file(self, language: Language) -> str:
        """The file of a page in a language."""
        choices = (f"{name}={_as_name(value)}" for name, value in self.query)
        names = [*filter(None, self.path.split("/")), *choices, INDEX]
        return PREFIXES[language] + "/".join(names)

    def data_file(self, media_type: str, language: Language = LANGUAGES[0]) -> str:
        """The file of data."""
        name = self.path.strip("/") if self.is_data else f"{self.path.strip('/')}.{SUFFIXES[media_type]}"
        return (PREFIXES[language] if self.is_spoken else "") + name


@lru_cache(maxsize=200_000)
def _key(path: str, query: tuple[tuple[str, str], ...]) -> str:
    return quote(path, safe=_SAFE) + (f"?{urlencode(query)}" if query else "")


@lru_cache(maxsize=200_000)
def location_of(href: str, path: str, key: str) -> Location | None:
    """What a link on the page with that path and key leads to; None for what is outside of the service."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path and not parts.query:
        own = urlsplit(key)
        return Location(unquote(own.path), tuple(parse_qsl(own.query)), fragment=parts.fragment)
    target = unquote(parts.path) if parts.path else path
    target = f"/{target.strip('/')}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    # A text to be read is in the reader's language, also where no address says so.
    is_spoken = any(name == "lang" for name, _ in pairs) or target.endswith(".docx")
    return _for_browser(target, [pair for pair in pairs if pair[0] != "lang"], is_spoken, parts.fragment)


def _for_browser(path: str, pairs: list[tuple[str, str]], is_spoken: bool, fragment: str) -> Location:
    names = {name for name, _ in pairs}
    is_data = _is_file(path)
    if path.rpartition("/")[2] == _SEARCH and "q" in names and names <= {"q", "kind"}:
        return Location(path, (), is_spoken, urlencode(pairs), fragment)
    if path.startswith(_SOURCE) and names == {_LINES} and not is_data:
        cited = LINES.fullmatch(pairs[0][1])
        first = int(cited["first"]) if cited else 1
        part = (first - 1) // PAGE_LINES + 1
        shown = ((PAGE.name, str(part)),) if part > 1 else ()
        return Location(path, shown, is_spoken, urlencode(pairs), f"L{first}" if fragment else "")
    # Data are whole in the site, whichever part or choice of a list they are linked from.
    kept = () if is_data else tuple(pair for pair in pairs if pair != (PAGE.name, "1"))
    return Location(path, kept, is_spoken, "", fragment)


def _is_file(path: str) -> bool:
    return path.rpartition("/")[2].rpartition(".")[2] in _FILES and not path.startswith("/page/")


def _is_name(path: str) -> bool:
    """Whether every segment can be the name of a file."""
    segments = path.strip("/").split("/")
    return not any(_UNSAFE_NAME.search(name) or len(name.encode()) > _LONGEST_NAME for name in segments)


def _as_name(value: str) -> str:
    """A value as part of a file's name, another for each value.

    >>> _as_name("id/kemi/unit/a"), _as_name("50 %~")
    ('id~2Fkemi~2Funit~2Fa', '50~20~25~7E')
    """
    return quote(value, safe="").replace("~", "%7E").replace("%", "~")


def _pattern(rule: str) -> str:
    return re.escape(rule).replace(r"\*", ".*")


_DISALLOWED = re.compile("|".join(map(_pattern, DISALLOWED)))
