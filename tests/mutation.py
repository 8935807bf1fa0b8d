"""Small changes of the product: what they are, and which of them a seed draws."""

import ast
import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
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


def changed(source: str, mutant: Mutant) -> str:
    """The source of the mutant's file with its change."""
    return ast.unparse(ast.fix_missing_locations(_Places(mutant.number).visit(ast.parse(source))))
