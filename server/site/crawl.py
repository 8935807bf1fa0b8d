"""Finds what the site has: everything that links of its pages lead to, from the front page and the lists of things."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path

from hytegraph.graph.languages import LANGUAGES, Language
from hytegraph.server.http.negotiation import HTML
from hytegraph.server.site.folder import SiteError, write_file
from hytegraph.server.site.locations import SUFFIXES, Location, location_of
from hytegraph.server.site.records import Records
from hytegraph.server.site.rendering import Answer, Renderer
from hytegraph.server.site.rewriting import HREF, Target
from hytegraph.server.site.workers import Workers

Tell = Callable[[int, int], None]
FIRST = LANGUAGES[0]
# Beyond this a folder of files is the wrong form for the data.
MOST_FILES = 400_000
# The town that an address names by a thing of it, or else the first word, which may be that of a town.
_TOWN = re.compile(r"/[^?]*?\bid/([^/?]+)|/([^/?]+)")
_THING = re.compile(r"/id/[^/]+/([^/]+)/")
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")


@dataclass(slots=True)
class Found:
    """What the site has by key, the pages among it, and what answered with a failure."""

    targets: dict[str, Target] = field(default_factory=dict)
    pages: dict[str, Location] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Making:
    """What the visits share: who is asked, where data go, and where pages wait for their links."""

    renderer: Renderer
    records: Records
    folder: Path
    drafts: Path


@dataclass(frozen=True, slots=True)
class Visit:
    """What one address answered with, and the addresses that it leads to."""

    location: Location
    target: Target | None
    status: int
    leads: frozenset[Location] = frozenset()


def crawl(renderer: Renderer, records: Records, folder: Path, drafts: Path, jobs: int, tell: Tell) -> Found:
    """Write all data to the folder and all pages as the service has them to `drafts`, and say what there is.

    Raises SiteError where there is more than a site can hold.
    """
    found = Found()
    known: set[tuple[str, bool]] = set()
    making = _Making(renderer, records, folder, drafts)
    listed = [Location("/"), *_listed(renderer, "/sitemap.xml")]
    # What the first of each kind reads is kept by this process, so that all workers begin with it.
    first = _fresh({_kind(location): location for location in listed}.values(), known)
    visits = [visit for location in first for visit in _visit(making, location)]
    level: Iterable[Location] = listed
    with Workers(making, jobs) as workers:
        while True:
            for visit in visits:
                known.add(visit.location.name)
                _note(found, visit)
            tell(len(found.targets), len(known))
            level = (*level, *(lead for visit in visits for lead in visit.leads))
            fresh = _fresh(level, known)
            if not fresh:
                return found
            if len(known) > MOST_FILES:
                raise SiteError(f"there are more than {MOST_FILES} pages and files; use 'hytegraph serve'")
            level, visits = (), [visit for visits in workers.run(_visit, fresh) for visit in visits]


def _kind(location: Location) -> tuple[str, str, tuple[str, ...]]:
    """What addresses of one kind have in common: the first word, the kind of thing, and the names of parameters."""
    thing = _THING.search(location.path)
    return (
        location.path.split("/")[1],
        thing[1] if thing else "",
        tuple(name for name, _ in location.query),
    )


def _fresh(level: Iterable[Location], known: set[tuple[str, bool]]) -> list[Location]:
    """What is to be visited and was not yet: a page is one in all languages, data are others in each."""
    fresh = {location.name: location for location in level if location.is_followed}
    names = sorted(fresh.keys() - known, key=_by_town)
    known.update(names)
    return [fresh[name] for name in names]


def _by_town(name: tuple[str, bool]) -> tuple[str, tuple[str, bool]]:
    """One town after the other: queries of a town read its quads alone, and those of a few are kept."""
    found = _TOWN.match(name[0])
    return (found[1] or found[2] if found else "", name)


def draft_name(key: str, language: Language) -> str:
    """The name of the file of a page as the service has it in a language."""
    name = hashlib.sha256(key.encode()).hexdigest()
    return f"{language}/{name[:2]}/{name[2:32]}.html"


def _listed(renderer: Renderer, path: str) -> Iterable[Location]:
    """The pages of a sitemap, or of all those that it lists."""
    answer = renderer.get(path, FIRST)
    for address in _LOCATION.findall(answer.body.decode()):
        # The site may stand under a path; what follows is its own.
        own = unescape(address).removeprefix(renderer.address)
        if own.endswith("sitemap.xml") or own == "sitemap-pages.xml":
            yield from _listed(renderer, f"/{own}")
        elif location := location_of(f"/{own}", "/", "/"):
            yield location


def _note(found: Found, visit: Visit) -> None:
    key = visit.location.key
    if visit.target is None:
        # What the service gives in part alone, or says to be gone, is none of its failures.
        if visit.status not in (200, 410):
            found.failed[key] = visit.status
        return
    found.targets[key] = visit.target
    if visit.target.is_page:
        found.pages[key] = visit.location


def _visit(making: _Making, location: Location) -> list[Visit]:
    """What one address answers with; that of a page in all languages, and with it the other forms of the page."""
    if record := making.records.iri(location.path):
        return _visit_record(making, location, record)
    answer = making.renderer.get(location.key, FIRST, is_spoken=location.is_spoken and location.is_data)
    if answer.location:
        target = Target(is_page=False, media_type="", moved=_own(answer.location, making.renderer.address))
        lead = location_of(target.moved, location.path, location.key)
        return [Visit(location, target, answer.status, frozenset((lead,) if lead else ()))]
    if answer.is_page:
        return _visit_page(making, location, answer)
    if answer.status != 200 or answer.is_cut or not (location.is_data or answer.media_type in SUFFIXES):
        return [Visit(location, None, answer.status)]
    write_file(making.folder / location.data_file(answer.media_type), answer.body)
    if location.is_spoken and location.is_data:
        for language in LANGUAGES[1:]:
            spoken = making.renderer.get(location.key, language, is_spoken=True)
            write_file(making.folder / location.data_file(answer.media_type, language), spoken.body)
    return [Visit(location, Target(False, answer.media_type), answer.status)]


def _visit_page(making: _Making, location: Location, answer: Answer) -> list[Visit]:
    write_file(making.drafts / draft_name(location.key, FIRST), answer.body)
    for language in LANGUAGES[1:]:
        write_file(
            making.drafts / draft_name(location.key, language),
            making.renderer.get(location.key, language).body,
        )
    leads = _leads(answer.body.decode(), location)
    own = sorted((lead for lead in leads if lead.is_form_of(location)), key=lambda lead: lead.key)
    page = Visit(location, Target(True, answer.media_type), answer.status, leads - set(own))
    return [page, *(visit for lead in own for visit in _visit(making, lead))]


def _visit_record(making: _Making, location: Location, iri: str) -> list[Visit]:
    """The record of a thing, once for all languages, and the data of the thing."""
    page = making.records.page(iri)
    if page is None:
        return [Visit(location, None, making.renderer.get(location.key, FIRST).status)]
    write_file(making.drafts / draft_name(location.key, FIRST), page.encode())
    forms = []
    for syntax, data in making.records.data(iri).items():
        form = Location(f"{location.path.replace('/page/', '/data/', 1)}.{syntax.extension}")
        write_file(making.folder / form.data_file(syntax.media_type), data)
        forms.append(Visit(form, Target(False, syntax.media_type), 200))
    leads = {lead for lead in _leads(page, location) if not lead.is_form_of(location)}
    return [Visit(location, Target(True, HTML, languages=(FIRST,)), 200, frozenset(leads)), *forms]


def _leads(text: str, page: Location) -> frozenset[Location]:
    hrefs = set(HREF.findall(text))
    # From where a link leads that begins at the root is all the same, and most are on many pages.
    places = (("/", "/") if href.startswith("/") else (page.path, page.key) for href in hrefs)
    leads = (_lead(href, *place) for href, place in zip(hrefs, places, strict=True))
    return frozenset(lead for lead in leads if lead and lead.key != page.key)


@lru_cache(maxsize=200_000)
def _lead(href: str, path: str, key: str) -> Location | None:
    """What a link on the page with that path and key leads to, without a place there; None for what is not followed."""
    location = location_of(unescape(href), path, key)
    if location is None or not location.is_followed:
        return None
    return Location(location.path, location.query, location.is_spoken)


def _own(address: str, root: str) -> str:
    """Where a redirect leads, as a link of the service: its own addresses may begin with that of the site."""
    return f"/{address.removeprefix(root)}" if address.startswith(root) else address
