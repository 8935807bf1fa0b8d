"""Every link of a static site: which of them lead nowhere."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_LINK = re.compile(r'<(?:a|link|script|img|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_HOST = "https://site.invalid"


def _place(fragment: str) -> str:
    """The place that a fragment names; `#query=` holds what the field of that name begins with."""
    return "query" if fragment.startswith("query=") else unquote(fragment)


def broken(out: Path, root: str) -> Iterator[str]:
    """The links of the pages that lead to no file or no place in one, of a site that stands under the path `root`."""
    ids: dict[Path, set[str]] = {}

    def ids_of(file: Path) -> set[str]:
        if file not in ids:
            ids[file] = {unescape(name) for name in _ID.findall(file.read_text("utf-8"))}
        return ids[file]

    for page in sorted(out.rglob("*.html")):
        own = f"{_HOST}{root}{page.relative_to(out).as_posix().removesuffix('index.html')}"
        for href in set(_LINK.findall(page.read_text("utf-8"))):
            address = urlsplit(urljoin(own, unescape(href)))
            if f"{address.scheme}://{address.netloc}" != _HOST:
                continue
            file = out / unquote(address.path).removeprefix(root)
            file = file / "index.html" if address.path.endswith("/") else file
            if not address.path.startswith(root) or not file.is_file():
                yield f"{page.relative_to(out)}: {href} is no file"
            elif address.fragment and file.suffix == ".html" and _place(address.fragment) not in ids_of(file):
                yield f"{page.relative_to(out)}: {href} has no such place"
