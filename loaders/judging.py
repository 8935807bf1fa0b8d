"""The step between extract and build: what a person has decided of personal data is applied to a document folder."""

from dataclasses import replace
from pathlib import Path

from hytegraph.graph.errors import UnknownNameError
from hytegraph.loaders.extract import Extracted, extract_files
from hytegraph.loaders.privacy.decisions import KEEP, REMOVE, read_decisions, write_decisions
from hytegraph.loaders.privacy.waiting import waiting_in


def decide_rest(folder: Path, decision: str) -> int:
    """Decide every row that waits, and return how many there were; raises UnknownNameError for another decision."""
    if decision not in (REMOVE, KEEP):
        raise UnknownNameError("decision", decision, (REMOVE, KEEP))
    count = 0
    for waiting in waiting_in(folder):
        path = folder / waiting.document
        decided = [row if row.decision else replace(row, decision=decision) for row in read_decisions(path)]
        write_decisions(path, decided)
        count += len(waiting.undecided)
    return count


def apply_decisions(folder: Path) -> tuple[Extracted, ...]:
    """Read again the documents of the folder in which something decided is still to be removed."""
    files = [folder / f"{waiting.document}.txt" for waiting in waiting_in(folder) if waiting.to_apply]
    return extract_files(files, folder) if files else ()
