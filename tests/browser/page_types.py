"""The types of page of the service, each with an address, from `tests/data/browser/pages.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "browser" / "pages.toml"


@dataclass(frozen=True, slots=True)
class PageType:
    """A type of page: an address of it, words that a Finnish reader sees there, and the status of the answer."""

    name: str
    address: str
    see: str
    status: int = 200


PAGE_TYPES = tuple(PageType(name, **entry) for name, entry in tomllib.loads(FILE.read_text("utf-8")).items())
