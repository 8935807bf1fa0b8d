"""What paragraphs of reports speak of: the aim that the report names, and what below it each seems to speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries, Wanted
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language

STANDING = (HYTE.suggested, HYTE.accepted)
# Of suggestions this sure readers agreed with most, of those below with too few (decision 88): they are possible ones.
LIKELY = 0.8
PRIORITY, GOAL, MEASURE = "reportsOnPriority", "reportsOnGoal", "reportsOnMeasure"


@dataclass(frozen=True, slots=True)
class Topic:
    """A priority, goal or measure that a paragraph is said to speak of; `words` are what the two share."""

    iri: str
    link: Link
    relation: str
    review: str
    confidence: float
    words: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it has been accepted, or is suggested surely enough to count."""
        return self.review == "accepted" or self.confidence >= LIKELY


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report: its words, its lines as a link and as numbers, its aims, and what it speaks of."""

    iri: str
    text: str
    place: Link
    lines: tuple[str, int, int]
    aims: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A paragraph that is said to speak of one thing."""

    paragraph: Paragraph
    topic: Topic


@dataclass(frozen=True, slots=True)
class PriorityReport:
    """A priority and the paragraphs that are said to speak of it; none where none was found."""

    iri: str
    link: Link
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class AimReport:
    """What paragraphs say of an aim: all of them, and the aim's priorities with those that speak of each."""

    iri: str
    link: Link
    paragraphs: tuple[Paragraph, ...]
    priorities: tuple[PriorityReport, ...]

    @property
    def spoken_of(self) -> int:
        """Of how many of its priorities a paragraph is likely to speak."""
        return sum(_is_spoken_of(priority.mentions) for priority in self.priorities)


@dataclass(frozen=True, slots=True)
class Reports:
    """What the paragraphs of a town's reports speak of, by aim in the order of the reports."""

    aims: tuple[AimReport, ...]
    mentions: Mapping[str, tuple[Mention, ...]]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return len({paragraph.iri for aim in self.aims for paragraph in aim.paragraphs})

    @property
    def priorities(self) -> int:
        """How many priorities stand under the aims that are reported on."""
        return len({priority.iri for aim in self.aims for priority in aim.priorities})

    def count(self, relation: str) -> int:
        """How many things a paragraph is likely to speak of in this way."""
        return sum(
            _is_spoken_of(each for each in found if each.topic.relation == relation)
            for found in self.mentions.values()
        )


def _is_spoken_of(mentions: Iterable[Mention]) -> bool:
    return any(mention.topic.is_likely for mention in mentions)


def read_reports(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> Reports:
    """What the reports of a town (its slug), or of the only one, say in paragraphs."""
    paragraphs = _paragraphs(dataset, summaries.rows("report-claims", town), base, language)
    aims = tuple(dict.fromkeys(aim for paragraph in paragraphs for aim in paragraph.aims))
    priorities = _priorities(summaries, town, aims)
    named = labels_of(
        dataset, {*aims, *(iri for under in priorities.values() for iri in under)}, base, language
    )
    mentions = mentions_of(paragraphs)
    return Reports(
        tuple(
            AimReport(
                aim,
                named.link(aim),
                tuple(paragraph for paragraph in paragraphs if aim in paragraph.aims),
                tuple(PriorityReport(iri, named.link(iri), mentions.get(iri, ())) for iri in priorities[aim]),
            )
            for aim in aims
        ),
        mentions,
    )


def read_mentions(
    dataset: Dataset, summaries: Summaries, thing: str, base: str, language: Language
) -> tuple[Mention, ...]:
    """The paragraphs that are said to speak of one thing (an IRI)."""
    chosen: Wanted = {"target": NamedNode(thing)}
    found = mentions_of(_paragraphs(dataset, summaries.rows("report-claims", None, chosen), base, language))
    return found.get(thing, ())


def mentions_of(paragraphs: Iterable[Paragraph]) -> Mapping[str, tuple[Mention, ...]]:
    """The paragraphs by what they are said to speak of, the surest first."""
    found: dict[str, list[Mention]] = {}
    for paragraph in paragraphs:
        for topic in paragraph.topics:
            found.setdefault(topic.iri, []).append(Mention(paragraph, topic))
    return {
        iri: tuple(sorted(those, key=lambda each: (each.topic.review != "accepted", -each.topic.confidence)))
        for iri, those in found.items()
    }


def _paragraphs(
    dataset: Dataset, rows: Iterable[Row], base: str, language: Language
) -> tuple[Paragraph, ...]:
    by_paragraph: dict[str, list[Row]] = {}
    for row in rows:
        by_paragraph.setdefault(row.text("paragraph"), []).append(row)
    targets = {row.text("target") for told in by_paragraph.values() for row in told} - {""}
    labels = labels_of(dataset, targets, base, language)
    return tuple(_paragraph(dataset, told, labels, base, language) for told in by_paragraph.values())


def _paragraph(
    dataset: Dataset, rows: Sequence[Row], labels: Labels, base: str, language: Language
) -> Paragraph:
    first = rows[0]
    lines = (
        first.text("document"),
        min(int(row.text("start")) for row in rows),
        max(int(row.text("end")) for row in rows),
    )
    by_claim: dict[str, list[Row]] = {}
    for row in rows:
        if row["review"] in STANDING:
            by_claim.setdefault(row.text("claim"), []).append(row)
    return Paragraph(
        first.text("paragraph"),
        first.text("text"),
        place_link(dataset, lines, base, language),
        lines,
        tuple(dict.fromkeys(row.text("aim") for row in rows)),
        tuple(sorted((_topic(told, labels) for told in by_claim.values()), key=_rank)),
    )


def _topic(rows: Sequence[Row], labels: Labels) -> Topic:
    first = rows[0]
    return Topic(
        first.text("target"),
        labels.link(first.text("target")),
        first.text("relation").removeprefix(HYTE.iri),
        first.text("review").removeprefix(HYTE.iri),
        float(first.text("confidence") or 0),
        tuple(dict.fromkeys(word for row in rows if (word := row.text("word")))),
    )


def _rank(topic: Topic) -> tuple[bool, float, str]:
    return topic.review != "accepted", -topic.confidence, topic.iri


def _priorities(summaries: Summaries, town: str | None, aims: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The priorities under each aim in the order of the plan."""
    chosen: Wanted = {"class": HYTE.HytePriority}
    listed = dict.fromkeys(
        row.text("node") for row in summaries.rows("elements", town, chosen, order=("order", "node"))
    )
    under: dict[str, list[str]] = {aim: [] for aim in aims}
    wanted: Wanted = {"node": [NamedNode(iri) for iri in listed]}
    aims_of = {(row.text("node"), row.text("aim")) for row in summaries.rows("element-aims", town, wanted)}
    for iri in listed:
        for aim in aims:
            if (iri, aim) in aims_of:
                under[aim].append(iri)
    return under
