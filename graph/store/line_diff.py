"""The lines in which two large sorted files differ: what they have in common is compared in blocks, not by line."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FIRST, _MOST, _LEAST = 4096, 4 * 2**20, 64
Bytes = mmap.mmap | bytes


def differing_lines(earlier: Path, later: Path, limit: int) -> tuple[set[bytes], set[bytes]] | None:
    """The lines that only the earlier file has, and those that only the later one has; None for more than the limit.

    Right for files in any order, and quick for sorted ones: some seconds for gigabytes. A line that a file holds twice
    counts as one.
    """
    gone: set[bytes] = set()
    new: set[bytes] = set()
    for line, is_new in differences(earlier, later):
        (new if is_new else gone).add(line)
        if len(gone) + len(new) > limit:
            return None
    return gone - new, new - gone


def differences(earlier: Path, later: Path) -> Iterator[tuple[bytes, bool]]:
    """Each line that one of two sorted files has alone, in the order of lines, and whether it is the later one's."""
    with _mapped(earlier) as before, _mapped(later) as after:
        here = there = 0
        while here < len(before) or there < len(after):
            common = _common(before, here, after, there)
            here, there = here + common, there + common
            one, other = _line(before, here), _line(after, there)
            if one == other:
                # The next difference is so near that no block was alike.
                here, there = here + len(one), there + len(other)
            while one != other:
                if other == b"" or b"" < one < other:
                    yield one, False
                    here += len(one)
                    one = _line(before, here)
                else:
                    yield other, True
                    there += len(other)
                    other = _line(after, there)


@contextmanager
def _mapped(file: Path) -> Iterator[Bytes]:
    with file.open("rb") as stream:
        if not file.stat().st_size:
            # Nothing cannot be mapped.
            yield b""
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def _common(before: Bytes, here: int, after: Bytes, there: int) -> int:
    """The length of the whole lines that both have from these places on; a line in common may be left out."""
    start, step = here, _FIRST
    while step >= _LEAST:
        block = before[here : here + step]
        if block and block == after[there : there + len(block)]:
            here, there = here + len(block), there + len(block)
            step = min(2 * step, _MOST)
        else:
            step //= 4
    return max(before.rfind(b"\n", start, here) + 1 - start, 0)


def _line(data: Bytes, start: int) -> bytes:
    """The line that starts there, with its end; nothing at the end of the data."""
    end = data.find(b"\n", start)
    return bytes(data[start : end + 1 if end >= 0 else len(data)])
