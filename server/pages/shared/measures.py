"""The measures with what their table rows say of them, as lists, trees and summaries show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries, Wanted
from hytegraph.server.pages.shared.documents import short_name
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Labels, Link, passage_name, path_under, source_path
from hytegraph.server.text.messages import Language

_THINGS = ("aim", "goal", "sector")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure, the things that its rows name, the words of their cells, and where they stand.

    `parties` are who is named as responsible, or the words of that cell where it names nobody known.
    """

    iri: str
    link: Link
    periods: tuple[str, ...]
    aims: tuple[Link, ...]
    goals: tuple[Link, ...]
    sectors: tuple[Link, ...]
    parties: tuple[Link, ...]
    schedule: tuple[Link, ...]
    indicators: tuple[Link, ...]
    targets: tuple[Link, ...]
    reported: tuple[Link, ...]
    document: Link | None
    place: Link | None
    start: int | None
    end: int | None
    in_table: bool


@dataclass(frozen=True, slots=True)
class MeasureReader:
    """Reads measures out of the summaries of a dataset, in a language."""

    served: Dataset
    kept: Summaries
    base: str
    language: Language

    def of_town(self, town: str | None) -> tuple[MeasureLine, ...]:
        """All measures of a town (its slug) or of the data, in the order of their documents."""
        return self._lines(town, None)

    def of(self, iris: Iterable[str]) -> Mapping[str, MeasureLine]:
        """These measures, by IRI."""
        wanted = [NamedNode(iri) for iri in sorted(set(iris))]
        return {line.iri: line for line in self._lines(None, {"measure": wanted})} if wanted else {}

    def _lines(self, town: str | None, where: Wanted | None) -> tuple[MeasureLine, ...]:
        rows: dict[str, list[Row]] = {}
        for row in self.kept.rows("measure-rows", town, where):
            rows.setdefault(row.text("measure"), []).append(row)
        parties: dict[str, list[str]] = {}
        for row in self.kept.rows("measure-parties", town, where):
            parties.setdefault(row.text("measure"), []).append(row.text("party"))
        named = {iri for found in parties.values() for iri in found}
        named |= {
            iri for found in rows.values() for row in found for name in _THINGS if (iri := row.iri(name))
        }
        labels = labels_of(self.served, named, self.base, self.language)
        return tuple(self._line(found, parties.get(iri, ()), labels) for iri, found in rows.items())

    def _line(self, rows: Sequence[Row], parties: Sequence[str], labels: Labels) -> MeasureLine:
        first = rows[0]
        iri, document = first.text("measure"), first.text("document")
        start, end = int(first.text("start") or 0), int(first.text("end") or 0)
        name = short_name(self.served, document, self.base, self.language) if document else ""
        lines = passage_name(start, end, self.language)
        return MeasureLine(
            iri=iri,
            link=Link(first.text("label"), first.language("label"), path_under("trace", iri, self.base)),
            periods=_different(row.text("period") for row in rows),
            aims=_things(rows, "aim", labels),
            goals=_things(rows, "goal", labels),
            sectors=_things(rows, "sector", labels),
            parties=tuple(map(labels.link, parties)) or _words(rows, "responsible"),
            schedule=_words(rows, "schedule"),
            indicators=_words(rows, "indicator"),
            targets=_words(rows, "target"),
            reported=_words(rows, "realisation"),
            document=Link(name, "", path_under("source", document, self.base)) if document else None,
            place=Link(lines, "", source_path(document, start, end, self.base)) if start else None,
            start=start or None,
            end=end or None,
            in_table=first["row"] is not None,
        )


def _words(rows: Iterable[Row], name: str) -> tuple[Link, ...]:
    """The words of a document in a column, which are Finnish."""
    texts = _different(part for row in rows for part in row.text(name).split(" | "))
    return tuple(Link(text, "fi") for text in texts)


def _things(rows: Iterable[Row], name: str, labels: Labels) -> tuple[Link, ...]:
    return tuple(labels.link(iri) for iri in _different(row.iri(name) or "" for row in rows))


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts, each once and none empty, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))
