"""`hytegraph doctor` says what is missing, and ends with 1 only when every use needs it."""

import re
import socket
from pathlib import Path

import pytest

from hytegraph.server.cli.main import main
from tests.engines import free_port


def doctor(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    code = main(["doctor", *options])
    return code, capsys.readouterr().out.splitlines()


def test_where_nothing_is_missing_it_ends_well_and_names_the_release(
    kemi_release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = doctor(capsys, "--release", str(kemi_release), "--port", str(free_port()))

    assert code == 0
    assert any(
        re.fullmatch(rf"fine: release {re.escape(str(kemi_release))}: \d+ quads", line) for line in lines
    )
    assert "fine: all Python packages that are needed" in lines


def test_a_port_that_is_taken_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, lines = doctor(capsys, "--port", str(port), "--release", str(tmp_path / "release"))

    assert code == 1
    assert any(line.startswith("MISSING: somebody listens on") and str(port) in line for line in lines)
    assert f"optional: there is no release {tmp_path / 'release'}; `hytegraph build` makes it" in lines


def test_what_a_part_of_the_work_needs_is_optional(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, lines = doctor(
        capsys, "--port", str(free_port()), "--release", str(tmp_path / "r"), "--language", "sv"
    )

    assert code == 0
    assert {line.partition(":")[0] for line in lines if "saknas" in line} == {"valfritt"}
    assert sum("saknas" in line for line in lines) == 3


def test_the_headless_shell_is_a_browser(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = tmp_path / "chromium-headless-shell"
    shell.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    _, lines = doctor(capsys, "--port", str(free_port()), "--release", str(tmp_path / "r"))

    assert "fine: chromium: the tests of the pages can be run" in lines


def test_a_setting_that_cannot_be_used_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYTEGRAPH_TIMEOUT", "soon")
    code, lines = doctor(capsys)

    assert code == 1
    assert (
        "MISSING: a setting cannot be used: the setting timeout cannot be 'soon': it must be a whole number"
        in lines
    )
