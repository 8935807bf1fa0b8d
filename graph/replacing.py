"""Files whose bytes are on the disk: whatever happens to the process or the machine, they keep them."""

import os
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Give the file these bytes; when this returns they are on the disk. Raises OSError where that cannot be."""
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def put_on_disk(file: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
