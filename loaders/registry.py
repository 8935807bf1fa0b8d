"""The registry of slugs: once a thing has its readable IRI, no change of wording changes it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.iris import slug_of
from hytegraph.loaders.text import squash

FILE = "registry.csv"
HEADER = ("type", "scope", "slug", "wording", "document", "row")


@dataclass(frozen=True, slots=True)
class Slug:
    """A slug given to a thing: `type` and `scope` say where it is unique, document and row where it was first met."""

    type: str
    scope: str
    slug: str
    wording: str
    document: str = ""
    row: str = ""


def wording_key(wording: str) -> str:
    """The form in which two wordings count as the same: letters and digits only, case aside."""
    return "".join(character for character in squash(wording).casefold() if character.isalnum())


@dataclass(slots=True)
class Registry:
    """Slugs by place and by wording; new ones are minted by a pure function of what is already there."""

    slugs: list[Slug] = field(default_factory=list)
    _by_row: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    _by_wording: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _taken: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for slug in self.slugs:
            self._remember(slug)

    def __iter__(self) -> Iterator[Slug]:
        return iter(self.slugs)

    def slug(self, type_: str, scope: str, wording: str, *, document: str = "", row: str = "") -> str:
        """The slug of a thing: by the row it was registered from, by its wording, or a new one."""
        known = self._by_row.get((type_, scope, document, row)) if row else None
        known = known or self._by_wording.get((type_, scope, wording_key(wording)))
        return known or self._mint(type_, scope, wording, document, row)

    def wording(self, type_: str, scope: str, wording: str) -> str:
        """The wording under which a thing is shown: the one it was registered with."""
        slug = self.slug(type_, scope, wording)
        return next(known.wording for known in self.slugs if (known.type, known.scope, known.slug) == (type_, scope, slug))

    def _mint(self, type_: str, scope: str, wording: str, document: str, row: str) -> str:
        stem = slug_of(wording)
        candidate, number = stem, 1
        while (type_, scope, candidate) in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self.slugs.append(Slug(type_, scope, candidate, wording, document, row))
        self._remember(self.slugs[-1])
        return candidate

    def _remember(self, slug: Slug) -> None:
        self._taken.add((slug.type, slug.scope, slug.slug))
        self._by_wording.setdefault((slug.type, slug.scope, wording_key(slug.wording)), slug.slug)
        if slug.row:
            self._by_row.setdefault((slug.type, slug.scope, slug.document, slug.row), slug.slug)


def read_registry(path: Path) -> Registry:
    """The registry of a document folder, empty where it has none; raises TableError for a broken line."""
    file = path / FILE
    if not file.exists():
        return Registry()
    reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    if tuple(next(reader, ())) != HEADER:
        raise TableError(FILE, "-", f"the columns are not {', '.join(HEADER)}", line=1)
    slugs = []
    for cells in reader:
        if len(cells) != len(HEADER):
            raise TableError(
                FILE, cells[0] if cells else "-", "the number of cells is wrong", line=reader.line_num
            )
        slugs.append(Slug(*cells))
    return Registry(slugs)


def write_registry(path: Path, slugs: Iterable[Slug]) -> None:
    """Write the registry, sorted by type, scope and slug."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        (slug.type, slug.scope, slug.slug, slug.wording, slug.document, slug.row)
        for slug in sorted(slugs, key=lambda slug: (slug.type, slug.scope, slug.slug))
    )
    (path / FILE).write_text(out.getvalue(), encoding="utf-8")
