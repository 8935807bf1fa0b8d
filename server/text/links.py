"""Terms of the graph as they are shown: text in a language, and a link to their page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode

from hytegraph.graph.languages import best_literal
from hytegraph.graph.query.towns import Town
from hytegraph.graph.results import Row, Term, text_of
from hytegraph.graph.vocab import HYTE, PREFIXES, XSD
from hytegraph.server.text.messages import TEXTS, Language, translate
from hytegraph.server.text.numbers import day, number

# What a program suggested has no name; its kind tells more than its address.
_SUGGESTION = re.compile(r"/link/(?P<kind>[a-z]+)/(?P<name>[0-9a-f]+)$")
_PASSAGE = re.compile(
    r"/passage/[^/]+/(?P<start>\d+)(?:\.(?P<first>\d+))?-(?P<end>\d+)(?:\.(?P<last>\d+))?(?:-\d+)?(?P<selector>#\w+)?$"
)
# Things whose way up, sideways and down is shown under `/trace/`.
TRACED = frozenset(
    HYTE[name].value for name in ("StrategicAim", "Goal", "HytePriority", "Measure", "StrategicProject")
)
# The kinds of responsible parties, as the IRIs of these name them.
PARTY_KINDS = ("unit", "post", "role", "scope", "party", "organisation")
# Under which address people read of a thing, by the kind in its IRI; all other things have their triples only.
HUMAN_PAGES = {
    **dict.fromkeys(("aim", "goal", "measure", "priority", "project"), "trace"),
    **dict.fromkeys(PARTY_KINDS, "responsibility"),
    **dict.fromkeys(("strategy", "plan"), "tree"),
    "decision": "decisions",
    "document": "source",
    "figure": "figures",
}
_KIND = re.compile(r"id/[^/]+/([a-z]+)/.")
_SAFE = "/:#,;=@!$&'()*+~"


@dataclass(frozen=True, slots=True)
class Link:
    """Something shown: its text, the language of the text, and where it leads (nowhere for a literal).

    `code` is what data and addresses call it where its text depends on the reader's language.
    """

    text: str
    language: str = ""
    href: str | None = None
    outside: bool = False
    code: str = ""

    @property
    def value(self) -> str:
        """What data and addresses call it."""
        return self.code or self.text


class Labels:
    """The labels of the things on one page, in the reader's language."""

    def __init__(self, rows: Iterable[Row], base: str, language: Language) -> None:
        self._base = base
        self._language: Language = language
        self._literals: dict[str, list[Literal]] = {}
        # A thing stands on a page many times.
        self._links: dict[str, Link] = {}
        for row in rows:
            label = row["label"]
            if isinstance(label, Literal):
                self._literals.setdefault(row.text("node"), []).append(label)

    def link(self, term: Term | str | None) -> Link:
        """The term as it is shown; a plain string is taken for an IRI."""
        if isinstance(term, str):
            term = NamedNode(term)
        if isinstance(term, NamedNode):
            return self._named(term.value)
        if isinstance(term, Literal):
            return Link(self._literal(term), term.language or "")
        return Link(text_of(term)) if not isinstance(term, BlankNode) else Link("[]")

    def _named(self, iri: str) -> Link:
        if iri not in self._links:
            self._links[iri] = self._link(iri)
        return self._links[iri]

    def _link(self, iri: str) -> Link:
        href = human_path(iri, self._base)
        outside = href is None
        href = href or (iri if iri.startswith(("http://", "https://")) else None)
        label = best_literal(self._literals.get(iri, ()), self._language)
        if label is not None:
            return Link(label.value, label.language or "", href, outside)
        return Link(self._fallback(iri), "", href, outside)

    def _fallback(self, iri: str) -> str:
        passage = _PASSAGE.search(iri)
        if passage:
            name = passage_name(int(passage["start"]), int(passage["end"]), self._language)
            if passage["first"] and passage["last"]:
                columns = translate(
                    "characters", self._language, first=int(passage["first"]) + 1, last=int(passage["last"])
                )
                name = f"{name}, {columns}"
            return name
        suggestion = _SUGGESTION.search(iri)
        if suggestion and f"link.{suggestion['kind']}" in TEXTS:
            kind = translate(f"link.{suggestion['kind']}", self._language)
            return f"{kind} {suggestion['name']}"
        short = curie(iri)
        if f"term.{short}" in TEXTS:
            return translate(f"term.{short}", self._language)
        return short if short != iri else iri.removeprefix(self._base)

    def _literal(self, literal: Literal) -> str:
        if literal.datatype == XSD.boolean:
            return translate("yes" if literal.value in ("true", "1") else "no", self._language)
        if literal.datatype == XSD.date:
            return _day(literal.value, self._language)
        if literal.datatype == XSD.decimal:
            return number(Decimal(literal.value), self._language)
        return literal.value


