"""What a publisher does, measured: build anew, with one document changed and with nothing changed; validate; export."""

import csv
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Spent, hytegraph, spend

CHANGED_TABLE = "figures.csv"
NOTE = "Luku on tarkistettu."
# pySHACL by itself over the same data and shapes, as one would use it without hytegraph.
_PYSHACL = """import sys
import pyshacl
from rdflib import Graph
data, shapes = Graph(), Graph()
data.parse(sys.argv[1], format="nt")
shapes.parse(sys.argv[2], format="turtle")
pyshacl.validate(data, shacl_graph=shapes, advanced=True)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a publisher does, and what it took."""

    name: str
    spent: Spent


def build_tasks(folders: Sequence[Path], out: Path) -> list[Task]:
    """Build a release of copies of the folders: from nothing, after a change of one cell, and again without any."""
    copies = [Path(shutil.copytree(folder, out.parent / "folders" / folder.name)) for folder in folders]
    command = hytegraph("build", *copies, "--out", out)
    tasks = [_done("build, from nothing", command)]
    if tasks[0].spent.code not in (0, 1) or not (out / "manifest.json").exists():
        raise RuntimeError(f"the documents do not build: exit {tasks[0].spent.code}")
    change_one_cell(copies)
    tasks.append(_done("build, one document changed", command))
    return [*tasks, _done("build, nothing changed", command)]


def change_one_cell(folders: Sequence[Path]) -> None:
    """Mark the first figure of the last folder that has figures as ambiguous, as a reviewer would."""
    table = next(file for folder in reversed(folders) for file in sorted(folder.glob(f"*/{CHANGED_TABLE}")))
    with table.open(encoding="utf-8", newline="") as file:
        header, first, *rest = csv.reader(file)
    first[-2:] = "ambiguous", NOTE
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, first, *rest])


def data_tasks(release: Path, triples: Path, *, compares_validation: bool) -> list[Task]:
    """Validate and export a release; beside it pySHACL with the same data and shapes where that is wanted."""
    commands = {"validate, shapes and checks": hytegraph("validate", release)}
    if compares_validation:
        shapes = triples.with_name("shapes.ttl")
        files = sorted((Path(__file__).parents[1] / "shapes").glob("*.ttl"))
        shapes.write_text("\n".join(file.read_text(encoding="utf-8") for file in files), encoding="utf-8")
        commands["validate, shapes alone"] = hytegraph(
            "validate", triples, "--shapes", shapes, "--engine", "shacl"
        )
        by_peer = [sys.executable, "-c", _PYSHACL, str(triples), str(shapes)]
        commands["validate by pySHACL, shapes alone"] = by_peer
    for name in ("nquads", "turtle"):
        file = release.parent / f"export.{name}"
        commands[f"export {name}"] = hytegraph("export", "--format", name, "--release", release, "-o", file)
    return [_done(name, command) for name, command in commands.items()]


def _done(name: str, command: Sequence[str]) -> Task:
    """What a command took, told at once: a country's run takes an hour."""
    task = Task(name, spend(command))
    print(f"{task.name}: {task.spent}", flush=True)
    return task
