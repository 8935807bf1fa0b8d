"""What a document says of itself: its title, for which years it is, its language, and what sort of document it is."""

import re
from collections import Counter
from collections.abc import Iterator

from hytegraph.graph.periods import year_range
from hytegraph.loaders.documents.blocks import CELL, HEADING, Placed
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.profile.headings import languages_of

PLAN, STRATEGY, REPORT, BUDGET = "plan", "strategy", "report", "budget"
_FRONT = 12
_NO_TITLE = re.compile(
    r"\W*(?:sisällys\w*|innehåll\w*|liite|bilaga|esityslista|sivu|sida)?[\s\d.:/–-]*", re.IGNORECASE
)
_SORTS = (
    (BUDGET, r"talousarvio|talous-? ja toiminta|taloussuunnitelma|budget|ekonomiplan"),
    (PLAN, r"suunnitelma|ohjelma|(?<!\w)plan\b|\w+plan(?:en)?\b|program"),
    (
        REPORT,
        (r"toteu(?:ma|tu)|raport|seuranta|tilinpäätös|osavuosi|kertomus|katsaus|arviointi"
        r"|uppföljning|bokslut|berättelse"),
    ),
    (STRATEGY, r"strategi"),
)  # fmt: skip
_REPORTED = re.compile(
    r"(?:suunnitelman|ohjelman|tavoitteiden|talousarvion|toimenpiteiden|strategian|planens?|programmets|målens)\s+(?:\w+\s+)?"
    r"(?:toteu|seuranta|arviointi|väliarvio|raport|uppföljning|utfall|förverklig|utvärdering)|raportti\b|rapport\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b20\d\d\s*[–-]\s*(?:20\d\d|\d\d)\b")
_YEAR = re.compile(r"\b20[1-4]\d\b")
_SWEDISH = re.compile(r"\b(?:och|för|att|med|som|av|till|är|den|det|en|ett|på|inom)\b", re.IGNORECASE)
_FINNISH = re.compile(
    r"\b(?:ja|on|sekä|tai|ei|että|myös|kanssa|joka|vuonna)\b|\w+(?:ssa|ssä|sta|stä|lla|llä|minen|iden)\b"
)


def title_of(document: SourceText) -> str:
    """The first heading, else the first words that are no cell, else the first words."""
    orders = (
        (each for each in document.placed if each.block.kind == HEADING),
        (each for each in document.placed[:_FRONT] if each.block.kind != CELL),
        document.placed,
    )
    for blocks in orders:
        for placed in blocks:
            text = " ".join(placed.block.text.split())
            if len(text) <= 200 and not _NO_TITLE.fullmatch(text):
                return text
    return document.name


def period_of(document: SourceText, title: str) -> str:
    """The years that the title or the words beside it give, else those that the document gives most often."""
    front = [title, *(" ".join(each.block.text.split()) for each in document.placed[:_FRONT])]
    for form in (_RANGE, _YEAR):
        years = next((match[0] for match in map(form.search, front) if match), "")
        if years:
            return year_range(years)
    for form in (_RANGE, _YEAR):
        counted = Counter(year_range(match) for match in form.findall(document.text))
        if counted:
            return max(counted, key=lambda years: (counted[years], years))
    return ""


def sort_of(title: str) -> str:
    """What sort of document a title names: a plan where it names none."""
    if _REPORTED.search(title):
        return REPORT
    return next((sort for sort, form in _SORTS if re.search(form, title, re.IGNORECASE)), PLAN)


def language_of(text: str) -> str:
    """`fi` or `sv` by the commonest words of the two; '' where they do not tell."""
    finnish, swedish = len(_FINNISH.findall(text)), len(_SWEDISH.findall(text))
    return "" if finnish == swedish else "fi" if finnish > swedish else "sv"


def language_of_document(document: SourceText) -> str:
    """The language of the headings of its tables, else of its words; Finnish where nothing tells."""
    counted = Counter(_languages(document.placed))
    return (
        max(counted, key=lambda language: counted[language])
        if counted
        else language_of(document.text) or "fi"
    )


def _languages(placed: tuple[Placed, ...]) -> Iterator[str]:
    for each in placed:
        if each.block.kind == CELL and len(each.block.text) < 60:
            languages = [language for language in languages_of(each.block.text) if language]
            yield from languages[:1]
