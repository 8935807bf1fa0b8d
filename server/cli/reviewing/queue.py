"""Which links wait, in what order, and how many of them have been judged."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hytegraph.loaders.links.judging.settling import as_suggested, opinions_of
from hytegraph.loaders.links.link import SUGGESTED, LinkAssertion
from hytegraph.loaders.links.review import urgency
from hytegraph.loaders.links.sssom import FOLDER, LinkTable, read_links

WAITING, DISPUTED, SECOND, MINE = "waiting", "disputed", "second", "mine"
STATES = (WAITING, DISPUTED, SECOND, MINE)


@dataclass(frozen=True, slots=True)
class Item:
    """A link of a table that may be judged; `uses` counts the links that touch what it is about."""

    table: str
    link: LinkAssertion
    uses: int

    @property
    def id(self) -> str:
        """A name of it that stays when its kind is corrected."""
        key = (self.table, *as_suggested(self.link).key)
        return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:16]

    @property
    def kind(self) -> str:
        """What the rule called it."""
        return as_suggested(self.link).kind

    def is_in(self, state: str, reviewer: str) -> bool:
        """Whether it is in a state, for a reviewer."""
        own = any(opinion.reviewer == reviewer for opinion in opinions_of(self.link))
        is_open = self.link.review_status == SUGGESTED
        return {
            WAITING: self.link.is_waiting,
            DISPUTED: is_open and self.link.is_reviewed,
            SECOND: self.link.is_reviewed and not own,
            MINE: own,
        }[state]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer wants to judge: links of a table, of a kind ('' for any), in a state."""

    table: str = ""
    kind: str = ""
    state: str = WAITING

    def arguments(self) -> dict[str, str]:
        """The choice as the address of the page has it."""
        values = {"table": self.table, "kind": self.kind, "state": self.state}
        return {name: value for name, value in values.items() if value}


class Queue:
    """The links of some tables in the order in which they are best judged."""

    def __init__(self, tables: tuple[LinkTable, ...]) -> None:
        self.tables = tables
        found = [(table.name, link) for table in tables for link in table.links]
        uses = Counter(end for _, link in found for end in {link.subject, link.object})
        items = (Item(name, link, uses[link.subject]) for name, link in found)
        self.items = tuple(
            sorted(items, key=lambda item: urgency(item.table, as_suggested(item.link), item.uses))
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each item by its id."""
        return {item.id: place for place, item in enumerate(self.items)}

    def of(self, choice: Choice) -> Iterator[Item]:
        """The items of a table and kind, in whatever state."""
        return (
            item for item in self.items if choice.table in ("", item.table) and choice.kind in ("", item.kind)
        )

    def next(self, choice: Choice, reviewer: str, after: str = "") -> Item | None:
        """The first item of the choice after another one, or from the beginning; None where there is none."""
        fitting = [item for item in self.of(choice) if item.is_in(choice.state, reviewer)]
        place = self.places.get(after, -1)
        return next(
            (item for item in fitting if self.places[item.id] > place), fitting[0] if fitting else None
        )

    def item(self, name: str) -> Item | None:
        """The item of an id."""
        place = self.places.get(name)
        return None if place is None else self.items[place]

    def kinds(self, table: str) -> tuple[str, ...]:
        """The kinds of links of a table, or of all, sorted."""
        return tuple(sorted({item.kind for item in self.of(Choice(table)) if item.kind}))

    def progress(self, choice: Choice) -> tuple[int, int]:
        """How many items of a table and kind a person has judged, and how many there are."""
        items = list(self.of(choice))
        return sum(item.link.is_reviewed for item in items), len(items)


class Tables:
    """The link tables of a folder, read again when one has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: dict[Path, tuple[int, int]] = {}
        self._read: dict[Path, LinkTable] = {}
        self._queue = Queue(())

    def queue(self) -> Queue:
        """The links as the tables hold them now; raises TableError for a broken table."""
        files = sorted((self._folder / FOLDER).glob("*.tsv"))
        stamps = {file: (stat.st_mtime_ns, stat.st_ino) for file in files if (stat := file.stat())}
        if stamps != self._stamps:
            changed = [file for file in files if stamps[file] != self._stamps.get(file)]
            self._read = {file: self._read[file] for file in files if file not in changed} | {
                file: read_links(file) for file in changed
            }
            self._queue = Queue(tuple(self._read[file] for file in files))
            self._stamps = stamps
        return self._queue
