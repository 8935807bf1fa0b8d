"""What a reader may look for in a dataset: its things with names, texts, place and the facets they fall under."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset

# In the order in which results are shown, and of which a thing of several kinds is the first.
KINDS = (
    *("aim", "goal", "priority", "project", "measure", "unit", "indicator", "figure", "decision"),
    *("document", "plan", "realisation", "narrative", "amendment", "sdg", "passage"),
)
FACETS = ("kind", "town", "period", "aim", "sector", "responsible", "document", "status")
# Facets whose values are a town's own.
OF_ONE_TOWN = ("aim", "sector", "responsible", "document")
_LONGEST_WAY = 5

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was read: its document, the passage, and that passage's lines."""

    document: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be found.

    Names and texts are pairs of language and text; the way up begins with what it belongs to; facets are pairs of the
    name of a facet and the key of a value: its kind, then its town if it has one, then all others.
    """

    iri: str
    kind: str
    names: tuple[Text, ...]
    texts: tuple[Text, ...]
    way: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its key in addresses, its names (those of kinds are the reader's), and its rank, if any."""

    facet: str
    key: str
    names: tuple[Text, ...]
    rank: str


@dataclass(frozen=True, slots=True)
class Findable:
    """Everything in a dataset that can be found; the names are those of all things that stand in a way up."""

    entries: tuple[Entry, ...]
    values: tuple[Value, ...]
    names: Mapping[str, tuple[Text, ...]]


@dataclass(slots=True)
class _Facts:
    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    facets: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, Place] = field(default_factory=dict)
    towns: dict[str, tuple[Text, ...]] = field(default_factory=dict)


def read_findable(dataset: Dataset) -> Findable:
    """What can be found in the dataset, by kind and facets."""
    facts = _read(dataset)
    values = _values(dataset, facts)
    entries = [_entry(iri, facts) for iri in facts.kinds]
    entries.sort(key=lambda entry: (KINDS.index(entry.kind), entry.facets, entry.iri))
    above = {iri for entry in entries for iri in entry.way}
    documents = {place.document for place in facts.places.values()}
    names = {iri: _once(facts.names[iri]) for iri in sorted(above | documents)}
    return Findable(tuple(entries), values, names)


def _read(dataset: Dataset) -> _Facts:
    facts = _Facts()
    for row in dataset.select(stored_query(__name__, "towns")):
        facts.towns[row.text("town")] = (*facts.towns.get(row.text("town"), ()), _text(row, "label"))
    for row in dataset.select(stored_query(__name__, "things")):
        iri, kind = row.text("node"), row.text("kind")
        facts.kinds[iri] = min(facts.kinds.get(iri, kind), kind, key=KINDS.index)
        facts.names[iri].append(_text(row, "label"))
    for row in dataset.select(stored_query(__name__, "passages")):
        iri = row.text("node")
        facts.kinds[iri] = "passage"
        facts.names[iri].append(_text(row, "quote"))
        facts.places[iri] = _place(row, iri)
    for row in dataset.select(stored_query(__name__, "texts")):
        facts.texts[row.text("node")].append(_text(row, "text"))
    for row in dataset.select(stored_query(__name__, "parents")):
        facts.parents[row.text("node")].append(row.text("parent"))
    for row in dataset.select(stored_query(__name__, "evidence")):
        iri, place = row.text("node"), _place(row, row.text("passage"))
        facts.places[iri] = min(facts.places.get(iri, place), place, key=_reading_order)
    return facts


def _values(dataset: Dataset, facts: _Facts) -> tuple[Value, ...]:
    """The values of the facets; things of one name in several periods or towns are one value."""
    names: dict[str, list[Text]] = defaultdict(list)
    ranks: dict[str, str] = {}
    for row in dataset.select(stored_query(__name__, "values")):
        names[row.text("node")].append(_text(row, "label"))
        ranks[row.text("node")] = row.text("start")
    found: dict[tuple[str, str], tuple[str, tuple[Text, ...]]] = {}
    for facet in FACETS[2:]:
        for row in dataset.select(stored_query(__name__, f"facet-{facet}")):
            iri = row.text("value")
            known = _once(names.get(iri) or facts.names.get(iri) or ())
            facts.facets[row.text("node")].append((facet, key_of(iri)))
            key = (facet, key_of(iri))
            found[key] = min(found.get(key, (iri, known)), (iri, known))
    kinds = (Value("kind", kind, (), f"{rank:02}") for rank, kind in enumerate(KINDS))
    towns = (Value("town", key_of(iri), _once(names), "") for iri, names in sorted(facts.towns.items()))
    others = (
        Value(facet, key, known or (("", key),), ranks.get(iri, ""))
        for (facet, key), (iri, known) in sorted(found.items())
    )
    return (*kinds, *towns, *others)


def key_of(iri: str) -> str:
    """The last segment of an IRI."""
    return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


def _entry(iri: str, facts: _Facts) -> Entry:
    names = _once(facts.names[iri])
    own = {text for _, text in names}
    return Entry(
        iri=iri,
        kind=facts.kinds[iri],
        names=names,
        texts=tuple(text for text in _once(facts.texts.get(iri, ())) if text[1] not in own),
        way=_way(iri, facts),
        facets=(("kind", facts.kinds[iri]), *_town(iri, facts), *sorted({*facts.facets.get(iri, ())})),
        place=facts.places.get(iri),
    )


def _town(iri: str, facts: _Facts) -> tuple[tuple[str, str], ...]:
    """The town to which a thing belongs by its IRI, which begins with the town's own."""
    base, found, rest = iri.partition("/id/")
    town = f"{base}{found}{rest.partition('/')[0]}"
    return (("town", key_of(town)),) if town in facts.towns else ()


def _way(iri: str, facts: _Facts) -> tuple[str, ...]:
    """What the thing belongs to, what that belongs to, and so on, as far as it has names."""
    way: list[str] = []
    while len(way) < _LONGEST_WAY:
        above = min((each for each in facts.parents.get(iri, ()) if facts.names.get(each)), default="")
        if not above or above in way:
            break
        way.append(above)
        iri = above
    return tuple(way)


def _once(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(sorted(set(texts)))


def _text(row: Row, name: str) -> Text:
    term = row[name]
    return (term.language or "" if isinstance(term, Literal) else "", row.text(name))


def _place(row: Row, passage: str) -> Place:
    return Place(row.text("document"), passage, int(row.text("lineStart")), int(row.text("lineEnd")))


def _reading_order(place: Place) -> tuple[str, int, int, str]:
    return place.document, place.start, place.end, place.passage
