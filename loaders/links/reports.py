"""Suggests which priorities, goals and measures a paragraph of a report is about, where it names only an aim."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, sqrt

from hytegraph.loaders.links.continuity.concepts import THEMES, TOPICS
from hytegraph.loaders.links.continuity.corpus import Corpus
from hytegraph.loaders.links.continuity.matching import cue_of, overlap_of
from hytegraph.loaders.links.lexicon_files import read_lexicon
from hytegraph.loaders.links.link import SIMILARITY, LinkAssertion, LinkEnd

METHOD = "report-words/1"
PREDICATES = {
    "priority": "hyte:reportsOnPriority",
    "goal": "hyte:reportsOnGoal",
    "measure": "hyte:reportsOnMeasure",
}
# A goal is said so broadly that many a paragraph shares its words: of the less sure, readers saw one in eight.
LOWEST = {"priority": 0.45, "goal": 0.7, "measure": 0.45}
_MOST = 5


class Reports:
    """The paragraphs of a town's reports and the plans that they may report on."""

    def __init__(self, elements: Iterable[LinkEnd]) -> None:
        known = sorted(elements, key=lambda each: each.id)
        self._period = {each.id: each.period for each in known if each.kind == "aim"}
        self._aims = [each for each in known if each.kind == "aim"]
        self.paragraphs = tuple(each for each in known if each.kind == "realisation" and each.aims)
        self.targets: dict[str, list[LinkEnd]] = defaultdict(list)
        for each in known:
            if each.kind in PREDICATES and each.period:
                self.targets[each.period].append(each)
        self.corpus = Corpus([*(each for each in known if each.kind in PREDICATES), *self.paragraphs])
        self._places = {(aim, *place): order for aim, order in self._printed(known) for place in order}

    def targets_of(self, paragraph: LinkEnd) -> Sequence[LinkEnd]:
        """What stands in the plan of the paragraph's aim."""
        periods = sorted({self._period[aim] for aim in paragraph.aims if aim in self._period})
        return [target for period in periods for target in self.targets[period]]

    def features(self, paragraph: LinkEnd, target: LinkEnd) -> dict[str, float]:
        """The numbers that the model of lexicon/report-model.csv weighs."""
        overlap = overlap_of(self.corpus, target.text, paragraph.text)
        concepts = self.corpus.concepts
        return {
            "constant": 1.0,
            "share": overlap.earlier_share,
            "similarity": sqrt(overlap.earlier_share * overlap.later_share),
            "rarest": overlap.rarest,
            "sameWords": min(overlap.same_words, 3) / 3,
            "topicRarity": overlap.topics.rarest,
            "topicLikeness": overlap.topics.likeness,
            "topicShare": concepts.part(TOPICS, paragraph.text, of=target.text),
            "themes": overlap.themes,
            "themeShare": concepts.part(THEMES, paragraph.text, of=target.text),
            "sameAim": float(not set(paragraph.aims).isdisjoint(target.aims)),
            "place": self._place(paragraph, target),
            "priority": float(target.kind == "priority"),
            "goal": float(target.kind == "goal"),
        }

    def _place(self, paragraph: LinkEnd, target: LinkEnd) -> float:
        """1 where the two stand in the same order under their aim in one document, 0 where they cannot be compared.

        A report that gives an aim's results in one cell mostly keeps to the order of its priorities.
        """
        return max(
            (
                1 - 2 * abs(self._rank(aim, "realisation", first) - self._rank(aim, "priority", second))
                for aim in paragraph.aims
                for first in _lines(paragraph)
                for second in _lines(target)
                if first[0] == second[0] and target.kind == "priority" and (aim, *second) in self._places
            ),
            default=0.0,
        )

    def _rank(self, aim: str, kind: str, place: tuple[str, int]) -> float:
        """Where a place stands among those of its kind under the aim in its document, from 0 to 1."""
        order = [
            each for each, what in self._places[aim, *place].items() if what == kind and each[0] == place[0]
        ]
        return order.index(place) / max(1, len(order) - 1)

    def _printed(self, known: Sequence[LinkEnd]) -> Iterable[tuple[str, dict[tuple[str, int], str]]]:
        """Per aim the places of priorities and paragraphs under it, in the order in which they are printed.

        A wording that stands under several aims is a place of the aim printed before it.
        """
        heads = sorted((place, aim.id) for aim in self._aims for place in _lines(aim))
        for aim in self._aims:
            found = {
                place: each.kind
                for each in known
                if each.kind in ("priority", "realisation") and aim.id in each.aims
                for place in _lines(each)
                if max((head for head in heads if head[0] <= place), default=((), ""))[1] == aim.id
            }
            yield aim.id, dict(sorted(found.items()))


def suggest_reports(elements: Iterable[LinkEnd]) -> tuple[LinkAssertion, ...]:
    """For each paragraph what it seems to report on, at most _MOST, the surest first."""
    reports = Reports(elements)
    links = [
        _link(paragraph, target, sure)
        for paragraph in reports.paragraphs
        for sure, target in _best(reports, paragraph)
    ]
    return tuple(sorted(links, key=lambda link: link.key))


def _best(reports: Reports, paragraph: LinkEnd) -> list[tuple[float, LinkEnd]]:
    weighed = [
        (confidence(reports.features(paragraph, target)), target) for target in reports.targets_of(paragraph)
    ]
    good = sorted(
        (each for each in weighed if each[0] >= LOWEST[each[1].kind]), key=lambda each: (-each[0], each[1].id)
    )
    return good[:_MOST]


def confidence(features: dict[str, float]) -> float:
    """How likely a reader says that the paragraph reports on the target, from 0 to 1."""
    return round(1 / (1 + exp(-sum(weight * features[name] for name, weight in _model()))), 2)


@cache
def _model() -> tuple[tuple[str, float], ...]:
    return tuple((row["feature"], float(row["weight"])) for row in read_lexicon("report-model"))


def _lines(element: LinkEnd) -> list[tuple[str, int]]:
    """The documents and first lines of an element."""
    places = (place.partition(":L") for place in element.evidence.split())
    return [(name, int(lines.partition("-")[0])) for name, _, lines in places]


def _link(paragraph: LinkEnd, target: LinkEnd, sure: float) -> LinkAssertion:
    cue = cue_of(target.text, paragraph.text)
    return LinkAssertion(
        subject=paragraph.id,
        predicate=PREDICATES[target.kind],
        object=target.id,
        kind=target.kind,
        confidence=sure,
        method=METHOD,
        justification=SIMILARITY,
        cue=" | ".join(cue),
        rationale="Kappaleen sanat, aiheet ja paikka raportissa viittaavat tähän; raportti nimeää vain päämäärän.",
        subject_label=paragraph.text,
        object_label=target.text,
        subject_evidence=paragraph.evidence,
        object_evidence=target.evidence,
    )
