"""The two ends of a link as a reviewer reads them: words with what differs marked, and the lines around them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hytegraph.graph.finnish.forms import base_form
from hytegraph.graph.languages import Language
from hytegraph.graph.search.tokens import FILLERS, tokens
from hytegraph.loaders.documents.document import SourceText, read_kept
from hytegraph.loaders.documents.folder import read_manifest
from hytegraph.loaders.links.link import NO_MATCH, LinkAssertion
from hytegraph.server.cli.reviewing.names import meaning_of, name_of

AROUND = 2
MOST_PLACES = 6
_PASSAGE = re.compile(r"(?P<name>\S+):L(?P<first>\d+)(?:-L(?P<last>\d+))?")
Part = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a document with those around them: number, words, and whether the link rests on the line."""

    document: str
    first: int
    last: int
    lines: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One end: its parts of text, each told whether it is marked; what it is; what it means; where it stands."""

    parts: tuple[Part, ...]
    level: str
    period: str
    meaning: str
    language: str
    places: tuple[Place, ...]
    more_places: int


class Documents:
    """The texts of a folder by name, read when they are needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._titles = {entry.name: entry.title for entry in read_manifest(folder)}
        self._texts: dict[str, SourceText] = {}

    def places(self, evidence: str, language: Language) -> tuple[Place, ...]:
        """The passages that a link table cites, with the lines around them."""
        return tuple(self._place(match, language) for match in _PASSAGE.finditer(evidence))

    def _place(self, match: re.Match[str], language: Language) -> Place:
        name, first = match["name"], int(match["first"])
        last = int(match["last"] or first)
        lines = self._text(name).lines if name in self._titles else ()
        shown = range(max(1, first - AROUND), min(len(lines), last + AROUND) + 1)
        title = self._titles.get(name, {})
        return Place(
            title.get(language) or title.get("fi") or name,
            first,
            last,
            tuple((number, lines[number - 1], first <= number <= last) for number in shown),
        )

    def _text(self, name: str) -> SourceText:
        if name not in self._texts:
            self._texts[name] = read_kept(self._folder, name)
        return self._texts[name]


def sides_of(link: LinkAssertion, documents: Documents, language: Language) -> tuple[Side, Side | None]:
    """The two ends; no second one where a search found nothing."""
    subject = link.subject_label or name_of(link.subject, language)
    if link.object == NO_MATCH:
        return _side(link.subject, ((subject, False),), link.subject_evidence, documents, language), None
    named = "" if link.object_evidence else name_of(link.object, language)
    words = named or link.object_label or link.object
    first: tuple[Part, ...]
    second: tuple[Part, ...]
    if named:
        # A theme or target has words of its own; what led to it are words of the element.
        first, second = _with_words(subject, link.cue.split(" | ")), ((words, False),)
    else:
        first, second = _differing(subject, words), _differing(words, subject)
    return (
        _side(link.subject, first, link.subject_evidence, documents, language),
        _side(link.object, second, link.object_evidence, documents, language),
    )


def _side(
    curie: str, parts: tuple[Part, ...], evidence: str, documents: Documents, language: Language
) -> Side:
    places = documents.places(evidence, language)
    named = name_of(curie, language)
    level, _, rest = curie.partition(":")[2].partition("/")
    period = rest.partition("/")[0] if "/" in rest else ""
    return Side(
        parts,
        "" if named else level,
        "" if named else period,
        meaning_of(curie, language) if named else "",
        language if named else "fi",
        places[:MOST_PLACES],
        max(0, len(places) - MOST_PLACES),
    )


def _differing(text: str, other: str) -> tuple[Part, ...]:
    """The text in parts, of which the words that the other text does not have in any form are marked."""
    known = {base_form(form) for _, _, form in tokens(other)}
    spans = [
        (start, end)
        for start, end, form in tokens(text)
        if form not in FILLERS and base_form(form) not in known
    ]
    return _parts(text, spans)


def _with_words(text: str, words: Iterable[str]) -> tuple[Part, ...]:
    """The text in parts, of which the given words are marked."""
    wanted = "|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True)))
    spans = [match.span() for match in re.finditer(wanted, text)] if wanted else []
    return _parts(text, spans)


def _parts(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = 0
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])
