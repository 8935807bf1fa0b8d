"""Word and Excel files with other things in their parts than a library writes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path


def changed(file: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """The archive with other contents in its parts, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(name, change(name, archive.read(name)))
        for name, data in added.items():
            copy.writestr(name.replace("__", "/"), data)
    file.write_bytes(out.getvalue())
    return file


def in_part(part: str, before: str, after: str) -> Callable[[str, bytes], bytes]:
    """A change of one part."""

    def change(name: str, data: bytes) -> bytes:
        assert name != part or before.encode() in data
        return data.replace(before.encode(), after.encode(), 1) if name == part else data

    return change


def as_it_is(_: str, data: bytes) -> bytes:
    return data
