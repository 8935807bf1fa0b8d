"""The query editor of a site: the engine and data that a reader's browser loads, where they are built and few."""

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from hytegraph.graph.errors import HytegraphError
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.release import DATA
from hytegraph.server.pages.editor.in_browser import MOST_QUADS, InBrowser
from hytegraph.server.pages.editor.routes import SCRIPTS, asked_text, script_file
from hytegraph.server.site.folder import write_file
from hytegraph.server.site.locations import PREFIXES
from hytegraph.server.site.rendering import Renderer
from hytegraph.server.site.rewriting import Target

_FOLDER = "editor"
_PAGE = "/sparql"
_TERMS = "/editor/terms.json"
_COMPRESSION = 6
# The parameters that name a query, and those of which an answer is asked that only a service has.
_NAMING = frozenset(("query", "named", "question", "recipe", "trap"))
_ELSEWHERE = frozenset(("release", "format", "default-graph-uri", "named-graph-uri"))


def put_editor(served: Dataset, folder: Path) -> InBrowser | None:
    """Put the engine and the data of a release into the folder of its site; None where the pages go without them."""
    assert served.release is not None
    script = script_file()
    if script is None or sum(graph.triples for graph in served.graphs()) > MOST_QUADS:
        return None
    version = script.stem.removeprefix(_FOLDER)
    names = (script.name, f"worker{version}.js", f"oxigraph{version}.wasm.gz", "licences.txt")
    target = folder / _FOLDER
    target.mkdir()
    for name in names:
        shutil.copyfile(SCRIPTS / name, target / name)
    data = target / "data.nq.gz"
    # Without a time the same data are the same file.
    data.write_bytes(gzip.compress((served.release.path / DATA).read_bytes(), _COMPRESSION, mtime=0))
    script_at, worker, program, _ = (f"{_FOLDER}/{name}" for name in names)
    size = sum((folder / name).stat().st_size for name in (worker, program)) + data.stat().st_size
    return InBrowser(script_at, worker, program, f"{_FOLDER}/{data.name}", PREFIXES, size)


def put_terms(renderer: Renderer, folder: Path) -> None:
    """Put the terms that the editor completes into the folder, for each language."""
    for language, prefix in PREFIXES.items():
        write_file(folder / prefix / _TERMS[1:], renderer.get(_TERMS, language).body)


def targets_of(browser: InBrowser) -> Mapping[str, Target]:
    """What the page of the editor loads by links."""
    return {f"/{browser.script}": Target(False, "text/javascript")}


def query_at(href: str) -> str | None:
    """The text of the query that an address of the service puts into the editor; None for any other address."""
    parts = urlsplit(href)
    values = {name: value for name, value in parse_qsl(parts.query) if name != "lang"}
    if parts.path != _PAGE or not values.keys() & _NAMING or values.keys() & _ELSEWHERE:
        return None
    try:
        return values.get("query") or asked_text(values)
    except HytegraphError:
        return None
