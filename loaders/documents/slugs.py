"""The registry of slugs: once a thing has its readable IRI, no change of wording changes it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.csv_files import PLAIN, Dialect, csv_bytes, read_csv
from hytegraph.graph.errors import TableError
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.iris import slug_of

FILE = "registry.csv"
HEADER = ("type", "scope", "slug", "wording")
Key = tuple[str, str, str]
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Slug:
    """A slug given to a wording of a thing; `type` and `scope` say where the slug is unique.

    A thing that is reworded keeps its slug when a person adds a line with the new wording and the old slug.
    """

    type: str
    scope: str
    slug: str
    wording: str


class Registry:
    """The slugs of things by wording, and the wording under which a thing is shown.

    Only a registry that `mints` gives a slug to a wording that has none; from any other it is a KeyError. `dialect` is
    that of its file.
    """

    def __init__(
        self,
        slugs: Iterable[Slug] = (),
        labels: Mapping[Key, str] | None = None,
        *,
        mints: bool = False,
        dialect: Dialect = PLAIN,
    ) -> None:
        self.dialect = dialect
        self.labels = dict(labels or {})
        self._mints = mints
        self._slugs: list[Slug] = []
        self._by_wording: dict[Key, str] = {}
        self._taken: set[Key] = set()
        for slug in slugs:
            self.add(slug)

    def __iter__(self) -> Iterator[Slug]:
        return iter(self._slugs)

    def slug(self, type_: str, scope: str, wording: str) -> str:
        """The slug that the wording is registered with; raises KeyError where it has none."""
        key = (type_, scope, wording_key(wording))
        if key not in self._by_wording and self._mints:
            self._mint(type_, scope, wording)
        return self._by_wording[key]

    def show(self, type_: str, scope: str, wording: str) -> None:
        """Show the thing under that wording, unless another has come before."""
        self.labels.setdefault((type_, scope, self.slug(type_, scope, wording)), wording)

    def label(self, type_: str, scope: str, wording: str) -> str:
        """The wording under which the thing of this wording is shown."""
        return self.labels.get((type_, scope, self.slug(type_, scope, wording)), wording)

    def _mint(self, type_: str, scope: str, wording: str) -> None:
        stem = slug_of(wording)
        candidate, number = stem, 1
        while (type_, scope, candidate) in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self.add(Slug(type_, scope, candidate, wording))

    def add(self, slug: Slug) -> None:
        """Register a slug; a wording keeps the first it has got."""
        self._slugs.append(slug)
        self._taken.add((slug.type, slug.scope, slug.slug))
        self._by_wording.setdefault((slug.type, slug.scope, wording_key(slug.wording)), slug.slug)


def read_registry(path: Path) -> Registry:
    """The registry of a document folder, empty where it has none; raises TableError for a broken line."""
    file = path / FILE
    if not file.exists():
        return Registry()
    table = read_csv(file, FILE)
    if table.header != HEADER:
        raise TableError(FILE, "-", f"the columns are not {', '.join(HEADER)}", line=table.header_line)
    slugs = []
    for line, cells in table.records():
        slug = Slug(**cells)
        if not _SLUG.fullmatch(slug.slug):
            reason = f"the slug '{slug.slug}' is not made of letters a to z, digits and '.', '-' or '_'"
            raise TableError(FILE, slug.type or "-", reason, line=line)
        slugs.append(slug)
    return Registry(slugs, dialect=table.dialect)


def write_registry(path: Path, slugs: Iterable[Slug], dialect: Dialect = PLAIN) -> None:
    """Write the registry, sorted by type, scope and slug."""
    rows = [(slug.type, slug.scope, slug.slug, slug.wording) for slug in slugs]
    (path / FILE).write_bytes(csv_bytes(HEADER, sorted(rows), dialect))
