"""Goals: learnt from what repeats over the tables, and found again at the beginnings of rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from hytegraph.graph.finnish.folding import wording_key
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.interim_report.strategy_tables.pages import Page
from hytegraph.loaders.kinds.interim_report.strategy_tables.pieces import Border, pieces_of, raw

ALIKE = 0.85
_LEAD_ALIKE = 0.8
_SHORTEST = 25
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines between blank lines, and their text as it is compared."""

    lines: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class GoalTable:
    """One aim of one sector: its pages, and the group of tables that share its goals."""

    pages: tuple[Page, ...]
    group: int

    def lines(self) -> tuple[int, ...]:
        """The content lines of all its pages."""
        return tuple(number for page in self.pages for number in page.lines)


@dataclass(frozen=True, slots=True)
class LearntGoal:
    """A goal in the document's most common wording, the lines where it first stands so, and its group."""

    text: str
    lines: tuple[int, ...]
    group: int


@dataclass(frozen=True, slots=True)
class GoalCell:
    """Goals found at the beginning of a row, and their lines."""

    goals: tuple[LearntGoal, ...]
    lines: tuple[int, ...]


# Chunks that say the same: the table each stands in, how far down, and the chunk.
_Cluster = list[tuple[int, float, Chunk]]


def likeness(one: str, other: str) -> float:
    """How alike two compared texts are, from 0 to 1."""
    if 2 * min(len(one), len(other)) < _LEAD_ALIKE * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < _LEAD_ALIKE:
        return 0.0
    return matcher.ratio()


def chunks_of(document: SourceText, numbers: Iterable[int]) -> list[Chunk]:
    """The chunks of the lines in order."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [Chunk(tuple(group), wording_key("".join(raw(document, group)))) for group in groups]


def tables_of_pages(
    document: SourceText, pages: Sequence[Page], known: Mapping[str, str]
) -> tuple[GoalTable, ...]:
    """The pages joined into tables: a page whose first words open no other page continues the one before."""
    leads = [_lead(document, page) for page in pages]
    tables: list[GoalTable] = []
    groups: list[str] = []
    for page, lead in zip(pages, leads, strict=True):
        repeats = sum(_same_lead(lead, other) for other in leads) > 1
        if tables and not page.heading and not repeats and not _known_aim(lead, known):
            tables[-1] = GoalTable((*tables[-1].pages, page), tables[-1].group)
            continue
        group = next((index for index, other in enumerate(groups) if _same_lead(lead, other)), len(groups))
        if group == len(groups):
            groups.append(lead)
        tables.append(GoalTable((page,), group))
    return tuple(tables)


def _lead(document: SourceText, page: Page) -> str:
    chunks = chunks_of(document, page.lines)
    return chunks[0].text if chunks else ""


def _same_lead(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return length >= _SHORTEST and likeness(one[:length], other[:length]) >= _LEAD_ALIKE


def _known_aim(lead: str, known: Mapping[str, str]) -> str:
    """The aim whose known goal the text begins with; none for a goal in the middle of its aim."""
    first = {aim: goal for goal, aim in reversed(list(known.items()))}
    return next((aim for aim, goal in first.items() if _same_lead(lead, wording_key(goal))), "")


def learn_goals(
    document: SourceText, tables: Sequence[GoalTable], cleaner: Cleaner, known: Mapping[str, str]
) -> tuple[LearntGoal, ...]:
    """The goals of every group in their order: what stands in at least half of its tables, or is known."""
    goals: list[LearntGoal] = []
    for group in range(max((table.group for table in tables), default=-1) + 1):
        members = [chunks_of(document, table.lines()) for table in tables if table.group == group]
        kept = [
            [chunk for _, _, chunk in cluster]
            for cluster in _clusters(members)
            if _is_goal(cluster, len(members), known)
        ]
        goals += [_goal_of(document, chunks, group, cleaner) for chunks in kept]
    return tuple(goals)


def _clusters(members: Sequence[Sequence[Chunk]]) -> list[_Cluster]:
    """Chunks that say the same, in the order in which they stand in their tables."""
    clusters: list[_Cluster] = []
    for member, chunks in enumerate(members):
        for place, chunk in enumerate(chunks):
            if len(chunk.text) < _SHORTEST:
                continue
            entry = (member, place / len(chunks), chunk)
            fitting = (cluster for cluster in clusters if likeness(cluster[0][2].text, chunk.text) >= ALIKE)
            cluster = next(fitting, None)
            if cluster is None:
                clusters.append([entry])
            else:
                cluster.append(entry)
    return sorted(clusters, key=lambda cluster: sum(place for _, place, _ in cluster) / len(cluster))


def _is_goal(cluster: _Cluster, tables: int, known: Mapping[str, str]) -> bool:
    if len({member for member, _, _ in cluster}) >= max(2, (tables + 1) // 2):
        return True
    return any(likeness(cluster[0][2].text, wording_key(goal)) >= ALIKE for goal in known)


def _goal_of(document: SourceText, chunks: Sequence[Chunk], group: int, cleaner: Cleaner) -> LearntGoal:
    counts = Counter(chunk.text for chunk in chunks)
    wording = max(counts, key=lambda text: (counts[text], len(text)))
    texts = [
        (cleaner.clean(raw(document, chunk.lines)), chunk.lines) for chunk in chunks if chunk.text == wording
    ]
    shown = Counter(text for text, _ in texts)
    best = max(shown, key=lambda text: (shown[text], len(text)))
    return LearntGoal(best, next(lines for text, lines in texts if text == best), group)


def find_goals(document: SourceText, lines: Sequence[int], goals: Sequence[LearntGoal]) -> list[GoalCell]:
    """The goals of one table where rows begin, in order."""
    patterns: list[tuple[tuple[LearntGoal, ...], str]] = [((goal,), wording_key(goal.text)) for goal in goals]
    patterns += [((one, two), wording_key(one.text + two.text)) for one, two in pairwise(goals)]
    starts = {
        piece.line for piece in pieces_of(document, lines) if piece.border in (Border.BLANK, Border.HARD)
    }
    found: list[GoalCell] = []
    for index, number in enumerate(lines):
        if number not in starts or (found and number <= found[-1].lines[-1]):
            continue
        match = _match(document, lines[index : index + _MOST_LINES], patterns)
        if match:
            found.append(match)
    return found


def _match(
    document: SourceText, lines: Sequence[int], patterns: Sequence[tuple[tuple[LearntGoal, ...], str]]
) -> GoalCell | None:
    best: tuple[float, GoalCell | None] = (ALIKE, None)
    for count in range(1, len(lines) + 1):
        text = wording_key("".join(raw(document, lines[:count])))
        for goals, pattern in patterns:
            if text[:6] != pattern[:6]:
                continue
            score = likeness(text, pattern)
            if score > best[0]:
                best = (score, GoalCell(goals, tuple(lines[:count])))
    return best[1]
