"""Finds lines in a sorted file without reading the rest of it."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SortedLines:
    """The lines of a sorted file of N-Quads."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data

    @classmethod
    @contextmanager
    def open(cls, file: Path) -> Iterator["SortedLines"]:
        """The lines of a file; raises OSError, or ValueError for an empty file."""
        with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield cls(data)

    def starting(self, beginning: bytes) -> bytes:
        """The lines that start so."""
        return self._data[self.first(beginning) : self.first(beginning[:-1] + bytes([beginning[-1] + 1]))]

    def between(self, start: int, end: int | None = None) -> bytes:
        """The bytes from one place to another, or to the end of the file."""
        return self._data[start:end]

    def line_at(self, place: int) -> bytes:
        """The line that begins at a place."""
        return self._data[place : self._data.find(b"\n", place)]

    def first(self, line: bytes) -> int:
        """Where the first line stands that is not before the given one."""
        low, high = 0, len(self._data)
        while low < high:
            middle = (low + high) // 2
            start = self._data.rfind(b"\n", 0, middle) + 1
            end = self._data.find(b"\n", middle)
            end = len(self._data) if end < 0 else end + 1
            if self._data[start:end] < line:
                low = end
            else:
                high = start
        return low
