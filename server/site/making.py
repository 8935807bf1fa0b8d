"""Makes the site of a release: what the command `site` and the publication of a release call."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hytegraph.graph.languages import LANGUAGES
from hytegraph.graph.search.index import SearchIndex
from hytegraph.graph.search.open_index import IndexSource
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.settings import Settings
from hytegraph.server.site.crawl import FIRST, Found, Tell, crawl, draft_name
from hytegraph.server.site.earlier import find_made, made_of, write_made
from hytegraph.server.site.editor import put_editor, put_terms, query_at, targets_of
from hytegraph.server.site.folder import Changes, SiteError, check_folder, replace_files, write_file
from hytegraph.server.site.locations import PREFIXES, Location
from hytegraph.server.site.options import SiteOptions
from hytegraph.server.site.records import Records
from hytegraph.server.site.rendering import Renderer
from hytegraph.server.site.rewriting import Page, Rewriter, page_of
from hytegraph.server.site.searching import write_search
from hytegraph.server.site.server_files import write_moved, write_server_files
from hytegraph.server.site.workers import Workers


@dataclass(frozen=True, slots=True)
class Site:
    """What was made: the pages in all languages, the changes of the folder, and what answered with a failure."""

    pages: int
    changes: Changes
    failed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Writing:
    """What the pages share while they are written."""

    renderer: Renderer
    found: Found
    rewriter: Rewriter
    drafts: Path
    folder: Path


def make_site(settings: Settings, served: Dataset, out: Path, options: SiteOptions, tell: Tell) -> Site:
    """Write the pages and data of a release as files to a folder of their own, and change there what has changed.

    The same release gives the same bytes. Raises SiteError for an address that is none, a folder that holds other
    files, and data that are too many for a site.
    """
    address = _address(options.address)
    check_folder(out)
    source = IndexSource.of(served)
    index = source.index
    if index is None:
        raise SiteError("a site is made of a release with its search index; make one with 'hytegraph build'")
    made_from = made_of(settings, served, options, out)
    if earlier := find_made(out, made_from):
        return Site(earlier.pages, Changes(earlier.files, earlier.bytes, 0, 0), earlier.failed)
    jobs = options.jobs or os.cpu_count() or 1
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.absolute().parent) as temporary:
        made, drafts = Path(temporary) / "site", Path(temporary) / "drafts"
        made.mkdir()
        drafts.mkdir()
        browser = None if options.service else put_editor(served, made)
        renderer = Renderer.of(settings, served, source, address, browser)
        found = crawl(renderer, Records(served, settings.base), made, drafts, jobs, tell)
        if browser:
            put_terms(renderer, made)
            found.targets.update(targets_of(browser))
        rewriter = Rewriter(found.targets, options.service, query_at if browser else None)
        writing = _Writing(renderer, found, rewriter, drafts, made)
        pages = [found.pages[key] for key in sorted(found.pages)]
        with Workers(writing, jobs) as workers:
            workers.run(_write_page, pages)
        _write_the_rest(writing, pages, address)
        _write_search(settings, served, index, writing.rewriter, made)
        count = sum(len(found.targets[page.key].languages) for page in pages)
        write_made(made, made_from, count, found.failed)
        out.mkdir(parents=True, exist_ok=True)
        changes = replace_files(made, out)
    return Site(count, changes, found.failed)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SiteError(f"'{text}' is no address of a site; it is http(s)://host/ or http(s)://host/path/")
    return text.rstrip("/") + "/"


def _write_page(writing: _Writing, location: Location) -> None:
    for language in writing.found.targets[location.key].languages:
        text = (writing.drafts / draft_name(location.key, language)).read_text("utf-8")
        page = writing.rewriter.page(text, page_of(location, language))
        write_file(writing.folder / location.page_file(language), page.encode())


def _write_the_rest(writing: _Writing, pages: Sequence[Location], address: str) -> None:
    """What no page of the service is: scripts, pages that lead on, and what web servers and crawlers read."""
    for script in sorted(Path(__file__).parent.glob("*.js")):
        shutil.copyfile(script, writing.folder / "static" / script.name)
    root, targets = urlsplit(address).path, writing.found.targets
    for language in LANGUAGES:
        text = writing.renderer.get("/404.html", language).body.decode()
        page = page_of(Location("/"), language, root)
        (writing.folder / PREFIXES[language] / "404.html").write_text(
            writing.rewriter.page(text, page), "utf-8"
        )
        for key in sorted(key for key, target in targets.items() if target.moved and "?" not in key):
            location = Location(key)
            there = writing.rewriter.address(key, page_of(location, language))
            if there is not None and not location.is_data:
                write_moved(writing.folder, location.page_file(language), there)
    write_server_files(writing.folder, address, pages, targets)


def _write_search(
    settings: Settings, served: Dataset, index: SearchIndex, rewriter: Rewriter, made: Path
) -> None:
    assert served.release is not None
    root = Page("/", "/", FIRST, "")

    def address_of(path: str) -> str | None:
        return rewriter.address(path, root)

    write_search(served.release.path, index, settings.base, address_of, made)
