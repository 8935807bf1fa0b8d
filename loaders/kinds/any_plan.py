"""Plans, strategies, reports and budgets of any town and layout, read by a profile of their tables."""

from pyoxigraph import NamedNode

from hytegraph.graph.errors import Reason
from hytegraph.graph.languages import LANGUAGES
from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import Extraction, Kind, KnownGoal, Matches, tables_of
from hytegraph.loaders.profile.front import BUDGET, PLAN, REPORT, STRATEGY
from hytegraph.loaders.profile.model import Profile
from hytegraph.loaders.profile.reader import propose, read_plan

_SHOWN_HEADINGS = 8
_SHOWN_LENGTH = 40


def extract(document: SourceText, cleaner: Cleaner, _: tuple[KnownGoal, ...]) -> Extraction:
    """Aims, goals and measures by the profile that the document's own headings suggest."""
    return extract_by_profile(document, cleaner, propose(document))


def extract_by_profile(document: SourceText, cleaner: Cleaner, profile: Profile) -> Extraction:
    """Aims, goals and measures by a profile."""
    plan = read_plan(document, cleaner, profile)
    language = profile.language if profile.language in LANGUAGES else "fi"
    return Extraction(profile.title, profile.period, tables_of(plan.rows), language=language, profile=profile)


def _matches(sort: str) -> Matches:
    def matches(document: SourceText) -> bool:
        """Whether the document is of that sort, and one of its tables or lists has rows of a plan."""
        profile = propose(document)
        return profile.kind == sort and read_plan(document, Cleaner(document), profile).read > 0

    return matches


def kind_by_profile(document: SourceText, profile: Profile) -> Kind | None:
    """The kind of a document whose tables a person has described; None where they give no row."""
    if not read_plan(document, Cleaner(document), profile).read:
        return None
    return {PLAN: ANY_PLAN, STRATEGY: ANY_STRATEGY, REPORT: ANY_REPORT, BUDGET: ANY_BUDGET}[profile.kind]


def unread_reason(document: SourceText) -> Reason | None:
    """Why the tables of a document give no row, with headings that no role is known for; None where it has none."""
    tables = propose(document).tables
    headings = dict.fromkeys(
        " ".join(column.heading.split())[:_SHOWN_LENGTH]
        for table in tables
        for column in table.columns.values()
        if column.heading and not column.roles
    )
    if not headings:
        return None
    return Reason(
        "{n} tables, and what their headings {headings} mean is not known; if this is a plan, write its profile with "
        "`hytegraph profile FILE -o DIR`, edit it and extract again",
        n=len(tables),
        headings=", ".join(f"'{heading}'" for heading in [*headings][:_SHOWN_HEADINGS]),
    )


def _kind(name: str, sort: str, slug: str, code: NamedNode) -> Kind:
    return Kind(
        name,
        slug,
        code,
        _matches(sort),
        extract,
        states_goals=False,
        orders_goals=True,
        is_report=sort == REPORT,
        extract_by_profile=extract_by_profile,
    )


ANY_PLAN = _kind("any-plan", PLAN, "suunnitelma", HYTE.plan)
ANY_STRATEGY = _kind("any-strategy", STRATEGY, "strategia", HYTE.strategy)
ANY_REPORT = _kind("any-report", REPORT, "raportti", HYTE.planReport)
ANY_BUDGET = _kind("any-budget", BUDGET, "talousarvio", HYTE.budget)
