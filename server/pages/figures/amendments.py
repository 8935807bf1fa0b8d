"""The proposed changes of the budget: their lines as printed, beside what the printed numbers come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from flask import Blueprint, Response, request

from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.summaries.tables import Summaries
from hytegraph.graph.vocab import HYTE
from hytegraph.server.context import dataset, is_of_all_towns, settings, summaries, town_of_rows
from hytegraph.server.http.parameters import in_towns
from hytegraph.server.pages.shared.by_town import by_town
from hytegraph.server.pages.shared.documents import place_link
from hytegraph.server.pages.shared.table import Table
from hytegraph.server.pages.shared.view import View, respond
from hytegraph.server.text.labels import labels_of
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Link, page_path
from hytegraph.server.text.messages import Language
from hytegraph.server.text.numbers import number

blueprint = Blueprint("amendments", __name__)

AMOUNTS = ("income", "expenditure", "net")
COLUMNS = (
    *("sector", "netConvention", "item", "isTotal", *AMOUNTS),
    *("incomeOfLines", "expenditureOfLines", "netOfLines", "netOfLine", "lineStart", "lineEnd"),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed change in euros, and what it would be by the other numbers; `expected` is None where nothing says
    so.
    """

    printed: Decimal | None
    expected: Decimal | None = None

    @property
    def faulty(self) -> bool:
        """Whether the source differs from its own arithmetic."""
        return None not in (self.printed, self.expected) and self.printed != self.expected


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a proposal; amounts of a total line are expected to be the sums of the others.

    `net_of_line` is the net of the line by its own income and expenditure.
    """

    iri: str
    item: Link
    total: bool
    amounts: tuple[Amount, Amount, Amount]
    net_of_line: Amount
    sources: tuple[tuple[int, int, Link], ...]

    @property
    def faulty(self) -> bool:
        """Whether any of its amounts is."""
        return any(each.faulty for each in (*self.amounts, self.net_of_line))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed change of a sector's budget, and how its table computes the net."""

    iri: str
    sector: Link
    convention: Link
    lines: tuple[Line, ...]


@blueprint.get("/amendments")
@blueprint.get("/amendments.<suffix>")
@in_towns
def amendments_page(suffix: str | None = None) -> Response:
    """The proposed changes of the budget, with the faults of the source's own arithmetic."""
    if is_of_all_towns():
        return by_town("amendments", ("proposals", "amendments"), suffix)
    language = reader_language(request)
    proposals = read_proposals(dataset(), summaries(), town_of_rows(), settings().base, language)
    values = {
        "proposals": proposals,
        "faulty": sum(line.faulty for proposal in proposals for line in proposal.lines),
        "money": partial(number, language=language, signed=True),
    }
    things = [iri for each in proposals for iri in (each.iri, *(line.iri for line in each.lines))]
    return respond(View("figures/amendments.html", values, _table(proposals), tuple(things)), suffix)


@lru_cache(maxsize=6)
def read_proposals(
    dataset: Dataset, summaries: Summaries, town: str | None, base: str, language: Language
) -> tuple[Proposal, ...]:
    """The proposals of a town (its slug), or of the data; kept, as the data never change within a dataset."""
    rows = summaries.rows("amendment-lines", town)
    names = (iri for row in rows for iri in (row.text("sector"), row.text("convention")))
    labels = labels_of(dataset, names, base, language)
    by_proposal: dict[str, list[Row]] = {}
    for row in rows:
        by_proposal.setdefault(row.text("proposal"), []).append(row)
    return tuple(
        Proposal(
            iri,
            labels.link(own[0]["sector"]),
            labels.link(own[0]["convention"]),
            _lines(own, base, language),
        )
        for iri, own in by_proposal.items()
    )


def _lines(rows: Sequence[Row], base: str, language: Language) -> tuple[Line, ...]:
    first = {row.text("line"): row for row in reversed(rows)}
    parts = [row for row in first.values() if row.text("total") != "true"]
    sums = [_sum(parts, name) for name in AMOUNTS]
    found = []
    for iri in dict.fromkeys(row.text("line") for row in rows):
        row = first[iri]
        total = row.text("total") == "true"
        income, expenditure, net = (
            Amount(_decimal(row, name), expected if total and parts else None)
            for name, expected in zip(AMOUNTS, sums, strict=True)
        )
        found.append(
            Line(
                iri=iri,
                item=Link(row.text("item"), row.language("item"), page_path(iri, base)),
                total=total,
                amounts=(income, expenditure, net),
                net_of_line=Amount(net.printed, _net(row, income.printed, expenditure.printed)),
                sources=tuple(
                    _source(each, base, language)
                    for each in rows
                    if each.text("line") == iri and each["passage"]
                ),
            )
        )
    return tuple(found)


def _net(row: Row, income: Decimal | None, expenditure: Decimal | None) -> Decimal | None:
    if income is None or expenditure is None:
        return None
    return expenditure - income if row["convention"] == HYTE.expenditureMinusIncome else income - expenditure


def _sum(rows: Sequence[Row], name: str) -> Decimal | None:
    values = [_decimal(row, name) for row in rows]
    return sum((each for each in values if each is not None), Decimal(0)) if None not in values else None


def _decimal(row: Row, name: str) -> Decimal | None:
    return Decimal(row.text(name)) if row[name] else None


def _source(row: Row, base: str, language: Language) -> tuple[int, int, Link]:
    start, end = int(row.text("start")), int(row.text("end"))
    place = row.text("document"), start, end
    return start, end, place_link(dataset(), place, base, language, row.text("passage"))


def _table(proposals: tuple[Proposal, ...]) -> Table:
    rows = tuple(
        (
            *(
                proposal.sector.text,
                proposal.convention.text,
                line.item.text,
                "true" if line.total else "false",
            ),
            *(each.printed for each in line.amounts),
            *(each.expected for each in line.amounts),
            line.net_of_line.expected,
            min((start for start, _, _ in line.sources), default=None),
            max((end for _, end, _ in line.sources), default=None),
        )
        for proposal in proposals
        for line in proposal.lines
    )
    return Table("amendments", COLUMNS, rows)
