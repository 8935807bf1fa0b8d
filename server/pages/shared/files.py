"""The templates, styles and scripts of the pages, which lie with the code of their page."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from flask import Response, abort, send_file
from jinja2 import FileSystemBytecodeCache, FileSystemLoader

PAGES = Path(__file__).parents[1]
_SUFFIXES = (".css", ".js", ".svg", ".png")


def template_loader() -> FileSystemLoader:
    """Loads a template by its folder and name, such as `trace/trace.html`."""
    return FileSystemLoader(PAGES)


def kept_templates(folder: Path) -> FileSystemBytecodeCache | None:
    """Keeps compiled templates for the next start; None where the folder cannot be written to.

    To compile the templates of a page takes longer than to fill them in. A template that has changed is compiled anew.
    """
    place = folder / "templates"
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(place)) if os.access(place, os.W_OK | os.X_OK) else None


def static_file(name: str) -> Response:
    """A style, script or picture at `/static/`, by its name alone."""
    file = _files().get(name)
    if file is None:
        abort(404)
    return send_file(file)


@cache
def _files() -> dict[str, Path]:
    return {file.name: file for file in PAGES.glob("*/*") if file.suffix in _SUFFIXES}
