"""A part: what the documents of one unit give alone, in a folder of its own."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from hytegraph.graph.replacing import put_on_disk
from hytegraph.graph.store.dumps.lines import lines_of_graphs
from hytegraph.graph.validation.report import Expected, Report
from hytegraph.loaders.release.lines import Run, read_run, split, write_runs

LINES, SHARED, SEARCH, SUMMARIES = "lines.nq", "shared.nq", "search.sqlite", "summaries"
REPORT, FACTS = "report.json", "part.json"


@dataclass(frozen=True)
class Part:
    """A finished part: its folder and the facts of it that a release needs."""

    path: Path
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the part is called in messages: its towns."""
        return "+".join(self.facts["towns"])

    @property
    def towns(self) -> Mapping[str, Mapping[str, Any]]:
        """By slug, the checksum of the lines about a town and their number."""
        towns: Mapping[str, Mapping[str, Any]] = self.facts["towns"]
        return towns

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of lines about the part's towns."""
        return tuple(Run(**run) for run in self.facts["runs"])

    @property
    def lines(self) -> Path:
        """The file of the runs."""
        return self.path / LINES

    def lines_beside_things(self, base: str) -> bytes:
        """The lines about the towns and their graphs themselves, without those about the things of the towns."""
        things = tuple(f"<{base}id/{town}/" for town in self.towns)
        with self.lines.open("rb") as stream:
            return b"".join(read_run(stream, run) for run in self.runs if not run.first.startswith(things))

    @property
    def search(self) -> Path:
        """The search index of the part."""
        return self.path / SEARCH

    @property
    def summaries(self) -> tuple[Path, ...]:
        """The tables of the summaries of each town."""
        return tuple(self.path / f"{SUMMARIES}-{town}" for town in self.towns)

    @property
    def graphs(self) -> Mapping[str, int]:
        """How many of the lines about its towns stand in each graph."""
        graphs: Mapping[str, int] = self.facts["graphs"]
        return graphs

    @property
    def documents(self) -> tuple[Mapping[str, Any], ...]:
        """The documents as the manifest of a release tells of them."""
        return tuple(self.facts["documents"])

    @property
    def expected(self) -> tuple[Expected, ...]:
        """The findings that are known and kept."""
        return tuple(Expected(**cells) for cells in self.facts["expected"])

    def shared(self) -> list[str]:
        """The lines about what belongs to no town, sorted."""
        # Bytes are split at line feeds alone, texts also at what may stand in a name.
        return [line.decode() for line in (self.path / SHARED).read_bytes().splitlines(keepends=True)]

    def report(self) -> Report:
        """The report of the unit alone, without the rules, which are the same for all."""
        return Report.from_json((self.path / REPORT).read_text("utf-8"))

    def texts(self) -> Mapping[str, Path]:
        """The redacted texts by their names in the release."""
        return {document["text"]: self.path / document["text"] for document in self.documents}


def read_part(folder: Path) -> Part | None:
    """The part in a folder; None where there is none, or where a file is not as it was written."""
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        files: Mapping[str, list[int]] = facts["files"]
        for name, marks in files.items():
            if _marks(folder / name) != marks:
                return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Part(folder, facts)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a part is written from: all its lines, sorted; how lines about its towns begin; and the other facts."""

    lines: list[str]
    beginnings: Mapping[str, tuple[str, ...]]
    report: Report
    documents: tuple[Mapping[str, Any], ...]
    expected: tuple[Expected, ...]
    texts: Mapping[str, bytes]


def write_part(draft: Draft, folder: Path) -> None:
    """Write all but the search entries of a part to a folder; `finish_part` writes its facts, the last of its files."""
    every = sorted(beginning for beginnings in draft.beginnings.values() for beginning in beginnings)
    runs, shared = split(draft.lines, every)
    written = write_runs(runs, folder / LINES)
    (folder / SHARED).write_text("".join(shared), "utf-8", newline="\n")
    (folder / REPORT).write_text(replace(draft.report, rules=()).as_json(), "utf-8")
    for name, text in draft.texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
        # Releases link these files.
        put_on_disk(folder / name)
    facts = {
        "towns": {town: _lines_facts(runs, begins) for town, begins in sorted(draft.beginnings.items())},
        "runs": [asdict(run) for run in written],
        "graphs": dict(lines_of_graphs(line for run in runs for line in run)),
        "documents": draft.documents,
        "expected": [asdict(expected) for expected in draft.expected],
    }
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def finish_part(folder: Path) -> None:
    """Note size and time of each file, so that one that was changed or cut short is noticed."""
    facts = json.loads((folder / FACTS).read_text("utf-8"))
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != FACTS)
    facts["files"] = {file.relative_to(folder).as_posix(): _marks(file) for file in sorted(files)}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def _lines_facts(runs: Iterable[list[str]], beginnings: tuple[str, ...]) -> dict[str, Any]:
    own = ["".join(run).encode() for run in runs if run[0].startswith(beginnings)]
    return {
        "sha256": hashlib.sha256(b"".join(own)).hexdigest(),
        "quads": sum(data.count(b"\n") for data in own),
    }


def _marks(file: Path) -> list[int]:
    state = file.stat()
    return [state.st_size, state.st_mtime_ns]
