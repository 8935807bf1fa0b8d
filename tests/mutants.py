"""Changes the product in small ways, one at a time, and counts the changes that no related test notices: `make
mutants`.

The mutants are drawn by a seed from every comparison, logical word, sum and number of graph/, loaders/ and server/,
but for the numbers that have a name in capitals. The same are drawn again as long as their expressions are there.
Related are the tests of the mirrored folder, or of the nearest one above it. Each mutant lives in a copy of the
tree.
"""

import argparse
import ast
import hashlib
import heapq
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutants"
CODE = ("graph", "loaders", "server")
# Tools of the build, and what is only reached in a process that a test cannot change.
LEFT_OUT = ("server/editor/", "__main__.py")
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
}
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


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change: the file, the place's number in it and its line, what is done to which words, and how many like it
    stand above.
    """

    file: str
    number: int
    line: int
    change: str
    words: str
    above: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.change}"


class _Places(ast.NodeTransformer):
    """Counts the places of a module that can be changed, and changes the one that is wanted."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str, str]] = []

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """The value, but of a named number: a test that repeats it would judge nothing."""
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        return node if any(name.isupper() for name in names) else self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Annotations are not run."""
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """The value is visited, the annotation is not run."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """The body and the defaults."""
        node.args = self.visit(node.args)
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """The body: a class that is not frozen or has no slots behaves alike."""
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        """An assertion is itself a check."""
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """The first comparison, to its opposite or neighbour."""
        self.generic_visit(node)
        node.ops[0] = self._swapped(node, node.ops[0])
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """`and` and `or`."""
        self.generic_visit(node)
        node.op = self._swapped(node, node.op)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Sums, where neither side is a text."""
        self.generic_visit(node)
        sides = (node.left, node.right)
        texts = (ast.JoinedStr, ast.List, ast.Tuple)
        if not any(
            isinstance(s, texts) or isinstance(s, ast.Constant) and isinstance(s.value, str) for s in sides
        ):
            node.op = self._swapped(node, node.op)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """`not` is dropped."""
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._is_wanted(node, "not dropped") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """A number is one more, a truth value its opposite."""
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._is_wanted(node, f"{node.value} inverted") else node
        if isinstance(node.value, int) and self._is_wanted(node, f"{node.value} plus one"):
            return ast.Constant(node.value + 1)
        return node

    def _swapped(self, node: ast.expr, operator: Any) -> Any:
        other = SWAPS.get(type(operator))
        if other is None or not self._is_wanted(node, f"{type(operator).__name__} to {other.__name__}"):
            return operator
        return other()

    def _is_wanted(self, node: ast.expr, change: str) -> bool:
        self.places.append((node.lineno, change, ast.unparse(node)))
        return len(self.places) - 1 == self.wanted


def mutants() -> Iterator[Mutant]:
    """Every change that could be made."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            if not any(part in file for part in LEFT_OUT):
                places = _Places()
                places.visit(ast.parse(path.read_text("utf-8")))
                alike = Counter[tuple[str, str]]()
                for number, (line, change, words) in enumerate(places.places):
                    yield Mutant(file, number, line, change, words, alike[change, words])
                    alike[change, words] += 1


def draw(count: int, seed: int) -> list[Mutant]:
    """So many mutants by file and place. Lots are cast by what is changed and not by its place in a list, so that a
    line more in the product draws no others.
    """

    def lot(mutant: Mutant) -> bytes:
        return hashlib.sha256(
            f"{seed} {mutant.file} {mutant.change} {mutant.words} {mutant.above}".encode()
        ).digest()

    return sorted(heapq.nsmallest(count, mutants(), key=lot), key=lambda mutant: (mutant.file, mutant.number))


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
    changed = ast.unparse(ast.fix_missing_locations(_Places(mutant.number).visit(ast.parse(source))))
    tests = related(mutant.file)
    for flags in (("-m", stage) for stage in STAGES):
        # What failed with another mutant is not asked again.
        shutil.rmtree(WORK / "last", ignore_errors=True)
        target.write_text(changed, "utf-8")
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
