"""The templates, styles and scripts of the pages, which lie with the code of their page."""

from functools import cache
from pathlib import Path

from flask import Response, abort, send_file
from jinja2 import FileSystemLoader

PAGES = Path(__file__).parents[1]
_SUFFIXES = (".css", ".js", ".svg", ".png")


def template_loader() -> FileSystemLoader:
    """Loads a template by its folder and name, such as `trace/trace.html`."""
    return FileSystemLoader(PAGES)


def static_file(name: str) -> Response:
    """A style, script or picture at `/static/`, by its name alone."""
    file = _files().get(name)
    if file is None:
        abort(404)
    return send_file(file)


@cache
def _files() -> dict[str, Path]:
    return {file.name: file for file in PAGES.glob("*/*") if file.suffix in _SUFFIXES}
