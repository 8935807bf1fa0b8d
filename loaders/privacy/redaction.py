"""Removal of personal data from a document, line by line, before anything of it is stored."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from hytegraph.graph.markers import LINE, MARKER, MARKERS, NAME, is_removed, kinds_removed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.privacy.columns import names_in_columns
from hytegraph.loaders.privacy.names import base_name, names_again, possible_names, sure_names
from hytegraph.loaders.privacy.patterns import Hit, apart, possible_hits, sure_hits


@dataclass(frozen=True, slots=True)
class Removed:
    """One removal: the line it was on and its kind; never the words."""

    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be personal data, which a person has to judge, and the lines they stand on."""

    words: str
    kind: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person has decided of a document: words to remove with their kinds, words to keep, lines to remove."""

    remove: frozenset[tuple[str, str]] = frozenset()
    keep: frozenset[str] = frozenset()
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Redaction:
    """A document without personal data, line by line the same, what was removed, and what a person has to judge.

    `layout` still has the lines that a person marked, which the tables are read by; `names` are the persons as they are
    looked for in other documents; `words` are the words that were removed, by kind. These are for the run alone and
    are never stored.
    """

    document: SourceText
    layout: SourceText = field(repr=False)
    removed: tuple[Removed, ...]
    candidates: tuple[Candidate, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset, repr=False)
    words: frozenset[tuple[str, str]] = field(default_factory=frozenset, repr=False)


def redact(
    document: SourceText,
    judgement: Judgement = Judgement(),
    *,
    names: Iterable[str] = (),
    before: SourceText | None = None,
) -> Redaction:
    """The document with personal data replaced by words that say so; the number of lines stays.

    `names` are names removed from other documents; `before` is the text that an earlier run left of this document:
    what it has removed stays removed.
    """
    text = "\n".join(document.lines)
    own = _hits(text, judgement, names)
    people = frozenset(name for _, name in sure_names(text)) | _people(judgement)
    people -= {base_name(words) for words in judgement.keep}
    lines = _without(text, own)
    if before and (again := [*_as_before(document.lines, before.lines)]) != list(document.lines):
        text = "\n".join(again)
        lines = _without(text, _hits(text, judgement, (*names, *people)))
    layout = document.with_lines(lines) if lines != list(document.lines) else document
    marked = judgement.lines | {
        number for number, line in enumerate(before.lines if before else (), 1) if is_removed(line)
    }
    lines = [
        MARKERS[LINE] if number in marked and line.strip() else line for number, line in enumerate(lines, 1)
    ]
    return Redaction(
        document.with_lines(lines) if lines != list(layout.lines) else layout,
        layout,
        tuple(_removed(document.lines, lines)),
        _candidates(document.with_lines(lines), judgement),
        people,
        frozenset((_plain(text[hit.start : hit.end]), hit.kind) for hit in own),
    )


def find_personal_data(text: str) -> tuple[str, ...]:
    """The kinds of personal data that can be told by their form: `account`, `email`, `phone` and the like."""
    return tuple(sorted({hit.kind for hit in sure_hits(text)}))


def words_pattern(words: str) -> re.Pattern[str]:
    """A pattern of the words with any white space between them, in any case, not inside other words."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _hits(text: str, judgement: Judgement, names: Iterable[str]) -> list[Hit]:
    stated = sure_names(text)
    own = {name for _, name in stated} | _people(judgement)
    hits = [
        *sure_hits(text),
        *(hit for hit, _ in stated),
        *names_again(text, own),
        *names_again(text, names, whole=True),
        *(
            Hit(*match.span(), kind)
            for words, kind in judgement.remove
            for match in words_pattern(words).finditer(text)
        ),
    ]
    return apart(_without_kept(text, hits, judgement))


def _without_kept(text: str, hits: Iterable[Hit], judgement: Judgement) -> list[Hit]:
    """The hits that do not lie within words that a person keeps."""
    kept = [match.span() for words in judgement.keep for match in words_pattern(words).finditer(text)]
    return [hit for hit in hits if not any(start <= hit.start and hit.end <= end for start, end in kept)]


def _people(judgement: Judgement) -> frozenset[str]:
    return frozenset(base_name(words) for words, kind in judgement.remove if kind == NAME)


def _without(text: str, hits: Iterable[Hit]) -> list[str]:
    return reduce(_replace, reversed([*hits]), text).split("\n")


def _replace(text: str, hit: Hit) -> str:
    # What is broken over two lines leaves the break, and a mark on both lines.
    broken = re.findall(r"[^\S\n]*\n[^\S\n]*", text[hit.start : hit.end])
    marker = MARKERS[hit.kind]
    return text[: hit.start] + marker + "".join(gap + marker for gap in broken) + text[hit.end :]


def _as_before(lines: Iterable[str], before: Iterable[str]) -> Iterator[str]:
    """The lines, each as the earlier run left it where that has only removed words from it."""
    for line, earlier in zip(lines, before, strict=False):
        pattern = ".+?".join(map(re.escape, MARKER.split(earlier)))
        removes = MARKER.search(earlier) and not is_removed(earlier)
        yield earlier if removes and re.fullmatch(pattern, line) else line


def _removed(published: Iterable[str], lines: Iterable[str]) -> Iterator[Removed]:
    for number, (line, clean) in enumerate(zip(published, lines, strict=True), 1):
        if line != clean:
            had = Counter(kinds_removed(line))
            for kind in kinds_removed(clean):
                if had[kind] > 0:
                    had[kind] -= 1
                else:
                    yield Removed(number, kind)


def _candidates(document: SourceText, judgement: Judgement) -> tuple[Candidate, ...]:
    text = "\n".join(document.lines)
    found: dict[tuple[str, str], list[int]] = {}
    for hit in apart(
        _without_kept(
            text, [*possible_hits(text), *possible_names(text), *names_in_columns(document)], judgement
        )
    ):
        numbers = range(text.count("\n", 0, hit.start) + 1, text.count("\n", 0, hit.end) + 2)
        found.setdefault((_plain(text[hit.start : hit.end]), hit.kind), []).extend(numbers)
    return tuple(
        Candidate(words, kind, tuple(sorted(set(numbers)))) for (words, kind), numbers in found.items()
    )


def _plain(words: str) -> str:
    return " ".join(words.split())
