"""The files for operators hold: nginx takes its example, the container runs without rights, the unit is confined."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web_servers import nginx_program

FILES = Path(__file__).parents[2] / "docs" / "how-to" / "files"


def test_nginx_takes_the_example(tmp_path: Path) -> None:
    program = nginx_program()
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=hyte.example.org",
    ]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    example = (FILES / "nginx.conf").read_text("utf-8")
    example = example.replace("/etc/ssl/certs/hyte.example.org.pem", str(certificate))
    example = example.replace("/etc/ssl/private/hyte.example.org.key", str(key))
    paths = "".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    whole = (
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{ }} "
        f"http {{ access_log off; client_body_temp_path {tmp_path}/body; {paths}\n{example}\n}}"
    )
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")

    done = subprocess.run(
        [program, "-t", "-p", tmp_path, "-e", tmp_path / "log", "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_container_runs_without_rights_and_says_how_it_is() -> None:
    text = (FILES / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    orders = [
        line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#" and line[0] != " "
    ]
    last = dict(orders)

    assert last["USER"].isdecimal()
    assert int(last["USER"]) > 0
    assert "/readyz" in last["HEALTHCHECK"]
    assert "ADD" not in last
    assert [value for name, value in orders if name == "FROM"] == [
        "docker.io/library/python:3.13-slim AS build",
        "docker.io/library/python:3.13-slim",
    ]
    assert "--require-hashes" in text


def test_the_unit_starts_the_service_as_nobody_and_lets_it_call_nobody() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # names of directives keep their capitals
    unit.read(FILES / "hytegraph.service", "utf-8")
    service = unit["Service"]

    assert re.fullmatch(r"/\S+/hytegraph serve /\S+", service["ExecStart"])
    assert (service["DynamicUser"], service["ProtectSystem"], service["NoNewPrivileges"]) == (
        "yes",
        "strict",
        "yes",
    )
    assert (service["IPAddressDeny"], service["IPAddressAllow"]) == ("any", "localhost")
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("systemd-analyze is not installed")
    text = (FILES / "hytegraph.service").read_text("utf-8")
    # The program is not installed where the unit names it.
    (tmp_path / "hytegraph.service").write_text(
        re.sub("(?m)^ExecStart=.*", "ExecStart=/bin/true", text), "utf-8"
    )

    done = subprocess.run(
        [program, "verify", tmp_path / "hytegraph.service"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_apache_keeps_the_metrics_inside() -> None:
    lines = [line.strip() for line in (FILES / "apache.conf").read_text("utf-8").splitlines()]

    assert lines.index('ProxyPass "/metrics" "!"') < next(
        number for number, line in enumerate(lines) if line.startswith('ProxyPass "/" ')
    )
    assert "ProxyPreserveHost On" in lines
