"""Installs the wheel with every other Python of the machine and does the main job with it: `make smoke`.

A Python that is promised and not on the machine is named at the end; it fails nothing.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "smoke"
PROMISED = ("3.11", "3.12", "3.13", "3.14")
VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"
SECONDS = 300
ADDRESSES = ("/readyz", "/", "/plans", "/ns.ttl", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D")


def candidates() -> Iterator[Path]:
    """Every program that could be one of the promised Pythons: on the path, and below pyenv's folder."""
    for version in PROMISED:
        found = shutil.which(f"python{version}")
        if found:
            yield Path(found)
        folder = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        yield from sorted(folder.glob(f"{version}*/bin/python"))


def interpreters() -> dict[str, Path]:
    """The first program of each promised version that really runs."""
    running: dict[str, Path] = {}
    for program in candidates():
        shown = subprocess.run([program, "-c", VERSION], capture_output=True, text=True, check=False)
        version = shown.stdout.strip()
        if shown.returncode == 0 and version in PROMISED:
            running.setdefault(version, program)
    return running


def run(*command: str | Path) -> str:
    """What a command prints; raises CalledProcessError, after printing what it said, when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, cwd=WORK, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-4000:], sep="\n")
        done.check_returncode()
    return done.stdout


def wheel() -> Path:
    """The wheel of this checkout."""
    folder = Path(tempfile.mkdtemp(dir=WORK))
    os.environ["HYTEGRAPH_WITHOUT_EDITOR"] = "1"
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    return next(folder.glob("hytegraph-*.whl"))


def install(version: str, program: Path, package: Path) -> Path:
    """The folder with the commands of a venv of that Python, with the pinned packages and the wheel."""
    venv = WORK / version
    commands = venv / "bin"
    if not (commands / "python").exists():
        run(program, "-m", "venv", venv)
    quiet = ("-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(commands / "python", *quiet, "--require-hashes", "-r", ROOT / "requirements.txt")
    run(commands / "python", *quiet, "--no-deps", "--force-reinstall", package)
    return commands


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def use(commands: Path) -> str:
    """Build, validate, query, trace and serve Kemi; gives the checksum of the data."""
    hytegraph, release = commands / "hytegraph", WORK / f"release-{commands.parent.name}"
    built = run(hytegraph, "build", "--force", "--out", release)
    run(hytegraph, "validate", release)
    assert len(run(hytegraph, "query", "goals", "--release", release).splitlines()) > 10
    assert "aamukahvit" in run(hytegraph, "trace", "aamukahvit", "--release", release).lower()
    serve: list[str | Path] = [hytegraph, "serve", release, "--port", str(free_port())]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as service:
        assert service.stdout
        try:
            port = re.search(r"http://[^:]+:(\d+)", service.stdout.readline())
            assert port
            for address in ADDRESSES:
                with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}{address}", timeout=60) as reply:
                    assert reply.status == 200
                    assert reply.read()
        finally:
            service.terminate()
    digest = re.search(r"data ([0-9a-f]{12})", built)
    assert digest, built
    return digest[1]


def main() -> int:
    """One line a Python; 1 when one fails or gives other data."""
    WORK.mkdir(parents=True, exist_ok=True)
    own = "{}.{}".format(*sys.version_info)
    there = interpreters()
    package, failed, digests = wheel(), 0, {}
    for version, program in sorted(there.items()):
        if version == own:
            continue
        try:
            digests[version] = use(install(version, program, package))
            print(f"Python {version}: builds, validates, queries, traces and serves; data {digests[version]}")
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            failed += 1
            print(f"Python {version}: FAILS: {error!r}")
    for version in PROMISED:
        if version not in there:
            print(f"Python {version}: not on this machine")
    if len(set(digests.values())) > 1:
        print(f"the data differ: {digests}")
    print(f"{len(digests)} passed, {failed} failed")
    return int(failed > 0 or len(set(digests.values())) > 1)


if __name__ == "__main__":
    sys.exit(main())
