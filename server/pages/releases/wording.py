"""Changes in words: what they are about, and values as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from hytegraph.graph.releases.changes import Change
from hytegraph.graph.releases.summary import Count
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.vocab import HYTE
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language, translate

_QUOTED = {"fi": "”{}”", "sv": "”{}”", "en": "“{}”"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change as people read it."""

    thing: Link
    kind: Link
    property: Link
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The names of what has changed; what is gone from the data has the name that it had."""

    labels: Labels
    language: Language

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        changes: Iterable[Change],
        base: str,
        language: Language,
        counts: Iterable[Count] = (),
    ) -> Self:
        """The wording of changes and counts of them."""
        listed = tuple(changes)
        iris = {change.thing for change in listed} | {change.property for change in listed}
        iris |= {HYTE.iri + kind for kind in {c.kind for c in listed} | {c.kind for c in counts}}
        iris |= {_iri(value) for change in listed for value in (change.before, change.after)}
        return cls(labels_of(dataset, iris - {""}, base, language), language)

    def line(self, change: Change) -> ChangeLine:
        """The parts of a change as a table has them."""
        return ChangeLine(
            self._thing(change),
            self.kind(change.kind),
            self.labels.link(change.property) if change.property else Link(""),
            self._value(change.before),
            self._value(change.after),
        )

    def sentence(self, change: Change) -> str:
        """A change as a sentence without the name of the thing, which stands before it."""
        line = self.line(change)
        quoted = _QUOTED[self.language]
        return translate(
            f"updates.what.{change.what}",
            self.language,
            kind=line.kind.text,
            property=line.property.text,
            before=quoted.format(line.before),
            after=quoted.format(line.after),
        )

    def kind(self, kind: str) -> Link:
        """The name of a class; one of another vocabulary is named as there."""
        link = self.labels.link(HYTE.iri + kind)
        return Link(kind, "en") if link.text.endswith(f":{kind}") else Link(link.text, link.language)

    def _thing(self, change: Change) -> Link:
        thing = self.labels.link(change.thing)
        return thing if not change.label or thing.language else Link(change.label, "fi", thing.href)

    def _value(self, term: str) -> str:
        """A value in words: the name of a thing, the text of a literal."""
        if iri := _iri(term):
            return self.labels.link(iri).text
        if not term.startswith('"'):
            return term
        return term[1 : term.rfind('"')].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def _iri(term: str) -> str:
    return term[1:-1] if term.startswith("<") else ""
