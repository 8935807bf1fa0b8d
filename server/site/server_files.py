"""What web servers and crawlers read of a site: rules for nginx, Apache httpd and GitHub Pages, sitemap, robots.txt."""

from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urlsplit

from hytegraph.graph.formats import THING_FORMATS
from hytegraph.graph.languages import LANGUAGES
from hytegraph.server.http.headers import SECURITY_HEADERS
from hytegraph.server.pages.shared.paging import PAGE
from hytegraph.server.site.locations import INDEX, Location
from hytegraph.server.site.rewriting import Target

_SCRIPTS, _WASM = "script-src 'self'", "'wasm-unsafe-eval'"
# The limit of the sitemap protocol for one file.
_MOST_ADDRESSES = 50_000
_SAFE = "/:,;=@!$&'()*+~"
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_server_files(
    folder: Path, address: str, pages: Iterable[Location], targets: Mapping[str, Target]
) -> None:
    """Write them for a site that stands at an address; `targets` tell which data have an address without a suffix."""
    root = urlsplit(address).path
    bare = sorted(
        (key.strip("/"), Location(key).data_file(target.media_type).rpartition(".")[2])
        for key, target in targets.items()
        if not target.is_page and not target.moved and not Location(key).is_data
    )
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    values = {
        "root": root,
        "policy": policy,
        "worker_policy": policy.replace(_SCRIPTS, f"{_SCRIPTS} {_WASM}"),
    }
    for name, template, rules in (
        ("nginx.conf.example", "nginx.conf.txt", _nginx_rules(root, bare)),
        (".htaccess", "htaccess.txt", _apache_rules(bare)),
    ):
        text = files(__package__).joinpath(template).read_text("utf-8")
        for key, value in (values | rules).items():
            text = text.replace(f"@{key}@", value)
        (folder / name).write_text(text, "utf-8")
    # Without it GitHub Pages leaves out folders whose names begin with a dot.
    (folder / ".nojekyll").write_text("", "utf-8")
    # A crawler's time is worth what people read.
    read = (page for page in pages if targets[page.key].languages == LANGUAGES)
    _write_sitemap(folder, address, read)
    lines = ("User-agent: *", "Allow: /", f"Sitemap: {address}sitemap.xml")
    (folder / "robots.txt").write_text("\n".join(lines) + "\n", "utf-8")


def write_moved(folder: Path, file: str, address: str) -> None:
    """A page in place of one that has moved: it leads on by itself, and by a link where that is not wanted."""
    there = escape(address)
    text = (
        '<!doctype html>\n<html lang="fi">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{there}</title>\n<meta http-equiv="refresh" content="0; url={there}">\n'
        f'<link rel="canonical" href="{there}">\n</head>\n'
        f'<body><main><h1><a href="{there}">{there}</a></h1></main></body>\n</html>\n'
    )
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _nginx_rules(root: str, bare: Iterable[tuple[str, str]]) -> dict[str, str]:
    forms = "".join(
        f'  "~*{each.media_type.replace("+", chr(92) + "+")}" {each.extension};\n' for each in THING_FORMATS
    )
    moved = "".join(
        f"  location = {root}{name} {{ return 303 {root}{name}.{suffix}; }}\n" for name, suffix in bare
    )
    return {"forms": forms, "bare": moved}


def _apache_rules(bare: Iterable[tuple[str, str]]) -> dict[str, str]:
    forms = "".join(
        f"RewriteCond %{{HTTP_ACCEPT}} {each.media_type.replace('+', chr(92) + '+')} [NC]\n"
        f"RewriteRule ^(id|graph)/(.+?)/?$ data/$1/$2.{each.extension} [R=303,L]\n"
        for each in THING_FORMATS
    )
    moved = "".join(
        f"RewriteRule ^{name.replace('.', chr(92) + '.')}$ {name}.{suffix} [R=303,L]\n"
        for name, suffix in bare
    )
    return {"forms": forms, "bare": moved}


def _write_sitemap(folder: Path, address: str, pages: Iterable[Location]) -> None:
    """All pages but those of one choice of a list, in files of the length that the protocol allows, and their index."""
    addresses = [
        address + quote(page.page_file(language).removesuffix(INDEX), safe=_SAFE)
        for page in pages
        for language in LANGUAGES
        if all(name == PAGE.name for name, _ in page.query)
    ]
    parts = [addresses[at : at + _MOST_ADDRESSES] for at in range(0, len(addresses), _MOST_ADDRESSES)]
    if len(parts) == 1:
        _write_xml(folder / "sitemap.xml", "urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        _write_xml(folder / name, "urlset", "url", part)
    _write_xml(folder / "sitemap.xml", "sitemapindex", "sitemap", [address + name for name in names])


def _write_xml(file: Path, whole: str, part: str, addresses: Iterable[str]) -> None:
    entries = "".join(f"<{part}><loc>{escape(each)}</loc></{part}>\n" for each in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    file.write_text(f'{head}<{whole} xmlns="{_XMLNS}">\n{entries}</{whole}>\n', "utf-8")
