"""The page of results as a table: what is said of each measure, and what paragraphs of reports speak of."""

from collections.abc import Iterable, Iterator, Sequence

from hytegraph.server.pages.results.reading import GoalResult, MeasureResult
from hytegraph.server.pages.shared.outcomes.reported import (
    GOAL,
    MEASURE,
    PRIORITY,
    AimReport,
    Paragraph,
    Topic,
)
from hytegraph.server.pages.shared.table import Cell

COLUMNS = (
    *("aim", "goal", "priority", "measure", "state", "result", "review", "words", "realisation"),
    *("document", "lineStart", "lineEnd", "iri"),
)
ON_AIM = "reportsOnAim"


def cells_of(
    goals: Iterable[GoalResult], aims: Sequence[AimReport], *, measures_only: bool
) -> Iterator[tuple[Cell, ...]]:
    """The rows of the measures of the goals, then those of the paragraphs about the aims.

    Of a goal whose aim is not among `aims` the paragraphs that are said to speak of it follow its measures, unless
    only measures are asked for.
    """
    told = {aim.iri for aim in aims}
    for goal in goals:
        for measure in goal.measures:
            yield from _of_measure(goal, measure)
        if not measures_only and goal.aim_iri not in told:
            yield from (_about(goal.aim.text, each.paragraph, each.topic) for each in goal.mentions)
    for aim in aims:
        for paragraph in aim.paragraphs:
            yield from _of_paragraph(aim.link.text, paragraph)


def _of_measure(goal: GoalResult, measure: MeasureResult) -> Iterator[tuple[Cell, ...]]:
    own = (goal.aim.text or None, goal.link.text or None, None, measure.link.text, measure.state)
    for words in measure.words:
        said = (words.result, words.review, " | ".join(words.cues) or None, words.text)
        yield (*own, *said, *words.lines, measure.iri)
    for mention in measure.mentions:
        paragraph, topic = mention.paragraph, mention.topic
        said = (topic.relation, topic.review, " | ".join(topic.words) or None, paragraph.text)
        yield (*own, *said, *paragraph.lines, measure.iri)
    if not (measure.words or measure.mentions):
        yield (*own, *(None,) * 7, measure.iri)


def _of_paragraph(aim: str, paragraph: Paragraph) -> Iterator[tuple[Cell, ...]]:
    """What it speaks of above measures; of a measure it stands with the other words about that."""
    topics = [topic for topic in paragraph.topics if topic.relation != MEASURE]
    for topic in topics:
        yield _about(aim, paragraph, topic)
    if not topics:
        yield (aim, *(None,) * 4, ON_AIM, *(None,) * 2, paragraph.text, *paragraph.lines, paragraph.iri)


def _about(aim: str, paragraph: Paragraph, topic: Topic) -> tuple[Cell, ...]:
    named = (*(topic.link.text if topic.relation == each else None for each in (GOAL, PRIORITY)), None)
    said = (topic.relation, topic.review, " | ".join(topic.words) or None, paragraph.text)
    return (aim, *named, None, *said, *paragraph.lines, paragraph.iri)
