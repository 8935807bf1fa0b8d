"""Clean text from the lines of a flattened page: unwrapped, without kerning gaps and broken words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.graph.finnish.folding import HYPHENS
from hytegraph.graph.finnish.forms import is_base_form
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.words import DocumentWords

_VOWELS = "aeiouyäöå"
_CONJUNCTIONS = frozenset(("ja", "tai", "sekä", "eli", "och", "eller", "samt"))
_LAST_RUN = re.compile(r"[^\W\d_]+$")
_RUN = re.compile(r"[^\W\d_]+")
_NARROW = "ijltf"
_BLANKS_BEFORE_MARK = re.compile(r"\s+(?=[,;](?:\s|$))")
_INNER_HYPHEN = re.compile(r"(?<![\w-])([^\W\d_]{4,})-([^\W\d_]{3,})(?![\w-])")
_NEAR = 40
# Gaps are closed by a Finnish dictionary, to which Swedish words are pieces: "åtgärder i" would be one word.
_SWEDISH = frozenset(("och", "att", "för", "av", "som", "med", "till", "är", "den", "det", "en", "om", "på"))
_FINNISH = frozenset(("ja", "on", "että", "sekä", "ovat", "tai", "joka", "ei", "myös", "sen", "mukaan"))

_Gaps = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _WordRun:
    """Words of a line with nothing but gaps between them; a gap is where it begins and ends in the line."""

    words: tuple[str, ...]
    gaps: _Gaps


class Cleaner:
    """Mends the words of one document; knows the words the document itself uses."""

    def __init__(self, document: SourceText) -> None:
        self._document = document

    def clean(self, lines: Iterable[str]) -> str:
        """One line of clean text from the raw lines of a cell, trailing blanks included."""
        text = ""
        raw = ""
        for line in lines:
            if not line.strip():
                continue
            mended = self._mend_gaps(line).strip()
            text = self._join(text, raw, mended) if text else mended
            raw = line
        return " ".join(_BLANKS_BEFORE_MARK.sub("", self._mend_inner_hyphens(text)).split())

    def unwrap(self, lines: Iterable[str]) -> str:
        """One line from the lines of a cell as a file gives it: nothing is mended but what a line's end has broken."""
        text = ""
        for line in lines:
            words = re.sub(r"\u00ad$", "-", line.strip()).replace("\u00ad", "")
            if words:
                text = _unwrapped(text, words) if text else words
        return " ".join(text.split())

    @cached_property
    def _is_swedish(self) -> bool:
        words = Counter(word[0].lower() for line in self._document.lines for word in _RUN.finditer(line))
        return sum(words[word] for word in _SWEDISH) > sum(words[word] for word in _FINNISH)

    @cached_property
    def _words(self) -> DocumentWords:
        lines = self._document.lines
        return DocumentWords(
            word for before, line in pairwise(("", *lines)) for word in _whole_words(before, line)
        )

    @cached_property
    def _beside_gaps(self) -> frozenset[str]:
        """The lines near a certain gap: there, even two words that could stand alone may be one."""
        lines = self._document.lines
        spoilt = [at for at, line in enumerate(lines) if any(self._partition(run) for run in _runs(line))]
        return frozenset(
            lines[near] for at in spoilt for near in range(max(0, at - _NEAR), min(len(lines), at + _NEAR))
        )

    def _mend_gaps(self, line: str) -> str:
        if self._is_swedish:
            return line
        closed = [gap for run in _runs(line) for gap in self._partition(run) or self._doubtful(run, line)]
        for start, end in reversed(closed):
            line = line[:start] + line[end:]
        return line

    def _partition(self, run: _WordRun) -> _Gaps:
        """The gaps to close so that the fewest pieces are left that are no words; none when nothing is won."""
        best: list[tuple[int, int, _Gaps]] = [(0, 0, ())]
        for end in range(1, len(run.words) + 1):
            ways = [self._extend(best[start], run, start, end) for start in range(end)]
            best.append(min(ways, key=lambda way: way[:2]))
        return best[-1][2]

    def _extend(
        self, way: tuple[int, int, _Gaps], run: _WordRun, start: int, end: int
    ) -> tuple[int, int, _Gaps]:
        unknown, joins, closed = way
        known = self._words.knows("".join(run.words[start:end]))
        return (
            unknown + (0 if known else end - start),
            joins + end - start - 1,
            closed + run.gaps[start : end - 1],
        )

    def _doubtful(self, run: _WordRun, line: str) -> _Gaps:
        """The gap between two words that are also one, on a page where other gaps are certain."""
        if line not in self._beside_gaps:
            return ()
        for at, gap in enumerate(run.gaps):
            left, right = run.words[at], run.words[at + 1]
            # A genitive and its head stand apart rightly: "kaupungin johtaja".
            if len(left) > 2 and not left.endswith("n") and is_form((left + right).lower()):
                return (gap,)
        return ()

    def _join(self, left: str, raw: str, right: str) -> str:
        if left[-1] in HYPHENS:
            return self._join_at_hyphen(left, raw, right)
        if left[-1] == "/" and left[-2:-1].strip():
            return left + right
        if raw[-1:].isspace() or not self._is_broken(left, right):
            return f"{left} {right}"
        return left + right

    def _is_broken(self, left: str, right: str) -> bool:
        before, after = _LAST_RUN.search(left), _RUN.match(right)
        if not before or not after or not after[0].islower():
            return False
        alone = self._words.knows(after[0]) and (len(before[0]) > 1 or before[0].isupper())
        return not alone and self._words.knows(before[0] + after[0])

    def _join_at_hyphen(self, left: str, raw: str, right: str) -> str:
        stem, hyphen = left[:-1], left[-1]
        after = _RUN.match(right)
        linked = bool(after and after[0] in _CONJUNCTIONS)
        if not stem or stem[-1].isspace():
            if linked:
                return f"{stem.rstrip()}{hyphen} {right}"
            return f"{left} {right}" if raw[-1:].isspace() else left + right
        if linked or (stem[-1].isdigit() and right[0].isupper()):
            return f"{left} {right}"
        before = _LAST_RUN.search(stem)
        if before and after and self._is_solid(before[0], after[0]):
            return stem + right
        return left + right

    def _is_solid(self, before: str, after: str) -> bool:
        """Whether a hyphen at the line's end only divides a word that is written solid."""
        if (before.isupper() and len(before) > 1) or not after.islower():
            return False
        if before[-1].lower() == after[0] and after[0] in _VOWELS:
            return False
        if is_form(before.lower()) and is_base_form(before):
            return True
        together = before + after
        return self._words.knows(together) if not self._words.knows(after) else is_form(together.lower())

    def _mend_inner_hyphens(self, text: str) -> str:
        def mend(match: re.Match[str]) -> str:
            broken = match[2].islower() and not self._words.knows(match[2])
            return match[1] + match[2] if broken and self._words.knows(match[1] + match[2]) else match[0]

        return _INNER_HYPHEN.sub(mend, text)


