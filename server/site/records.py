"""What the data state of a single thing, as one small page for all languages.

People read about a thing elsewhere: a goal on its page of the plan, a passage in its document. Whoever follows the
IRI of such a thing, or of a part of one, finds here which graph states what, and the way to the words and the data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.formats import THING_FORMATS, GraphFormat
from hytegraph.graph.iris import common_graph
from hytegraph.graph.languages import LANGUAGES, best_literal
from hytegraph.graph.results import Term, text_of
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import DCT, HYTE, OA, OWL, RDFS, SKOS
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.pages.things.incoming import describe
from hytegraph.server.site.locations import OF_THINGS
from hytegraph.server.text.links import Link, curie, human_path, kind_of, page_path, source_path
from hytegraph.server.text.messages import translate

# Parts of other things: people read of them on the pages of what they belong to.
PARTS = frozenset(("passage", "link", "observation", "row", "realisation"))
# So many values of a property are shown; the data hold all.
_SHOWN = 50
_NAMING = (SKOS.prefLabel, RDFS.label, DCT.title)
_PAGE = "/page/"
_MARKS = {"inferred": "mark.inferred", "links/suggested": "mark.suggested"}


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as it is shown, and the name of its place on the page, which parts of the thing have."""

    link: Link
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The values of a property that are shown, and how many there are."""

    property: Link
    values: tuple[_Value, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Graph:
    """What one graph states: its name, the key of the text for what is no fact of a document, and the statements."""

    name: str
    mark: str
    groups: tuple[_Group, ...]


class Records:
    """The pages of the records of a release; they say what the data say, and rewriting makes their links relative."""

    def __init__(self, served: Dataset, base: str) -> None:
        self._served = served
        self._base = base
        self._marked = {str(common_graph(base, name)): text for name, text in _MARKS.items()}
        self._label = lru_cache(maxsize=50_000)(self._read_label)
        templates = Environment(
            loader=PackageLoader("hytegraph.server", "site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = templates.get_template("record.html")

    def iri(self, path: str) -> str | None:
        """The thing whose record an address of the service asks for; None for what has a page in each language."""
        if not path.startswith(_PAGE):
            return None
        iri = self._base + path.removeprefix(_PAGE)
        is_read_elsewhere = human_path(iri, self._base) != page_path(iri, self._base)
        return iri if is_read_elsewhere or kind_of(iri, self._base) in PARTS else None

    def page(self, iri: str) -> str | None:
        """The page of a thing; None where the data say nothing of it, or only that it is gone for good."""
        own, pointing = self._served.statements(NamedNode(iri))
        if not own and not pointing:
            return None
        properties = {quad.predicate for quad in own}
        if OWL.deprecated in properties and DCT.isReplacedBy not in properties:
            return None
        return self._template.render(
            iri=iri,
            path=(page_path(iri, self._base) or "").removeprefix(_PAGE),
            title=self._label(iri) or Link(iri.removeprefix(self._base)),
            read=self._read_at(iri, own),
            own=tuple(self._graphs(iri, own, is_own=True)),
            pointing=tuple(self._graphs(iri, pointing, is_own=False)),
            languages=LANGUAGES,
            t=_in_all_languages,
            translate=translate,
        )

    def data(self, iri: str) -> Mapping[GraphFormat, bytes]:
        """The data of a thing in the formats that the site has of it; none where the service has but a part of them."""
        described = describe(self._served, NamedNode(iri), self._base)
        if described.is_cut:
            return {}
        formats = (each for each in THING_FORMATS if f".{each.extension}" in OF_THINGS)
        return {each: serialise_triples(described.triples, each) for each in formats}

    def _read_at(self, iri: str, own: Sequence[Quad]) -> tuple[str, str] | None:
        """Where people read of it, and the key of the text of the link: its page, or the lines that it rests on."""
        path = human_path(iri, self._base)
        if path is not None and path != page_path(iri, self._base):
            return path, "resource.open"
        passages = (iri, *(text_of(quad.object) for quad in own if quad.predicate == HYTE.evidencedBy))
        lines = next(filter(None, map(self._lines, passages)), None)
        return (lines, "source.open") if lines else None

    def _lines(self, passage: str) -> str | None:
        told = {
            quad.predicate: text_of(quad.object) for quad in self._served.statements(NamedNode(passage))[0]
        }
        start, end, document = (told.get(term) for term in (HYTE.lineStart, HYTE.lineEnd, OA.hasSource))
        if start is None or end is None or document is None:
            return None
        return source_path(document, int(start), int(end), self._base, passage)

    def _graphs(self, iri: str, quads: Sequence[Quad], *, is_own: bool) -> Iterator[_Graph]:
        """The statements by graph and property, each in order."""
        for graph, stated in groupby(sorted(quads, key=self._order), key=lambda quad: quad.graph_name):
            groups = groupby(stated, key=lambda quad: quad.predicate)
            name = graph.value if isinstance(graph, NamedNode) else str(graph)
            yield _Graph(
                name.removeprefix(self._base),
                self._marked.get(str(graph), ""),
                tuple(
                    self._group(iri, predicate, [quad.object if is_own else quad.subject for quad in same])
                    for predicate, same in groups
                ),
            )

    def _order(self, quad: Quad) -> tuple[bool, str, str, str]:
        """What documents state comes before what rules derived or somebody suggests."""
        graph = str(quad.graph_name)
        return graph in self._marked, graph, quad.predicate.value, str(quad)

    def _group(self, iri: str, predicate: NamedNode, terms: Sequence[Term]) -> _Group:
        values = tuple(_Value(self._link(term), _place(iri, term)) for term in terms[:_SHOWN])
        name = Link(curie(predicate.value), "", page_path(predicate.value, self._base))
        return _Group(name, values, len(terms))

    def _link(self, term: Term) -> Link:
        if isinstance(term, Literal):
            return Link(term.value, term.language or "")
        iri = text_of(term)
        if not isinstance(term, NamedNode):
            return Link(iri)
        path = human_path(iri, self._base)
        href = path or (iri if iri.startswith(("http://", "https://")) else None)
        named = self._label(iri) or Link(curie(iri).removeprefix(self._base))
        return Link(named.text, named.language, href, outside=path is None)

    def _read_label(self, iri: str) -> Link | None:
        quads = self._served.statements(NamedNode(iri))[0] if iri.startswith(f"{self._base}id/") else ()
        names = [quad.object for quad in quads if quad.predicate in _NAMING]
        best = best_literal((name for name in names if isinstance(name, Literal)), LANGUAGES[0])
        return Link(best.value, best.language or "") if best else None


def _place(iri: str, term: Term) -> str:
    own = f"{iri}#"
    return term.value.removeprefix(own) if isinstance(term, NamedNode) and term.value.startswith(own) else ""


@lru_cache(maxsize=10_000)
def _in_all_languages(key: str, **values: object) -> Markup:
    """A text in each language, for a page that has none of its own."""
    return Markup(" · ").join(
        Markup('<span lang="{}">{}</span>').format(language, escape(translate(key, language, **values)))
        for language in LANGUAGES
    )
