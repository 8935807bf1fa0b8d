"""Published IRIs keep their meaning: a new release is compared with the one that stands where it is to go."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from hytegraph.graph.errors import BuildError
from hytegraph.graph.finnish.folding import wording_key
from hytegraph.graph.store.release import DATA, MANIFEST
from hytegraph.graph.store.sorted_lines import SortedLines
from hytegraph.graph.vocab import DCT, HYTE, OWL, RDFS, SKOS

# What says in words what a thing is; a table row is told by its cells, because its label counts lines.
_WORDS = (SKOS.prefLabel, RDFS.label, DCT.title, HYTE.quote)
_ROW_WORDS = (HYTE.measureText, HYTE.goalText, HYTE.realisationText)
_TOLD = re.compile(
    "|".join(re.escape(f"<{term.value}>") for term in (*_WORDS, *_ROW_WORDS, OWL.deprecated)).encode()
)
# Less than this share of the words in common is another meaning, not a correction.
ALIKE = 0.5
# What takes the place of personal data says so; that words have gone does not make another thing.
_REMOVED = "poistettu]"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """New lines of a release, and how all lines about their subjects begin."""

    lines: bytes
    beginnings: Sequence[str]


def refuse_changed_meanings(out: Path, base: str, pieces: Iterable[Piece]) -> None:
    """Raise BuildError when an IRI of the release at `out` would mean another thing in the new one.

    A piece is the new lines of some subjects, and how lines about these subjects begin. A release of another base, and
    one that cannot be read, are not compared.
    """
    changed = {iri: words for piece in pieces for iri, words in _changed(out, base, piece)}
    if changed:
        examples = "; ".join(
            f"{iri}: «{before[:60]}» → «{after[:60]}»"
            for iri, (before, after) in sorted(changed.items())[:_NAMED]
        )
        raise BuildError(
            f"{len(changed)} published IRIs would mean another thing: {examples}. Give a corrected text by "
            "`hytegraph replace`, restore registry.csv, or build to another --out"
        )


def _changed(out: Path, base: str, piece: Piece) -> Iterator[tuple[str, tuple[str, str]]]:
    before = _words_of_release(out, base, piece.beginnings)
    quads = _told(piece.lines) if before else []
    retired = {quad.subject for quad in quads if quad.predicate == OWL.deprecated}
    after = _words(quad for quad in quads if quad.subject not in retired)
    for iri in before.keys() & after.keys():
        if not _is_alike(before[iri], after[iri]):
            yield iri, (before[iri], after[iri])


def _told(lines: bytes) -> list[Quad]:
    told = b"".join(line for line in lines.splitlines(keepends=True) if _TOLD.search(line))
    return list(parse(told, RdfFormat.N_QUADS))


def _words_of_release(out: Path, base: str, beginnings: Iterable[str]) -> Mapping[str, str]:
    try:
        manifest = json.loads((out / MANIFEST).read_text("utf-8"))
        if manifest["base"] != base:
            return {}
        with SortedLines.open(out / DATA) as data:
            lines = b"".join(data.starting(beginning.encode()) for beginning in beginnings)
        return _words(_told(lines))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return {}


def _words(quads: Iterable[Quad]) -> dict[str, str]:
    """The words of each thing under `id/`: those of its cells where it has some, else of its Finnish name."""
    names: dict[str, list[str]] = {}
    cells: dict[str, list[str]] = {}
    for subject, predicate, words in _literals(quads):
        if predicate in _ROW_WORDS:
            cells.setdefault(subject, []).append(words)
        elif predicate in _WORDS:
            names.setdefault(subject, []).append(words)
    return {iri: " ".join(sorted(words)) for iri, words in (names | cells).items()}


def _literals(quads: Iterable[Quad]) -> Iterator[tuple[str, NamedNode, str]]:
    for quad in quads:
        subject, words = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or "/id/" not in subject.value:
            continue
        if isinstance(words, Literal) and words.language in (None, "fi"):
            yield subject.value, quad.predicate, words.value


def _is_alike(before: str, after: str) -> bool:
    old, new = wording_key(before), wording_key(after)
    if old == new or _REMOVED in after:
        return True
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
