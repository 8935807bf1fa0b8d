"""Which folder imports which, read from the real imports of the code."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PACKAGE = "hytegraph"
CODE = ("loaders", "graph", "server")
DATA = ("documents", "ontology", "queries", "shapes")
# Modules that lie in a folder beside its subfolders and import none of them are drawn as one box.
GROUND = "ground floor"
# The functions that read a data folder whose name they are given, and those that read documents.
_READERS = ("data_files", "data_folder")
_DOCUMENT_READERS = ("example_folder", "read_folder")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of code as a graph: its boxes with the number of modules in each, and the imports between boxes."""

    path: str
    boxes: Mapping[str, int]
    imports: Mapping[tuple[str, str], int]

    @property
    def ground(self) -> tuple[str, ...]:
        """The modules in the box of the ground floor."""
        return tuple(sorted(_modules_in(self.path) - set(self.boxes))) if GROUND in self.boxes else ()


@cache
def imported() -> grimp.ImportGraph:
    """Every import between modules of the project."""
    return grimp.build_graph(PACKAGE, cache_dir=None)


def folder(path: str) -> Folder:
    """The graph of a folder such as `graph` or `server/pages`: a box a subfolder or module."""
    root = f"{PACKAGE}.{path.replace('/', '.')}."
    pairs: Counter[tuple[str, str]] = Counter()
    boxes: Counter[str] = Counter()
    for module in imported().modules:
        if not module.startswith(root):
            continue
        box = module.removeprefix(root).split(".")[0]
        boxes[box] += 1
        for other in imported().find_modules_directly_imported_by(module):
            if other.startswith(root) and other.removeprefix(root).split(".")[0] != box:
                pairs[box, other.removeprefix(root).split(".")[0]] += 1
    return _with_ground_floor(path, boxes, pairs)


def _modules_in(path: str) -> set[str]:
    return {file.stem for file in (ROOT / path).glob("*.py")} - {"__init__", "__main__"}


def _with_ground_floor(path: str, boxes: Counter[str], pairs: Counter[tuple[str, str]]) -> Folder:
    ground = _modules_in(path) & set(boxes)
    while leaving := {one for one, other in pairs if one in ground and other not in ground}:
        ground -= leaving
    if len(ground) < 2:
        ground = set()
    merged: Counter[tuple[str, str]] = Counter()
    for (one, other), count in pairs.items():
        merged[GROUND if one in ground else one, GROUND if other in ground else other] += count
    sizes = {box: count for box, count in boxes.items() if box not in ground}
    if ground:
        sizes[GROUND] = len(ground)
    return Folder(path, sizes, {pair: count for pair, count in merged.items() if pair[0] != pair[1]})


def between_packages() -> Mapping[tuple[str, str], int]:
    """The number of imports between the three folders of code."""
    pairs: Counter[tuple[str, str]] = Counter()
    for module in imported().modules - {PACKAGE}:
        for other in imported().find_modules_directly_imported_by(module):
            pair = module.split(".")[1], other.split(".")[1]
            if pair[0] != pair[1]:
                pairs[pair] += 1
    return pairs


@cache
def readers_of_data() -> Mapping[str, tuple[str, ...]]:
    """For each data folder, the folders of code that name it to the functions of `graph/resources.py`."""
    readers: dict[str, set[str]] = {name: set() for name in DATA}
    for package in CODE:
        for file in (ROOT / package).rglob("*.py"):
            text = file.read_text("utf-8")
            # Few modules read data; to parse all of them takes seconds.
            if file.name != "resources.py" and any(name in text for name in (*_READERS, *_DOCUMENT_READERS)):
                for name in _data_named(ast.parse(text)):
                    readers[name].add(package)
    return {name: tuple(sorted(packages)) for name, packages in readers.items()}


def _data_named(tree: ast.Module) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = {cell.value for cell in node.args if isinstance(cell, ast.Constant)} & set(DATA)
            if node.func.id in _READERS:
                yield from map(str, named)
            elif node.func.id in _DOCUMENT_READERS:
                yield "documents"


def layers(boxes: Iterable[str], imports: Mapping[tuple[str, str], int]) -> list[list[str]]:
    """The boxes in rows, so that imports go downwards; what imports nothing lies in the last row.

    Boxes that import each other in a circle stand in one row.
    """
    level = dict.fromkeys(boxes, 0)
    circle = circles(imports)
    for _ in level:
        for one, other in imports:
            if (one, other) not in circle:
                level[one] = max(level[one], level[other] + 1)
            else:
                level[one] = level[other] = max(level[one], level[other])
    rows = [sorted(box for box in level if level[box] == height) for height in range(max(level.values()) + 1)]
    return [row for row in reversed(rows) if row]


def circles(imports: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The imports that are part of a circle."""
    reached: dict[str, set[str]] = {}
    for one, other in imports:
        reached.setdefault(one, set()).add(other)
    changed = True
    while changed:
        changed = False
        for targets in reached.values():
            further = set().union(*(reached.get(target, set()) for target in targets)) - targets
            changed = changed or bool(further)
            targets |= further
    return {(one, other) for one, other in imports if one in reached.get(other, ())}


def without_detours(imports: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The imports to draw: one that also goes by way of another box is left out; the table has them all."""
    drawn = set(imports)
    circle = circles(imports)
    straight = drawn - circle
    targets: dict[str, set[str]] = {}
    for one, other in straight:
        targets.setdefault(one, set()).add(other)

    def leads(one: str, other: str) -> bool:
        return any(step == other or leads(step, other) for step in targets.get(one, ()))

    return circle | {
        (one, other)
        for one, other in straight
        if not any(step != other and leads(step, other) for step in targets[one])
    }