def naming(rows: Iterable[Row], node: str, label: str) -> Iterator[Row]:
    """The rows as `Labels` takes them, from the variables of a thing and of its name."""
    return (Row(("node", "label"), (row[node], row[label])) for row in rows)


def _day(value: str, language: Language) -> str:
    """A date in the language; as it is written where the calendar has no such day, or it has a time zone."""
    try:
        return day(date.fromisoformat(value), language)
    except ValueError:
        return value


def passage_name(start: int, end: int, language: Language) -> str:
    """How a range of lines is called."""
    if start == end:
        return translate("line", language, start=start)
    return translate("lines", language, start=start, end=end)


def curie(iri: str) -> str:
    """The IRI with the project's prefix for its namespace, or the IRI itself."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def page_path(iri: str, base: str) -> str | None:
    """The address of the page for an IRI of the graph, None for an IRI of somebody else."""
    for kind in ("id/", "graph/"):
        if iri.startswith(base + kind):
            return "/page/" + quote(iri.removeprefix(base), safe=_SAFE)
    if iri.startswith(HYTE.iri):
        return "/ns#" + quote(iri.removeprefix(HYTE.iri), safe="")
    return None


def kind_of(iri: str, base: str) -> str:
    """The kind that the IRI of a town's thing names, such as `measure`; empty for any other IRI."""
    found = _KIND.match(iri.removeprefix(base)) if iri.startswith(base) else None
    return found[1] if found else ""


def human_path(iri: str, base: str) -> str | None:
    """The address of the page for people of a thing, by the kind that its IRI names; else as `page_path`."""
    prefix = HUMAN_PAGES.get(kind_of(iri, base))
    return path_under(prefix, iri, base) if prefix else page_path(iri, base)


def town_link(town: Town, language: Language, path: str = "") -> Link:
    """The name of a town, with the way to its front page, or to its page at a path."""
    return Link(town.name(language), town.name_language(language), f"/{town.slug}{path}")


def characters_of(passage: str) -> tuple[int, int] | None:
    """Where a passage begins in its first line and ends in its last one (from 0, end excluded); None for whole
    lines.
    """
    found = _PASSAGE.search(passage)
    return (int(found["first"]), int(found["last"])) if found and found["first"] and found["last"] else None


def source_path(document: str, start: int, end: int, base: str, passage: str = "") -> str | None:
    """The address of lines in the source view, with the characters of a passage that is part of them marked.

    None for a document of somebody else.
    """
    if not document.startswith(base + "id/"):
        return None
    lines = str(start) if start == end else f"{start}-{end}"
    if columns := characters_of(passage):
        lines = f"{start}.{columns[0]}-{end}.{columns[1]}"
    return f"{path_under('source', document, base)}?lines={lines}#L{start}"


def path_under(prefix: str, iri: str, base: str) -> str:
    """The address under `/trace/`, `/tree/` or `/source/` that mirrors an IRI."""
    return f"/{prefix}/" + quote(iri.removeprefix(base), safe=_SAFE)