def _unwrapped(left: str, right: str) -> str:
    """Two lines as one: a hyphen at the end of the first divides a word, unless another one would be lost with it."""
    stem, hyphen = left[:-1], left[-1]
    after = _RUN.match(right)
    if hyphen not in HYPHENS or not stem or stem[-1].isspace() or not after:
        return left + right if hyphen == "/" and stem[-1:].strip() else f"{left} {right}"
    if after[0] in _CONJUNCTIONS:
        return f"{left} {right}"
    same_vowel = stem[-1].lower() == after[0][0] and after[0][0] in _VOWELS
    return left + right if same_vowel or not after[0][0].islower() or not stem[-1].islower() else stem + right


def _runs(line: str) -> Iterator[_WordRun]:
    """The groups of words that kerning gaps may divide."""
    words: list[re.Match[str]] = []
    for word in _RUN.finditer(line):
        if words and _is_gap(line, words[-1].end(), word.start()):
            words.append(word)
            continue
        yield from _run(words)
        words = [word]
    yield from _run(words)


def _run(words: list[re.Match[str]]) -> Iterator[_WordRun]:
    if len(words) > 1:
        gaps = tuple((left.end(), right.start()) for left, right in pairwise(words))
        yield _WordRun(tuple(word[0] for word in words), gaps)


def _is_gap(line: str, start: int, end: int) -> bool:
    return end > start and line[start:end].isspace() and line[end] in _NARROW


def _whole_words(before: str, line: str) -> Iterator[str]:
    """The lower-case words of a line that are surely not pieces of broken ones."""
    for word in _RUN.finditer(line):
        start, end = word.span()
        begins = start == 0 and before[-1:] and (before[-1] in HYPHENS or before[-1].isalpha())
        ends = end == len(line) or line[end] in HYPHENS
        next_word = _RUN.search(line, end)
        gap_after = next_word and _is_gap(line, end, next_word.start())
        gap_before = line[start] in _NARROW and line[:start].endswith((" ", "\u00a0"))
        if not (begins or ends or gap_after or gap_before):
            yield word[0].lower()
