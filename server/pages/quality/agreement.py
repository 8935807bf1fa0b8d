"""How far the two readers of a town's links agree, by table and label."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.links import Labels, naming
from hytegraph.server.text.messages import TEXTS, Language, translate

AGREEMENTS = stored_query(__name__, "agreements")
# What was compared in this order: all labels, whether there is a link, then one kind after the other.
_FIRST = ("any", "linked")


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A table and what was compared in it, with numbers as the reader's language writes them; `kappa` may be ''."""

    table: str
    label: str
    items: int
    alike: int
    chance: str
    kappa: str


def read_agreements(
    dataset: Dataset, town: str | None, base: str, language: Language
) -> tuple[AgreementLine, ...]:
    """The agreement in the tables of a town (its slug), or of the only one; () where no two readers judged."""
    rows = dataset.select(AGREEMENTS, start=NamedNode(f"{base}id/{town}/" if town else f"{base}id/"))
    labels = Labels(naming(rows, "concept", "name"), base, language)
    once = {row.text("agreement"): row for row in rows}
    return tuple(_line(row, labels, language) for row in _in_order(once.values()))


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.text("table"), _place(row.text("label")), row.text("agreement")))


def _place(label: str) -> int:
    return _FIRST.index(label) if label in _FIRST else len(_FIRST)


def _line(row: Row, labels: Labels, language: Language) -> AgreementLine:
    def words(key: str, otherwise: str) -> str:
        return translate(key, language) if key in TEXTS else otherwise

    label, kappa = row.text("label"), row.text("kappa")
    named = labels.link(row.text("concept"))
    return AgreementLine(
        words(f"review.table.{row.text('table')}", row.text("table")),
        words(f"agreement.label.{label}", named.text if named.language else label),
        int(row.text("items")),
        int(row.text("alike")),
        _decimals(row.text("chance"), language),
        _decimals(kappa, language) if kappa else "",
    )


def _decimals(value: str, language: Language) -> str:
    # With zeroes at the end, as the numbers stand in a column.
    return f"{Decimal(value):.2f}".replace(".", "." if language == "en" else ",")
