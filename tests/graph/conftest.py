"""Kemi and a town that is Kemi in other words, each as a unit and both in one dataset."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.graph.store.dataset import Dataset

FIRST, SECOND = "kemi", "lehtola"
_TEXT = re.compile(rb'"(@[a-z-]+)? (<[^<>]+> \.\n)$')


@dataclass(frozen=True, slots=True)
class Country:
    """The lines of two towns, those that are in both, and those whose subject is no thing of a town."""

    first: tuple[bytes, ...]
    second: tuple[bytes, ...]
    shared: tuple[bytes, ...]

    def whole(self) -> Dataset:
        return dataset_of(*self.first, *self.second)

    def units(self) -> dict[str, Dataset]:
        """Each town's quads and the common ones; and what belongs to no town."""
        return {
            FIRST: dataset_of(*self.first),
            SECOND: dataset_of(*self.second),
            "": dataset_of(*self.shared),
        }


def dataset_of(*lines: bytes) -> Dataset:
    return Dataset.of(b"".join(sorted(set(lines))))


@pytest.fixture(scope="session")
def country(kemi_release: Path) -> Country:
    lines = (kemi_release / "data.nq").read_bytes().splitlines(keepends=True)
    first = tuple(lines)
    second = tuple(_renamed(line) for line in lines)
    both = (*first, *second)
    shared = tuple(line for line in both if not line.startswith(_starts()))
    return Country(first, second, shared)


def _renamed(line: bytes) -> bytes:
    for kind in ("id", "graph"):
        old, new = (f"{DEFAULT_BASE}{kind}/{town}".encode() for town in (FIRST, SECOND))
        line = line.replace(old + b"/", new + b"/").replace(old + b">", new + b">")
    # What both towns say in the same words, a query that lists different words lists once.
    return _TEXT.sub(rb' L"\1 \2', line) if line.startswith(_starts()) else line


def _starts() -> tuple[bytes, ...]:
    return tuple(f"<{DEFAULT_BASE}id/{town}/".encode() for town in (FIRST, SECOND))


@pytest.fixture
def copied_release(kemi_release: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kemi_release, tmp_path / "release"))
