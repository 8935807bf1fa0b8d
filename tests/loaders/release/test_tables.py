"""Summaries and search entries of a part are the same whichever process makes them."""

import subprocess
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import DEFAULT_BASE
from hytegraph.loaders.build import Options, build
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.release import make_part
from hytegraph.loaders.release.tables import Tables

FORM = Path(__file__).parents[2] / "data" / "loaders" / "lomake.txt"


@pytest.mark.whole
@pytest.mark.slow
def test_a_single_part_of_some_size_has_its_tables_made_beside_it_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_files([FORM], tmp_path / "alho", Town("Alho", "997"))
    beside: list[Tables] = []
    written_beside = Tables.written_beside

    def counted(tables: Tables, lines: bytes) -> AbstractContextManager[None]:
        beside.append(tables)
        return written_beside(tables, lines)

    monkeypatch.setattr(Tables, "written_beside", counted)

    def built(name: str, worth: int, jobs: int) -> dict[str, bytes]:
        monkeypatch.setattr(make_part, "WORTH_A_HELPER", worth)
        release = tmp_path / name / "release"
        assert build([tmp_path / "alho"], release, options=Options(jobs=jobs)).release
        return {file.name: file.read_bytes() for file in release.rglob("*") if file.is_file()}

    alone = built("alone", 0, 1)
    small = built("small", 1 << 30, 2)
    assert beside == []
    assert built("beside", 0, 2) == alone == small
    assert [tables.towns for tables in beside] == [("alho",)]


def test_a_process_that_fails_is_told_with_the_town(tmp_path: Path) -> None:
    tables = Tables(tmp_path / "nowhere", ("alho",), DEFAULT_BASE, None)

    message = r"^alho: summaries .* cannot be made \(.*No such file"
    with pytest.raises(BuildError, match=message), tables.written_beside(b""):
        pass


def test_where_the_part_fails_its_tables_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*given: Any, **named: Any) -> "subprocess.Popen[bytes]":
        started.append(start(*given, **named))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    began = time.monotonic()

    with (
        pytest.raises(ZeroDivisionError),
        Tables(tmp_path, ("alho",), DEFAULT_BASE, None).written_beside(b""),
    ):
        raise ZeroDivisionError

    assert started[0].returncode == -9
    assert time.monotonic() - began < 5
