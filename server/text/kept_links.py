"""Keeps the readers of an old release in it: the links and forms of its pages name the release that they lead to."""

import re
from html import escape, unescape
from urllib.parse import quote

from hytegraph.server.http.parameters import RELEASE

# What has the same content whichever release is asked: files of the program, published files, pages on the service.
OF_NO_RELEASE = ("/static/", "/editor/", "/dumps/", "/releases", "/changes", "/problems", "/openapi.json")
# A link out of the old release, to what the same address shows now.
LATEST = "latest-version"
_LINKED = re.compile(r"<(a|link)\b([^>]*?)\shref=\"([^\"]*)\"([^>]*)>")
_FORM = re.compile(r"<form\b[^>]*>")
# They would ask the service about the release that it serves.
_SCRIPTS = re.compile(r"\s*<script\b[^>]*\ssrc=\"(?:/static/search\.js|/editor/[^\"]*)\"[^>]*></script>")
_TARGET = re.compile(r"<(/[^>]*)>")


def keep_in_page(text: str, version: str) -> str:
    """The page with links and forms that name the release, and without the scripts that cannot."""
    hidden = f'<input type="hidden" name="{RELEASE.name}" value="{escape(version)}">'
    text = _SCRIPTS.sub("", text)
    text = _FORM.sub(lambda found: found[0] + hidden, text)
    return _LINKED.sub(lambda found: _anchor(found, version), text)


def keep_in_header(links: str, version: str) -> str:
    """The value of a Link header with targets that name the release."""
    return _TARGET.sub(lambda found: f"<{keep(found[1], version)}>", links)


def keep(address: str, version: str) -> str:
    """An address of the service with the release in its query; one that leads elsewhere as it is."""
    if not address.startswith(("/", "?")) or address.startswith(("//", *OF_NO_RELEASE)):
        return address
    before, hash_sign, fragment = address.partition("#")
    path, _, query = before.partition("?")
    pairs = [pair for pair in query.split("&") if pair and not pair.startswith(f"{RELEASE.name}=")]
    return f"{path}?{'&'.join([*pairs, f'{RELEASE.name}={quote(version)}'])}{hash_sign}{fragment}"


def _anchor(found: re.Match[str], version: str) -> str:
    name, before, href, after = found.groups()
    if f'rel="{LATEST}"' in before + after:
        return found[0]
    return f'<{name}{before} href="{escape(keep(unescape(href), version))}"{after}>'
