"""Changes the product in small ways, one at a time, and counts the changes that no related test notices: `make
mutants`.

The mutants are drawn by a seed from every comparison, logical word, sum and number of graph/, loaders/ and server/,
but for the numbers that have a name in capitals. The same are drawn again as long as their expressions are there.
Related are the tests of the mirrored folder, or of the nearest one above it. Each mutant lives in a copy of the
tree.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections import Counter
from pathlib import Path

import pytest

from tests.mutation import CODE, ROOT, Mutant, changed, draw

WORK = ROOT / "build" / "mutants"
# Where the work of a room is seen in the whole.
SEEN_IN = {
    "graph/evaluation": ("tests/server/sparql",),
    "graph/store": ("tests/server/sparql",),
    "loaders": ("tests/documents", "tests/queries"),
    "server/http": ("tests/server/sparql",),
    "server/process": ("tests/server/http",),
    "server/pages/things": ("tests/server/pages/releases",),
    "server/pages": ("tests/server/test_town_addresses.py",),
    "server/text": ("tests/server/pages",),
    "server/cli": ("tests/docs/test_tutorials.py",),
}
# The examples in docstrings are tests too.
EXAMPLES = "tests/test_doctests.py"
# What `make check` runs, which kills most mutants; what else `make test` runs; what `make test-slow` runs.
STAGES = (
    "not slow and not fuzz and not pictures and not whole",
    "whole and not slow and not fuzz and not pictures",
    "slow and not fuzz and not pictures",
)
# A mutant whose tests take longer has made them hang: the tests of one folder take five minutes at most.
SECONDS = 600.0


def related(file: str) -> list[str]:
    """The tests of a module, those of the folder that mirrors its folder, or the nearest one above, and those that see
    its work in the whole.
    """
    folder = ROOT / "tests" / Path(file).parent
    while not any(folder.glob("test_*.py")) and folder.parent != ROOT / "tests":
        folder = folder.parent
    own = [path for path in (folder / f"test_{Path(file).stem}.py",) if path.exists()]
    first = [path.relative_to(ROOT).as_posix() for path in (*own, folder)]
    others = (other for begin, seen in SEEN_IN.items() if file.startswith(begin) for other in seen)
    return [*first, EXAMPLES, *(other for other in others if other not in first)]


def copy_tree() -> Path:
    """A copy of the tree with a virtual environment that sees the copy and the packages of this one."""
    tree = WORK / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    ignored = shutil.ignore_patterns(".git", ".venv", ".editable", "build", "node_modules", ".*_cache")
    shutil.copytree(ROOT, tree, ignore=ignored)
    # Conformance tests are read beside the project.
    beside = WORK / "shared"
    beside.unlink(missing_ok=True)
    beside.symlink_to(ROOT.parent / "shared", target_is_directory=True)
    links = tree / ".editable" / "hytegraph"
    links.mkdir(parents=True)
    for name in (*CODE, "documents", "ontology", "queries", "shapes"):
        (links / name).symlink_to(Path("..", "..", name), target_is_directory=True)
    (links / "__init__.py").symlink_to(Path("..", "..", "entrance.py"))
    venv.create(tree / ".venv", with_pip=False)
    packages = tree / ".venv" / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (packages / "1-own.pth").write_text(f"{links.parent}\n", "utf-8")
    shared = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "2-shared.pth").write_text("\n".join(shared) + "\n", "utf-8")
    for program in Path(sys.executable).parent.iterdir():
        if program.is_file() and not (tree / ".venv" / "bin" / program.name).exists():
            shutil.copy(program, tree / ".venv" / "bin")
    return tree


def outcome(tests: list[str], tree: Path, *flags: str) -> str:
    """`passed`, `failed` or `hung`: how tests end in the tree; where none are chosen, none fails."""
    command = [
        ".venv/bin/python",
        "-m",
        "pytest",
        "-x",
        "-q",
        "-o",
        f"cache_dir={WORK / 'last'}",
        *flags,
        *tests,
    ]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                command, cwd=tree, env=environment, stdout=output, stderr=output, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return "hung"
    return (
        "passed" if done.returncode in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else "failed"
    )


def fate(mutant: Mutant, tree: Path) -> str:
    """What the related tests do, the quick ones of them first and the slow ones last: `killed`, `SURVIVES`, `hung`, or
    `UNSURE` where a test fails without the change too.
    """
    target = tree / mutant.file
    # The copy's own text: the tree may have gone on in this hour.
    source = target.read_text("utf-8")
    mutated = changed(source, mutant)
    tests = related(mutant.file)
    for flags in (("-m", stage) for stage in STAGES):
        # What failed with another mutant is not asked again.
        shutil.rmtree(WORK / "last", ignore_errors=True)
        target.write_text(mutated, "utf-8")
        try:
            ended = outcome(tests, tree, *flags)
        finally:
            target.write_text(source, "utf-8")
        if ended == "failed":
            # Only what failed is run again: the whole of the tests without a change takes longer than most mutants.
            again = outcome(tests, tree, *flags, "--last-failed", "--last-failed-no-failures=none")
            return "killed" if again == "passed" else "UNSURE"
        if ended == "hung":
            return ended
    return "SURVIVES"


def main() -> int:
    """One line a mutant; 1 when more than the share survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="how many mutants (50)")
    parser.add_argument("--seed", type=int, default=1, help="which mutants (1)")
    parser.add_argument("--share", type=float, default=0.1, help="how many may survive, as a share (0.1)")
    options = parser.parse_args()
    chosen = draw(options.count, options.seed)
    tree, fates = copy_tree(), Counter[str]()
    for mutant in chosen:
        ended = fate(mutant, tree)
        fates[ended] += 1
        print(f"{ended:8}  {mutant}", flush=True)
    print(f"{len(chosen)} mutants of seed {options.seed}: {dict(fates)}")
    return int(fates["SURVIVES"] + fates["UNSURE"] > options.share * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
