"""What is stated of a period."""

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.periods import Period
from hytegraph.graph.vocab import DCAT, HYTE, RDF, RDFS, SKOS, XSD


def period_facts(period: Period) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    """The facts of a period with beginning and end."""
    yield RDF.type, HYTE.PlanningPeriod
    yield RDFS.label, Literal(period.notation.replace("-", "–"))
    yield SKOS.notation, Literal(period.notation)
    yield DCAT.startDate, Literal(period.start.isoformat(), datatype=XSD.date)
    yield DCAT.endDate, Literal(period.end.isoformat(), datatype=XSD.date)


def open_period_facts(start: str) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    """The facts of a period that begins on a day (ISO) and whose end is not told."""
    day = date.fromisoformat(start)
    yield RDF.type, HYTE.PlanningPeriod
    yield RDFS.label, Literal(f"{day.day}.{day.month}.{day.year}–")
    yield SKOS.notation, Literal(f"{start}/..")
    yield DCAT.startDate, Literal(start, datatype=XSD.date)
