"""Lines of parts are cut into runs and merged run by run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from hytegraph.graph.errors import BuildError
from hytegraph.graph.iris import town_beginnings
from hytegraph.loaders.release.lines import Run, merge_lines, read_run, split, write_runs

BASE = "https://e.org/"


@dataclass
class Given:
    """A part of some lines."""

    name: str
    lines: Path
    runs: tuple[Run, ...]


def line(subject: str, graph: str = "g") -> str:
    return f'<{BASE}{subject}> <{BASE}p> "x" <{BASE}{graph}> .\n'


def part(folder: Path, town: str, *lines: str) -> tuple[Given, list[str]]:
    runs, rest = split(sorted(lines), town_beginnings(BASE, [town]))
    file = folder / town
    return Given(town, file, write_runs(runs, file)), rest


def test_runs_and_shared_lines_are_merged_in_the_order_of_lines(tmp_path: Path) -> None:
    # "kemi-2" sorts before "kemi/", and a town's name may begin another's.
    subjects = {
        "kemi": ("id/kemi", "id/kemi/goal/1", "graph/kemi/x", "id/period/1", "id/kemia"),
        "kemi-2": ("id/kemi-2/goal", "id/period/1", "graph/kemi-2/y", "id/zzz"),
    }
    parts, shared = [], set[str]()
    for town, names in subjects.items():
        made, rest = part(tmp_path, town, *(line(name) for name in names))
        parts.append(made)
        shared |= set(rest)

    written = merge_lines(parts, sorted(shared), tmp_path / "data.nq")

    every = sorted({line(name) for names in subjects.values() for name in names})
    assert (tmp_path / "data.nq").read_text("utf-8") == "".join(every)
    assert (written.quads, written.size) == (len(every), len("".join(every)))


def test_what_a_part_says_of_anothers_town_is_refused_with_both(tmp_path: Path) -> None:
    one, _ = part(tmp_path, "kemi", line("id/kemi/a"), line("id/kemi/c"))
    other, rest = part(tmp_path, "oulu", line("id/oulu/a"), line("id/kemi/b"))

    with pytest.raises(BuildError, match=r"kemi: another unit.*id/kemi/b"):
        merge_lines([one, other], rest, tmp_path / "data.nq")


def test_a_file_that_became_shorter_is_refused(tmp_path: Path) -> None:
    one, _ = part(tmp_path, "kemi", line("id/kemi/a"), line("id/kemi/c"))
    one.lines.write_bytes(b"<")

    with pytest.raises(BuildError, match="shorter"):
        merge_lines([one], [], tmp_path / "data.nq")
    with one.lines.open("rb") as stream, pytest.raises(BuildError, match="shorter"):
        read_run(stream, one.runs[0])
