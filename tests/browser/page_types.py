"""The types of page of the service, each with an address, from `tests/data/browser/pages.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "browser" / "pages.toml"
ENTRIES = tomllib.loads(FILE.read_text("utf-8"))
NAMES = frozenset(ENTRIES)


@dataclass(frozen=True, slots=True)
class PageType:
    """A type of page: an address of it, words that a Finnish reader sees there, and the status of the answer."""

    name: str
    address: str
    see: str
    status: int = 200

    @property
    def is_variant(self) -> bool:
        """Whether it is another state of a type, whose name its own begins with: `search-none` of `search`."""
        begin, dash, _ = self.name.partition("-")
        return bool(dash) and begin in NAMES


PAGE_TYPES = tuple(PageType(name, **entry) for name, entry in ENTRIES.items())
