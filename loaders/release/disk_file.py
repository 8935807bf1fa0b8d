"""A large file is written to the disk past the memory in which the system keeps files, where the file system can.

Where that memory is full, as it is while a country is merged, to put further gigabytes there takes longer than to write
them, and the parts that the next build reads have to go.
"""

import fcntl
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from mmap import mmap
from pathlib import Path
from types import TracebackType
from typing import Self

# A multiple of every block size; so much is written at one time while the next is filled.
_BUFFER = 1 << 23
_BUFFERS = 3


class DiskFile:
    """A new file, filled by way of buffers; left without an error it is whole and on the disk.

    What is passed on is written by a thread of its own. Raises OSError where the disk does not take it.
    """

    def __init__(self, file: Path) -> None:
        self._descriptor = _open(file)
        # Memory of its own pages, as such files want it.
        self._free = deque(memoryview(mmap(-1, _BUFFER)) for _ in range(_BUFFERS))
        self._buffer = self._free.popleft()
        self._filled = 0
        self._written: deque[Future[memoryview]] = deque()
        self._thread = ThreadPoolExecutor(1)
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._end()
        finally:
            self._thread.shutdown()
            os.close(self._descriptor)

    def room(self, most: int) -> memoryview:
        """Memory to write the next bytes to, at most so many; it stays as it is until room is asked for again."""
        if self._filled == _BUFFER:
            self._written.append(self._thread.submit(self._write, self._buffer))
            if not self._free:
                self._free.append(self._written.popleft().result())
            self._buffer, self._filled = self._free.popleft(), 0
        return self._buffer[self._filled : self._filled + most]

    def fill(self, length: int) -> None:
        """Say that so many bytes have been written to the room."""
        self._filled += length
        self.size += length

    def _write(self, data: memoryview) -> memoryview:
        left = data
        while left:
            left = left[os.write(self._descriptor, left) :]
        return data

    def _end(self) -> None:
        for written in self._written:
            written.result()
        # The last bytes fill no block.
        flags = fcntl.fcntl(self._descriptor, fcntl.F_GETFL)
        fcntl.fcntl(self._descriptor, fcntl.F_SETFL, flags & ~_PAST_MEMORY)
        self._write(self._buffer[: self._filled])
        os.fsync(self._descriptor)


_PAST_MEMORY: int = getattr(os, "O_DIRECT", 0)


def _open(file: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        return os.open(file, flags | _PAST_MEMORY, 0o666)
    except OSError:
        # A file system in memory, for one, knows no such way.
        return os.open(file, flags, 0o666)
