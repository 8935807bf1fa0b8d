"""`privacy.csv` of a document: words that may be personal data, and what a person has decided of each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hytegraph.graph.errors import TableError
from hytegraph.graph.markers import KINDS
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.spans import format_spans, spans_of
from hytegraph.loaders.documents.table_kinds import PRIVACY
from hytegraph.loaders.documents.tables import Row, Table, read_table, write_table
from hytegraph.loaders.privacy.redaction import Candidate, Judgement, words_pattern

FILE = "privacy.csv"
REMOVE, KEEP = "remove", "keep"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of `privacy.csv`; `decision` is '' while it waits. What was removed leaves no words."""

    id: str
    lines: str
    words: str
    kind: str
    decision: str = ""
    note: str = ""

    @property
    def waits(self) -> bool:
        """Whether a person has yet to decide, or what was decided has yet to be applied."""
        return not self.decision or (self.decision == REMOVE and bool(self.words))


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """The rows of a document's `privacy.csv`, () where it has none.

    Raises TableError, which names the row and never its words, for what cannot be applied.
    """
    file = folder / FILE
    if not file.exists():
        return ()
    return tuple(_decision(f"{folder.name}/{FILE}", row) for row in read_table(file, PRIVACY).rows)


def _decision(name: str, row: Row) -> Decision:
    kind, decision = row["kind"].strip(), row["decision"].strip().lower()
    if kind not in KINDS:
        raise TableError(name, row.id, f"the kind must be one of {', '.join(KINDS)}", line=row.line)
    if decision not in ("", REMOVE, KEEP):
        raise TableError(name, row.id, "the decision must be remove, keep or empty", line=row.line)
    words = " ".join(row["words"].split())
    if not words and decision != REMOVE:
        raise TableError(name, row.id, "the words are missing", line=row.line)
    try:
        row.spans()
    except ValueError as error:
        raise TableError(name, row.id, f"lines: {error}", line=row.line) from error
    return Decision(row.id, row["lines"].strip(), words, kind, decision, row["note"].strip())


def write_decisions(folder: Path, decisions: Iterable[Decision]) -> None:
    """Write the rows in one step; without any, the file goes."""
    rows = tuple(Row({name: getattr(decision, name) for name in PRIVACY.names()}) for decision in decisions)
    file, part = folder / FILE, folder / f".{FILE}.part"
    if not rows:
        file.unlink(missing_ok=True)
        return
    part.write_bytes(write_table(Table(PRIVACY, PRIVACY.names(), rows)))
    part.replace(file)


def judgement(decisions: Iterable[Decision], lines: Iterable[int] = ()) -> Judgement:
    """What the rows and the lines that a person marked ask for."""
    rows = tuple(decisions)
    return Judgement(
        remove=frozenset((row.words, row.kind) for row in rows if row.decision == REMOVE and row.words),
        keep=frozenset(row.words for row in rows if row.decision == KEEP),
        lines=frozenset(lines),
    )


def check_words(name: str, document: SourceText, decisions: Iterable[Decision]) -> None:
    """Raise TableError for a row whose words to remove stand nowhere in the text or outside it."""
    text = "\n".join(document.lines)
    for row in decisions:
        if row.decision == REMOVE and row.words and not words_pattern(row.words).search(text):
            raise TableError(f"{name}/{FILE}", row.id, "the document does not hold the words to remove")


def after(decisions: Iterable[Decision], candidates: Iterable[Candidate]) -> tuple[Decision, ...]:
    """The rows after a redaction: what was removed without its words, what is kept, and what waits."""
    old = tuple(decisions)
    notes = {(row.words, row.kind): row.note for row in old}
    kept = [replace(row, words="") if row.decision == REMOVE else row for row in old if row.decision]
    taken = {row.id for row in kept}
    for candidate in candidates:
        stem = f"L{candidate.lines[0]}"
        number = 1
        while (row_id := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        taken.add(row_id)
        lines = format_spans(spans_of(candidate.lines))
        note = notes.get((candidate.words, candidate.kind), "")
        kept.append(Decision(row_id, lines, candidate.words, candidate.kind, note=note))
    return tuple(kept)
