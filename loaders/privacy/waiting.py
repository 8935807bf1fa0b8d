"""What of a document folder has to be judged or removed before anything of it is released."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.errors import BuildError
from hytegraph.loaders.documents.document import read_kept
from hytegraph.loaders.documents.folder import read_manifest
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.privacy.decisions import FILE, REMOVE, Decision, read_decisions
from hytegraph.loaders.privacy.reading import marked_lines


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a document: rows without a decision, rows not yet applied, marked lines that still hold words."""

    document: str
    undecided: tuple[Decision, ...]
    unapplied: tuple[Decision, ...]
    marked: tuple[int, ...]

    @property
    def to_apply(self) -> bool:
        """Whether something is decided that the text does not show yet."""
        return bool(self.unapplied or self.marked)


def waiting_in(folder: Path) -> tuple[Waiting, ...]:
    """The documents of a folder in which something waits; raises as reading manifest, tables and texts does."""
    found = []
    for entry in read_manifest(folder):
        decisions = read_decisions(folder / entry.name)
        waiting = Waiting(
            entry.name,
            tuple(row for row in decisions if not row.decision),
            tuple(row for row in decisions if row.decision == REMOVE and row.words),
            tuple(sorted(marked_lines(folder / entry.name, read_kept(folder, entry.name)))),
        )
        if waiting.undecided or waiting.to_apply:
            found.append(waiting)
    return tuple(found)


def refuse_unjudged(folders: Iterable[Path]) -> None:
    """Raise BuildError, which names documents and rows but no words, while something waits in one of the folders."""
    for folder in folders:
        for waiting in waiting_in(folder):
            raise BuildError(
                f"{folder / waiting.document}: {_reason(waiting)}; see `hytegraph privacy {folder}`"
            )


def _reason(waiting: Waiting) -> str:
    if waiting.undecided:
        rows = ", ".join(row.id for row in waiting.undecided)
        return f"what may be personal data waits for a decision in {FILE} (rows {rows})"
    if waiting.unapplied:
        rows = ", ".join(row.id for row in waiting.unapplied)
        return f"what is to be removed by {FILE} is still in the text (rows {rows})"
    lines = format_spans(spans_of(waiting.marked))
    return f"lines that passages.csv calls personal data still hold words ({lines})"
