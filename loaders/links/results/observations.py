"""The facts of a target, a reported value and an assessment of a target, beside those that every claim has."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.errors import TableError
from hytegraph.graph.vocab import HYTE, SDMX_MEASURE, XSD
from hytegraph.loaders.links.link import LinkAssertion
from hytegraph.loaders.links.results.amounts import Amount, read_written
from hytegraph.loaders.links.results.targets import REPORTED_VALUE, REPORTS_ON_TARGET, TARGET_VALUE

CLASSES = {
    TARGET_VALUE: HYTE.TargetObservation,
    REPORTED_VALUE: HYTE.ReportedObservation,
    REPORTS_ON_TARGET: HYTE.TargetAssessment,
}
Fact = tuple[NamedNode, NamedNode | Literal]


def name_of(link: LinkAssertion) -> str:
    """Which of the three a row of the table is; raises TableError for none."""
    name = link.predicate.partition(":")[2]
    if name not in CLASSES:
        raise TableError(
            "links/targets.tsv", link.subject, f"'{link.predicate}' is none of {', '.join(CLASSES)}"
        )
    return name


def is_observation(link: LinkAssertion) -> bool:
    """Whether it holds an amount and joins no two things."""
    return name_of(link) != REPORTS_ON_TARGET


def target_facts(link: LinkAssertion, indicator: NamedNode | None) -> Iterator[Fact]:
    """The facts of a row; `indicator` is the thing that its amount is of. Raises TableError for what is no amount."""
    if name_of(link) == REPORTS_ON_TARGET:
        yield HYTE.targetOutcome, HYTE[link.kind]
        return
    if indicator is not None:
        yield HYTE.observedIndicator, indicator
    if name_of(link) == TARGET_VALUE:
        yield HYTE.targetCompleteness, HYTE[link.kind]
    yield from _amount_facts(link)


def _amount_facts(link: LinkAssertion) -> Iterator[Fact]:
    outcome, _, time = link.value.partition("; ")
    if outcome.strip():
        try:
            amount = read_written(link.value)
        except ValueError as error:
            raise TableError("links/targets.tsv", link.subject, f"value: {error}") from error
        yield from _outcome_facts(amount)
    if time:
        yield HYTE.observedTime, Literal(time)


def _outcome_facts(amount: Amount) -> Iterator[Fact]:
    yield HYTE.comparison, HYTE[amount.comparison]
    if amount.number is not None:
        yield SDMX_MEASURE.obsValue, Literal(f"{amount.number:f}", datatype=XSD.decimal)
    if amount.unit:
        yield HYTE.observedUnit, Literal(amount.unit)
