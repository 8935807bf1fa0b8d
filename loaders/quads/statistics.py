"""The quads of figures, their observations, and budget amendments."""

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.errors import TableError
from hytegraph.graph.vocab import (
    HYTE,
    QB,
    RDF,
    RDFS,
    SDMX_ATTRIBUTE,
    SDMX_CODE,
    SDMX_DIMENSION,
    SDMX_MEASURE,
    SKOS,
    XSD,
)
from hytegraph.loaders.documents.figure_headers import scenario_of
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.identity.paths import figure_path, group_path, unit_path
from hytegraph.loaders.quads.documents import sector_node, unit_node
from hytegraph.loaders.quads.writer import Writer

# A number, and after it nothing, a unit, or the words of a breakdown ("27,7 Elinkeinopalv. 2 htv").
_NUMBER = re.compile(r"([+\-\u2212]?) ?(\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?(?: ?(?:%|€|[^\W\d]).*)?")
_STATUS = {"TP": "obsStatus-A", "TA": "obsStatus-A", "TOTEUMA": "obsStatus-A", "ENNUSTE": "obsStatus-F"}


def number_of(text: str) -> Decimal | None:
    """The number a cell begins with, None when it begins with none.

    >>> number_of("1 658 987"), number_of("27,7"), number_of("Elinkeinopalv. 2 htv")
    (Decimal('1658987'), Decimal('27.7'), None)
    """
    match = _NUMBER.fullmatch(" ".join(text.split()))
    if not match:
        return None
    sign = "" if match[1] in ("", "+") else "-"
    return Decimal(f"{sign}{match[2].replace(' ', '')}" + (f".{match[3]}" if match[3] else ""))


def write_figures(writer: Writer) -> None:
    """Each figure with its place among the others, and an observation per scenario."""
    table = writer.table("figures")
    if table is None:
        return
    dataset = writer.iris.thing("dataset", writer.slug)
    writer.add(dataset, RDF.type, QB.DataSet)
    writer.add(dataset, QB.structure, HYTE.figureStructure)
    titles = writer.source.entry.title
    title = titles.get("fi") or titles[writer.source.entry.language]
    writer.add(dataset, RDFS.label, Literal(f"Suoritteet ja tunnusluvut: {title}", language="fi"))
    for order, row in enumerate(writer.rows("figures"), 1):
        node = writer.iris.thing(*figure_path(writer.registry, row))
        _write_figure(writer, node, row, order)
        for column in table.extra:
            if row[column]:
                _write_observation(writer, node, dataset, row, column)


def _write_figure(writer: Writer, node: NamedNode, row: Row, order: int) -> None:
    name, passages = writer.only("figures", row, "indicator")
    writer.add(node, RDF.type, HYTE.Figure)
    writer.add(node, SKOS.prefLabel, name)
    writer.add(node, HYTE.figureOf, unit_node(writer, row["sector"], row["serviceArea"]))
    writer.integer(node, HYTE.order, order)
    if row["unit"]:
        writer.add(node, HYTE.unitText, row["unit"])
    if row["group"]:
        writer.add(node, HYTE.inGroup, _write_group(writer, row, passages))
    if row["parent"]:
        writer.add(node, SKOS.broader, _parent_node(writer, row))
    writer.fact(node, "figures", row, passages)


def _parent_node(writer: Writer, row: Row) -> NamedNode:
    for other in writer.rows("figures"):
        same_place = all(other[column] == row[column] for column in ("sector", "serviceArea", "group"))
        if same_place and other["indicator"] == row["parent"]:
            return writer.iris.thing(*figure_path(writer.registry, other))
    raise TableError(
        "figures.csv", row.id, f"no figure of its group is called '{row['parent']}'", line=row.line
    )


def _write_group(writer: Writer, row: Row, passages: list[NamedNode]) -> NamedNode:
    node = writer.iris.thing(*group_path(writer.registry, row))
    writer.add(node, RDF.type, HYTE.FigureGroup)
    writer.add(node, SKOS.prefLabel, row["group"])
    writer.fact(node, "figures", row, passages)
    return node


def _write_observation(writer: Writer, figure: NamedNode, dataset: NamedNode, row: Row, column: str) -> None:
    scenario, period = scenario_of(column)
    series = writer.row_thing("observation", row.id)
    node = NamedNode(f"{series.value}/{scenario.lower()}-{period.slug}")
    value = number_of(row[column])
    writer.add(node, RDF.type, HYTE.FigureObservation)
    writer.add(node, QB.dataSet, dataset)
    writer.add(node, HYTE.figure, figure)
    writer.add(node, HYTE.scenario, HYTE[scenario])
    writer.add_period(node, SDMX_DIMENSION.refPeriod, period.notation)
    writer.add(node, SDMX_DIMENSION.refArea, writer.area)
    writer.add(node, HYTE.sourceText, Literal(row[column]))
    status = _STATUS[scenario] if value is not None else "obsStatus-M"
    writer.add(node, SDMX_ATTRIBUTE.obsStatus, SDMX_CODE[status])
    if value is not None:
        writer.add(node, SDMX_MEASURE.obsValue, Literal(str(value), datatype=XSD.decimal))
    passages = writer.evidence("figures", row, column)
    writer.fact(node, "figures", row, passages)


def write_amendments(writer: Writer) -> None:
    """The budget changes a board proposes, as printed; the sign convention of net is a code."""
    for order, row in enumerate(writer.rows("amendments"), 1):
        _, sector = unit_path(writer.registry, row["sector"])
        proposal = writer.iris.thing("amendment", writer.slug, sector)
        passages = writer.whole(row.spans(), "figureRow")
        writer.add(proposal, RDF.type, HYTE.BudgetAmendmentProposal)
        label = f"Talousarviomuutosesitys: {row['sector']}"
        writer.add(proposal, RDFS.label, Literal(label, language="fi"))
        writer.add(proposal, HYTE.proposedFor, sector_node(writer, row["sector"]))
        writer.add(proposal, HYTE.netConvention, HYTE[row["netConvention"]])
        writer.fact(proposal, "amendments", row, passages)
        line = writer.row_thing("amendment", row.id, 0, sector)
        writer.add(proposal, HYTE.hasLine, line)
        _write_amendment_line(writer, line, row, order)


def _write_amendment_line(writer: Writer, line: NamedNode, row: Row, order: int) -> None:
    writer.add(line, RDF.type, HYTE.BudgetAmendmentLine)
    writer.add(line, RDFS.label, row["item"])
    writer.integer(line, HYTE.order, order)
    total = "true" if row["item"].casefold().startswith("yhteensä") else "false"
    writer.add(line, HYTE.isTotal, Literal(total, datatype=XSD.boolean))
    for column, number, text in (
        ("income", HYTE.incomeChange, HYTE.incomeText),
        ("expense", HYTE.expenditureChange, HYTE.expenditureText),
        ("net", HYTE.netChange, HYTE.netText),
    ):
        value = number_of(row[column])
        if value is None:
            raise TableError(
                "amendments.csv", row.id, f"{column}: '{row[column]}' is no amount", line=row.line
            )
        writer.add(line, number, Literal(str(value), datatype=XSD.decimal))
        writer.add(line, text, Literal(row[column]))
    writer.fact(line, "amendments", row, writer.whole(row.spans(), "figureRow"))
