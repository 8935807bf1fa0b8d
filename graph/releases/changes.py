"""What has changed from one release to the next, thing by thing.

The data of a release are sorted, so two releases are compared as they are read, and what is alike is passed over in
blocks: memory holds the lines of one thing. What the rules infer and what the catalogue counts follows from the rest
and is left out; so are nodes without a name, which are another name in each release.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from hytegraph.graph.languages import best_literal
from hytegraph.graph.store.line_diff import differences
from hytegraph.graph.store.release import DATA, Release
from hytegraph.graph.store.sorted_lines import SortedLines
from hytegraph.graph.vocab import DCT, HYTE, OWL, RDF, RDFS, SKOS

ADDED, RETIRED, VANISHED = "added", "retired", "vanished"
# A link that no person has judged, and that the rules suggest no more.
WITHDRAWN = "withdrawn"
FACT_ADDED, FACT_REMOVED, REWORDED, REVIEWED = "factAdded", "factRemoved", "reworded", "reviewed"
# A fact that leads to what has taken the place of what it led to: mostly the same words at another line.
MOVED = "moved"
DOCUMENT_ADDED, DOCUMENT_REPLACED, DOCUMENT_REMOVED = "documentAdded", "documentReplaced", "documentRemoved"
# In the order in which a reader wants to know of them.
WHATS = (
    *(DOCUMENT_ADDED, DOCUMENT_REPLACED, DOCUMENT_REMOVED),
    *(REWORDED, FACT_ADDED, FACT_REMOVED, REVIEWED),
    *(ADDED, RETIRED, VANISHED, WITHDRAWN, MOVED),
)
_FOLLOWING = ("graph/inferred", "graph/catalogue")
_UNJUDGED = (HYTE.suggested, HYTE.acceptedByRule)
_LINES = (HYTE.lineStart.value, HYTE.lineEnd.value)
_NAMES = (SKOS.prefLabel, RDFS.label, DCT.title, HYTE.measureText, HYTE.goalText, HYTE.realisationText)


@dataclass(frozen=True, slots=True)
class Change:
    """A change: of what kind, of which thing, and of a fact the property and the value before and after.

    `town`, `document` and `kind` are the slugs of the thing's town and document and the local name of its class, ''
    where it has none; values are terms in the syntax of N-Triples.
    """

    what: str
    thing: str
    town: str = ""
    document: str = ""
    kind: str = ""
    label: str = ""
    property: str = ""
    before: str = ""
    after: str = ""


def changes(old: Release, new: Release) -> Iterator[Change]:
    """The changes from one release to another, those of documents first, then by thing in the order of IRIs.

    Raises OSError where the data of one cannot be read.
    """
    yield from changed_documents(old, new)
    with ExitStack() as opened:
        before = opened.enter_context(SortedLines.open(old.path / DATA))
        after = opened.enter_context(SortedLines.open(new.path / DATA))
        documents = {_slugs(old.manifest, each["iri"]) for each in old.manifest["documents"]}
        documents |= {_slugs(new.manifest, each["iri"]) for each in new.manifest["documents"]}
        things = _Things(str(new.manifest["base"]), before, after, frozenset(documents))
        lines = differences(old.path / DATA, new.path / DATA)
        for subject, group in groupby(lines, key=lambda each: each[0].partition(b" ")[0]):
            if not subject.startswith(b"_:"):
                yield from things.changes(subject, group)


def changed_documents(old: Release, new: Release) -> Iterator[Change]:
    """The documents that one of two releases has alone, and those of which the text is another."""
    before, after = (
        {str(each["iri"]): each for each in release.manifest["documents"]} for release in (old, new)
    )
    for iri in sorted(before.keys() | after.keys()):
        was, now = before.get(iri), after.get(iri)
        town, slug = _slugs((new if now else old).manifest, iri)
        title = str((now or was or {})["title"].get("fi", ""))
        sums = [str(each["sha256"]) if each else "" for each in (was, now)]
        texts = [each["textSha256"] if each else "" for each in (was, now)]
        if texts[0] != texts[1] or sums[0] != sums[1]:
            what = DOCUMENT_REPLACED if was and now else DOCUMENT_ADDED if now else DOCUMENT_REMOVED
            yield Change(what, iri, town, slug, "SourceDocument", title, "", *sums)


def _slugs(manifest: Mapping[str, object], iri: str) -> tuple[str, str]:
    """Town and slug of a document."""
    town, _, slug = iri.removeprefix(f"{manifest['base']}id/").partition("/document/")
    return town, slug


class _Things:
    """Says what has changed of a thing."""

    def __init__(
        self, base: str, before: SortedLines, after: SortedLines, documents: frozenset[tuple[str, str]]
    ) -> None:
        self._base, self._before, self._after, self._documents = base, before, after, documents

    def changes(self, subject: bytes, lines: Iterable[tuple[bytes, bool]]) -> Iterator[Change]:
        gone: list[bytes] = []
        new: list[bytes] = []
        for line, is_new in lines:
            (new if is_new else gone).append(line)
        removed, added = _stated(self._base, gone), _stated(self._base, new)
        if not removed and not added:
            return
        was, now = (_stated(self._base, _lines_of(each, subject)) for each in (self._before, self._after))
        about = self._about(subject[1:-1].decode(), was or now)
        if not was or not now:
            # What is a part of a thing, such as the selector of a passage, comes and goes with it.
            if b"#" not in subject:
                yield _of(about, ADDED if now else WITHDRAWN if _is_unjudged(was) else VANISHED)
        elif _is_retired(now) and not _is_retired(was):
            successor = next((str(q.object) for q in now if q.predicate == DCT.isReplacedBy), "")
            yield _of(about, RETIRED, after=successor)
        else:
            yield from self._facts(about, removed, added)

    def _facts(self, about: Change, removed: Iterable[Quad], added: Iterable[Quad]) -> Iterator[Change]:
        """The facts that were added and removed; a value that was put for another of the same kind is one change."""
        before, after = _by_property(removed), _by_property(added)
        for key in sorted(before.keys() | after.keys()):
            gone, new = before.get(key, []), after.get(key, [])
            # A fact that stands in another graph now is the same fact.
            one, other = (
                [term for term in gone if term not in new],
                [term for term in new if term not in gone],
            )
            name, is_literal = key[0], bool(key[1])
            if name == HYTE.reviewStatus.value and other:
                yield _of(about, REVIEWED, name, one[0] if one else "", other[0])
                continue
            pairs = list(zip(one, other, strict=False)) if is_literal else self._moved(one, other)
            what = REWORDED if is_literal and not _counts_lines(about, name) else MOVED
            for was, now in pairs:
                yield _of(about, what, name, was, now)
            done = {term for pair in pairs for term in pair}
            for was in one:
                if was not in done:
                    yield _of(about, FACT_REMOVED, name, was)
            for now in other:
                if now not in done:
                    yield _of(about, FACT_ADDED, name, after=now)

    def _moved(self, gone: Iterable[str], new: Sequence[str]) -> list[tuple[str, str]]:
        """The things that others have taken the place of."""
        pairs = []
        for term in gone if new else ():
            quads = _stated(self._base, _lines_of(self._after, term.encode()))
            successors = [str(quad.object) for quad in quads if quad.predicate == DCT.isReplacedBy]
            pairs += [(term, successor) for successor in successors if successor in new]
        return pairs

    def _about(self, iri: str, quads: Sequence[Quad]) -> Change:
        path = iri.removeprefix(f"{self._base}id/") if iri.startswith(f"{self._base}id/") else ""
        town, *parts = path.split("/")
        document = next((part for part in parts if (town, part) in self._documents), "")
        if not document:
            document = next((slug for slug in map(self._document_of, quads) if slug), "")
        types = (quad.object for quad in quads if quad.predicate == RDF.type)
        kinds = sorted(each.value for each in types if isinstance(each, NamedNode))
        own = [kind for kind in kinds if kind.startswith(HYTE.iri)] or kinds
        names = [q.object for name in _NAMES for q in quads if q.predicate == name]
        label = best_literal((name for name in names if isinstance(name, Literal)), "fi")
        is_of_town = any(town == known for known, _ in self._documents)
        return Change(
            "",
            iri,
            town if is_of_town else "",
            document,
            own[0].rpartition("/")[2].rpartition("#")[2] if own else "",
            label.value if label else "",
        )

    def _document_of(self, quad: Quad) -> str:
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        return graph.partition("/document/")[2] if graph.startswith(f"{self._base}graph/") else ""


def _lines_of(data: SortedLines, subject: bytes) -> list[bytes]:
    return data.starting(subject + b" ").splitlines(keepends=True)


def _stated(base: str, lines: Iterable[bytes]) -> list[Quad]:
    """The lines as quads without those that follow from others."""
    following = tuple(f" <{base}{name}> .\n".encode() for name in _FOLLOWING)
    return list(parse(b"".join(li for li in lines if not li.endswith(following)), RdfFormat.N_QUADS))


def _is_retired(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate == OWL.deprecated for quad in quads)


def _is_unjudged(quads: Iterable[Quad]) -> bool:
    return any(q.predicate == HYTE.reviewStatus and q.object in _UNJUDGED for q in quads)


def _counts_lines(about: Change, name: str) -> bool:
    """Whether a value changes with every line that is put before it: a place, or the name of a row."""
    return name in _LINES or (name == RDFS.label.value and about.kind.endswith("Row"))


def _by_property(quads: Iterable[Quad]) -> Mapping[tuple[str, str], list[str]]:
    """The values of each property, those of a language or a datatype for themselves; without a kind for things."""
    found: dict[tuple[str, str], list[str]] = {}
    for quad in quads:
        value = quad.object
        kind = value.language or value.datatype.value if isinstance(value, Literal) else ""
        found.setdefault((quad.predicate.value, kind), []).append(str(value))
    return {key: sorted(set(values)) for key, values in found.items()}


def _of(about: Change, what: str, name: str = "", before: str = "", after: str = "") -> Change:
    return Change(what, about.thing, about.town, about.document, about.kind, about.label, name, before, after)
