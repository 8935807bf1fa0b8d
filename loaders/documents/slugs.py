"""The registry of slugs: once a thing has its readable IRI, no change of wording changes it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.iris import slug_of
from hytegraph.loaders.documents.text import squash

FILE = "registry.csv"
HEADER = ("type", "scope", "slug", "wording")


@dataclass(frozen=True, slots=True)
class Slug:
    """A slug given to a wording of a thing; `type` and `scope` say where the slug is unique.

    A thing that is reworded keeps its slug when a person adds a line with the new wording and the old slug.
    """

    type: str
    scope: str
    slug: str
    wording: str


def wording_key(wording: str) -> str:
    """The form in which two wordings count as the same: letters and digits only, case aside."""
    return "".join(character for character in squash(wording).casefold() if character.isalnum())


@dataclass(slots=True)
class Registry:
    """Slugs by wording; new ones are minted by a pure function of what is already there."""

    slugs: list[Slug] = field(default_factory=list)
    _by_wording: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _taken: set[tuple[str, str, str]] = field(default_factory=set)
    _shown: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slug in self.slugs:
            self._remember(slug)

    def __iter__(self) -> Iterator[Slug]:
        return iter(self.slugs)

    def slug(self, type_: str, scope: str, wording: str) -> str:
        """The slug of a thing: the one its wording is registered with, or a new one."""
        known = self._by_wording.get((type_, scope, wording_key(wording)))
        return known or self._mint(type_, scope, wording)

    def wording(self, type_: str, scope: str, wording: str) -> str:
        """The wording under which a thing is shown: the first that this build's documents give."""
        return self._shown.setdefault((type_, scope, self.slug(type_, scope, wording)), wording)

    def _mint(self, type_: str, scope: str, wording: str) -> str:
        stem = slug_of(wording)
        candidate, number = stem, 1
        while (type_, scope, candidate) in self._taken:
            number += 1
            candidate = f"{stem}-{number}"
        self.slugs.append(Slug(type_, scope, candidate, wording))
        self._remember(self.slugs[-1])
        return candidate

    def _remember(self, slug: Slug) -> None:
        self._taken.add((slug.type, slug.scope, slug.slug))
        self._by_wording.setdefault((slug.type, slug.scope, wording_key(slug.wording)), slug.slug)


def read_registry(path: Path) -> Registry:
    """The registry of a document folder, empty where it has none; raises TableError for a broken line."""
    file = path / FILE
    if not file.exists():
        return Registry()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(FILE, "-", "the file is not UTF-8") from error
    reader = csv.reader(io.StringIO(text))
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
        (slug.type, slug.scope, slug.slug, slug.wording)
        for slug in sorted(slugs, key=lambda slug: (slug.type, slug.scope, slug.slug, slug.wording))
    )
    (path / FILE).write_text(out.getvalue(), encoding="utf-8")
