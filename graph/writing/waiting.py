"""Texts whose head is known when all of them are written: they wait in memory, or in a temporary file for its end."""

from collections.abc import Callable, Iterable
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

# More than so many bytes wait on the disk.
IN_MEMORY = 1 << 20


def write_waiting(texts: Iterable[str], head: Callable[[], str], out: BinaryIO, end: str = "") -> None:
    """Write the texts between a head, which is asked for last, and an end; nothing of them where one cannot be had."""
    with SpooledTemporaryFile(IN_MEMORY) as body:
        for text in texts:
            body.write(text.encode())
        out.write(head().encode())
        body.seek(0)
        copyfileobj(body, out)
        out.write(end.encode())
