"""What is put to a file by way of buffers is in it, whatever the file system can; a disk that fails leaves no file done."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hytegraph.loaders.release import disk_file
from hytegraph.loaders.release.disk_file import DiskFile

BUFFER = 4096


@pytest.fixture(autouse=True)
def small_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_file, "_BUFFER", BUFFER)


def put(file: Path, data: bytes, most: int = 1000) -> int:
    """Write the data in pieces; the size of the file as it was told."""
    with DiskFile(file) as target:
        while data:
            room = target.room(min(most, len(data)))
            room[:], data = data[: len(room)], data[len(room) :]
            target.fill(len(room))
    return target.size


@pytest.mark.parametrize("length", [0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 9 * BUFFER, 9 * BUFFER + 17])
@pytest.mark.parametrize("most", [1000, 1 << 20])
def test_a_file_holds_what_was_put_to_it(length: int, most: int, tmp_path: Path) -> None:
    data = os.urandom(length)

    assert put(tmp_path / "file", data, most) == length
    assert (tmp_path / "file").read_bytes() == data


def test_a_longer_file_that_was_there_is_gone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(10 * BUFFER))
    put(tmp_path / "file", b"new")

    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_file_system_that_cannot_write_past_memory_gets_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(file: Path, flags: int, mode: int, own: Callable[..., int] = os.open) -> int:
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, "Invalid argument")
        return own(file, flags, mode)

    monkeypatch.setattr(os, "open", opened)
    data = os.urandom(3 * BUFFER + 5)
    put(tmp_path / "file", data)

    assert (tmp_path / "file").read_bytes() == data


def test_a_short_write_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_file, "_PAST_MEMORY", 0)
    own = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: own(descriptor, data[:700]))
    data = os.urandom(3 * BUFFER + 5)
    put(tmp_path / "file", data)

    assert (tmp_path / "file").read_bytes() == data


@pytest.mark.parametrize("length", [10, 20 * BUFFER])
@pytest.mark.parametrize("fails", ["write", "fsync"])
def test_a_disk_that_fails_is_told(
    length: int, fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([OSError(errno.EIO, "the disk is broken")])
    own: Callable[..., int] = getattr(os, fails)

    def broken(*arguments: object) -> int:
        # As Linux has it, a failure is told once.
        for failure in failures:
            raise failure
        return own(*arguments)

    monkeypatch.setattr(os, fails, broken)
    with pytest.raises(OSError, match="broken"):
        put(tmp_path / "file", bytes(length))
