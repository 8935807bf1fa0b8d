"""Rules for web servers: an identifier leads to its page or its data, a retired one to its successor.

The identifiers begin with the base, the files lie at the address of the folder; both may be anywhere. For nginx there
is what stands in `http` and what stands in `server`; for Apache and for the repository of w3id.org a `.htaccess`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from hytegraph.graph.formats import GRAPH_FORMATS, JSON_LD, TRIG, TURTLE
from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.releases.row import Published
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.publishing.folder import OutFolder

_RETIRED = stored_query(__name__, "retired")
_HASHES = "map_hash_max_size 65536;\nmap_hash_bucket_size 512;\n"
# Kinds of file that few servers know, and the usual ones, which a list of types in nginx takes the place of.
_TYPES = {syntax.extension: syntax.media_type for syntax in GRAPH_FORMATS} | {
    "atom": "application/atom+xml",
    "cff": "application/yaml",
    "csv": "text/csv",
}
_USUAL_TYPES = {
    "css": "text/css",
    "gz": "application/gzip",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zst": "application/zstd",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules are made from: base and address, the name of the data, the towns, and what is retired.

    `retired` are the paths after the base with the IRIs of what has taken their place, '' for nothing. Where the folder
    has pages, browsers are led to these.
    """

    base: str
    address: str
    name: str
    towns: tuple[str, ...]
    retired: Mapping[str, str]
    has_pages: bool

    @property
    def dumps(self) -> str:
        """Where the data lie."""
        return f"{self.address}dumps/{self.name}"

    @property
    def of_towns(self) -> str:
        """A regular expression for the slugs of the towns."""
        return "|".join(map(re.escape, self.towns))


def write_redirects(
    out: OutFolder, release: Published, dataset: Dataset, address: str, *, has_pages: bool = False
) -> None:
    """Write the rules for each kind of server."""
    base = str(release.manifest["base"])
    retired = {
        row.text("thing").removeprefix(base): row.text("successor") for row in dataset.select(_RETIRED)
    }
    rules = Rules(base, address, release.name, tuple(sorted(release.manifest["towns"])), retired, has_pages)
    out.write("redirects/nginx-http.conf", "".join(nginx_http(rules)).encode())
    out.write("redirects/nginx-server.conf", "".join(nginx_server(rules)).encode())
    out.write("redirects/htaccess", "".join(htaccess(rules)).encode())


def nginx_http(rules: Rules) -> Iterator[str]:
    """What stands in `http`: what a client wants, and what has become of retired identifiers."""
    path = urlsplit(rules.base).path
    yield f"# For http {{ }} of nginx: which form a client wants, and retired identifiers under {rules.base}\n"
    yield _HASHES
    yield "map $http_accept $hytegraph_form {\n  default ttl;\n"
    if rules.has_pages:
        yield '  "~*text/html" html;\n'
    yield '  "~*application/ld\\+json" jsonld;\n}\n'
    for name, values in (
        ("successor", {old: new for old, new in rules.retired.items() if new}),
        ("gone", {old: "1" for old, new in rules.retired.items() if not new}),
    ):
        yield f'map $uri $hytegraph_{name} {{\n  default "";\n'
        yield from (f'  "{path}{old}" "{new}";\n' for old, new in sorted(values.items()))
        yield "}\n"


def nginx_server(rules: Rules) -> Iterator[str]:
    """What stands in `server`: where identifiers lead, and what kinds of file the data are."""
    base = re.escape(urlsplit(rules.base).path)
    yield f"# For server {{ }} of nginx: identifiers under {rules.base}, files at {rules.address}\n"
    kinds = "".join(f"  {kind} {suffix};\n" for suffix, kind in sorted((_TYPES | _USUAL_TYPES).items()))
    texts = " ".join(sorted({kind for kind in (_TYPES | _USUAL_TYPES).values() if kind.startswith("text/")}))
    # Text/html has its charset by itself, and naming it twice is a warning.
    texts = texts.replace("text/html ", "")
    yield f"types {{\n{kinds}}}\ncharset utf-8;\ncharset_types {texts};\n"
    yield "gzip_static on;\nadd_header Access-Control-Allow-Origin * always;\n"
    if rules.towns:
        yield f"location ~ ^{base}id/(?<hytegraph_town>{rules.of_towns})(?<hytegraph_rest>/.*)?$ {{\n"
        yield "  add_header Vary Accept always;\n  add_header Access-Control-Allow-Origin * always;\n"
        yield "  if ($hytegraph_gone) { return 410; }\n"
        yield "  if ($hytegraph_successor) { return 301 $hytegraph_successor; }\n"
        if rules.has_pages:
            page = f"{rules.address}page/id/$hytegraph_town$hytegraph_rest"
            yield f"  if ($hytegraph_form = html) {{ return 303 {page}; }}\n"
            yield f"  if ($hytegraph_form = jsonld) {{ return 303 {rules.dumps}/$hytegraph_town.jsonld; }}\n"
            yield f"  return 303 {rules.dumps}/$hytegraph_town.ttl;\n}}\n"
        else:
            yield f"  return 303 {rules.dumps}/$hytegraph_town.$hytegraph_form;\n}}\n"
    yield f"location ~ ^{base}(id|graph)/ {{ return 303 {rules.dumps}/hytegraph.{TRIG.extension}; }}\n"


def htaccess(rules: Rules) -> Iterator[str]:
    """For Apache in the folder of the base, or for the folder of the base in the repository of w3id.org."""
    yield f"# Identifiers under {rules.base}, files at {rules.address}\n"
    yield "RewriteEngine On\n"
    yield "<IfModule mod_headers.c>\nHeader always set Access-Control-Allow-Origin *\n"
    yield 'Header always merge Vary Accept "expr=%{REQUEST_STATUS} == 303"\n</IfModule>\n'
    for suffix, kind in sorted(_TYPES.items()):
        yield f'AddType "{kind}" .{suffix}\n'
    for old, new in sorted(rules.retired.items()):
        target = f'"{new}" [R=301,NE,L]' if new else "- [G]"
        yield f'RewriteRule "^{re.escape(old)}$" {target}\n'
    leads = [(JSON_LD.media_type.replace("+", "\\+"), f"{rules.dumps}/$1.{JSON_LD.extension}")]
    if rules.has_pages:
        leads.insert(0, ("text/html", f"{rules.address}page/id/$1$2"))
    if rules.towns:
        rule = f'RewriteRule "^id/({rules.of_towns})(/.*)?$"'
        for media_type, target in leads:
            yield f'RewriteCond %{{HTTP_ACCEPT}} "{media_type}"\n{rule} "{target}" [R=303,NE,L]\n'
        yield f'{rule} "{rules.dumps}/$1.{TURTLE.extension}" [R=303,NE,L]\n'
    yield f'RewriteRule "^(id|graph)/" "{rules.dumps}/hytegraph.{TRIG.extension}" [R=303,NE,L]\n'
