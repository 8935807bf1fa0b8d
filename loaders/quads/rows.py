"""The quads of table rows: the row as the unit the source states, and the items in its cells."""

from itertools import groupby

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.vocab import HYTE, ORG, RDF, RDFS, SKOS, XSD
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.identity.parties import PartyKind, party_kind, party_name
from hytegraph.loaders.identity.paths import party_path
from hytegraph.loaders.quads.decisions import decisions_in_cell
from hytegraph.loaders.quads.documents import post_node, sector_node
from hytegraph.loaders.quads.plans import aim_node, element_node, plan_node
from hytegraph.loaders.quads.writer import Writer

_TEXTS = {
    "goal": HYTE.goalText,
    "responsible": HYTE.responsibleText,
    "schedule": HYTE.scheduleText,
    "indicator": HYTE.indicatorText,
    "realisation": HYTE.realisationText,
    "cites": HYTE.citesText,
    "priority": HYTE.priorityText,
    "partner": HYTE.partnerText,
    "resource": HYTE.resourceText,
    "baseline": HYTE.baselineText,
    "target": HYTE.targetText,
    "status": HYTE.statusText,
    "targetGroup": HYTE.targetGroupText,
}
# Cells whose items rest on passages of their own, so that the row does not cite them.
_ITEMS = frozenset({"indicator", "realisation"})
_PARTY_TYPES = {
    PartyKind.ROLE: ORG.Role,
    PartyKind.SCOPE: HYTE.ResponsibilityScope,
    PartyKind.OTHER: HYTE.ResponsibleParty,
}


def write_rows(writer: Writer) -> None:
    """The rows of the measure table, each with its measures, parties, indicators and realisations."""
    goal_cells: set[str] = set()
    for name, group in groupby(writer.rows("measures"), key=lambda row: row["row"]):
        members = list(group)
        node = writer.row_thing("row", name)
        # An empty goal cell goes on with the goal of a row above, which is evidence but none of the row's own lines.
        inherits = members[0]["goal_lines"] in goal_cells
        goal_cells.add(members[0]["goal_lines"])
        _write_row(writer, node, members, inherits=inherits)
        for member in members:
            _write_measures(writer, node, member)


def _number(writer: Writer, node: NamedNode, number: str) -> None:
    if number:
        writer.add(node, HYTE.numberText, Literal(number))


def _write_row(writer: Writer, node: NamedNode, members: list[Row], *, inherits: bool) -> None:
    row = members[0]
    numbers = sorted(_own_lines(members, inherits=inherits))
    writer.add(node, RDF.type, HYTE.PlanRow)
    label = f"Taulukkorivi, rivit {numbers[0]}–{numbers[-1]}"
    writer.add(node, RDFS.label, Literal(label, language="fi"))
    writer.add(node, HYTE.rowOf, writer.document)
    itemised = writer.kind.itemises_measures or any(member.id != member["row"] for member in members)
    writer.add(node, HYTE.itemised, Literal(str(itemised).lower(), datatype=XSD.boolean))
    writer.integer(node, HYTE.lineStart, numbers[0])
    writer.integer(node, HYTE.lineEnd, numbers[-1])
    writer.place(node, numbers[0])
    if row["aim"]:
        writer.add(node, HYTE.rowAim, aim_node(writer, row["aim"]))
    if row["sector"]:
        writer.add(node, HYTE.rowSector, sector_node(writer, row["sector"]))
    for column, predicate in _TEXTS.items():
        texts = dict.fromkeys(member[column] for member in members if member[column])
        writer.add(node, predicate, SEPARATOR.join(texts))
    writer.add(
        node, HYTE.measureText, SEPARATOR.join(member["measure"] for member in members if member["measure"])
    )
    if len(numbered := {member["number"] for member in members}) == 1:
        _number(writer, node, numbered.pop())
    cited = (column for column in (*_TEXTS, "number") if column not in _ITEMS)
    for passage in writer.evidence("measures", row, *cited):
        writer.add(node, HYTE.evidencedBy, passage)
    writer.fact_of_parts(node, "measures", members)
    for goal in row.values("goal"):
        writer.add(node, HYTE.rowGoal, element_node(writer, "goal", goal))
    for decision in decisions_in_cell(writer, row, writer.evidence("measures", row, "cites")):
        writer.add(node, HYTE.rowCitesDecision, decision)
    _write_parties(writer, node, row)
    _write_partners(writer, node, row)
    _write_priorities(writer, node, row)
    _write_indicators(writer, node, row)
    _write_realisations(writer, node, row)


def _own_lines(members: list[Row], *, inherits: bool) -> set[int]:
    """The lines of a row's own cells."""
    columns = [column for column in members[0].cells if column.endswith("_lines")]
    if inherits:
        columns.remove("goal_lines")
    spans = [span for member in members for column in columns for span in member.spans(column)]
    return {number for span in spans for number in span.numbers()}


def _write_measures(writer: Writer, node: NamedNode, row: Row) -> None:
    for number, (text, passages) in enumerate(writer.cell("measures", row, "measure"), 1):
        measure = writer.row_thing("measure", row.id, number)
        writer.add(measure, RDF.type, HYTE.Measure)
        writer.add(measure, RDFS.label, text)
        writer.repeated(measure, text)
        # A report speaks of measures under the strategy's goals; it does not say that the strategy holds them.
        writer.add(measure, HYTE.reportedUnder if writer.kind.is_report else HYTE.inPlan, plan_node(writer))
        writer.integer(measure, HYTE.order, number)
        _number(writer, measure, row["number"])
        for goal in row.values("goal"):
            writer.add(measure, HYTE.supportsGoal, element_node(writer, "goal", goal))
        writer.add(node, HYTE.rowMeasure, measure)
        writer.fact(measure, "measures", row, passages)


def _write_parties(writer: Writer, node: NamedNode, row: Row) -> None:
    for name, passages in writer.cell("measures", row, "responsible"):
        if party_kind(name) is PartyKind.PROJECT:
            project = writer.iris.thing(*party_path(writer.registry, name))
            writer.add(project, RDF.type, HYTE.Project)
            writer.add(project, RDFS.label, party_name(name))
            writer.add(node, HYTE.rowProject, project)
            writer.fact(project, "measures", row, passages)
        elif party := party_node(writer, name):
            writer.add(node, HYTE.rowResponsible, party)
            # That a name of no known form is a party rests on the column that it stands in.
            is_known = party_kind(name) is not PartyKind.OTHER
            basis = HYTE.statedInSource if is_known else HYTE.derivedFromLayout
            writer.organisation_fact(party, "measures", row, passages, basis)


def _write_partners(writer: Writer, node: NamedNode, row: Row) -> None:
    """Who takes part; a partner that has no form of a party's name stays in the words of the cell."""
    for name, passages in writer.cell("measures", row, "partner"):
        if party := party_node(writer, name):
            writer.add(node, HYTE.rowPartner, party)
            is_known = party_kind(name) is not PartyKind.OTHER
            basis = HYTE.statedInSource if is_known else HYTE.derivedFromLayout
            writer.organisation_fact(party, "measures", row, passages, basis)


def _write_priorities(writer: Writer, node: NamedNode, row: Row) -> None:
    """The priorities of the row among those that the document's table of priorities names."""
    named = writer.table("priorities")
    listed = {words for other in (named.rows if named else ()) for words in other.values("priority")}
    for priority in row.values("priority"):
        if priority in listed:
            writer.add(node, HYTE.rowPriority, element_node(writer, "priority", priority))


def party_node(writer: Writer, name: str) -> NamedNode | None:
    """The node of a responsible party, of the kind its name tells; None for what names no party."""
    label, kind = party_name(name), party_kind(name)
    if kind in (PartyKind.NONE, PartyKind.PROJECT):
        return None
    if kind is PartyKind.SECTOR:
        return sector_node(writer, label)
    if kind is PartyKind.POST:
        return post_node(writer, label)
    return writer.organisation_node(party_path(writer.registry, name), _PARTY_TYPES[kind], label, None)


def _write_indicators(writer: Writer, node: NamedNode, row: Row) -> None:
    for number, (text, passages) in enumerate(writer.cell("measures", row, "indicator"), 1):
        indicator = writer.row_thing("indicator", row.id, number)
        writer.add(indicator, RDF.type, HYTE.Indicator)
        writer.add(indicator, SKOS.prefLabel, text)
        writer.repeated(indicator, text)
        writer.integer(indicator, HYTE.order, number)
        writer.add(node, HYTE.rowIndicator, indicator)
        writer.fact(indicator, "measures", row, passages)


def _write_realisations(writer: Writer, node: NamedNode, row: Row) -> None:
    for number, (text, passages) in enumerate(writer.cell("measures", row, "realisation"), 1):
        realisation = writer.row_thing("realisation", row.id, number)
        write_realisation(writer, realisation, text)
        writer.integer(realisation, HYTE.order, number)
        writer.add(node, HYTE.rowRealisation, realisation)
        writer.fact(realisation, "measures", row, passages)


def write_realisation(writer: Writer, node: NamedNode, text: str) -> None:
    """What the report says was done in its period."""
    writer.add(node, RDF.type, HYTE.Realisation)
    writer.add(node, RDFS.label, text)
    writer.add_period(node, HYTE.reportingPeriod, writer.source.entry.period)


def write_paragraphs(writer: Writer) -> None:
    """Realisations and narratives that are paragraphs of prose."""
    for order, row in enumerate(writer.rows("realisations"), 1):
        text, passages = writer.only("realisations", row, "realisation")
        node = writer.row_thing("realisation", row.id)
        write_realisation(writer, node, text)
        writer.integer(node, HYTE.order, order)
        writer.add(node, HYTE.reportsOnAim, aim_node(writer, row["aim"]))
        writer.fact(node, "realisations", row, passages)
    for order, row in enumerate(writer.rows("narratives"), 1):
        text, passages = writer.only("narratives", row, "text")
        node = writer.row_thing("narrative", row.id)
        writer.add(node, RDF.type, HYTE.Narrative)
        writer.add(node, RDFS.label, text)
        writer.integer(node, HYTE.order, order)
        if row["sector"]:
            writer.add(node, HYTE.aboutUnit, sector_node(writer, row["sector"]))
        writer.add_period(node, HYTE.reportingPeriod, writer.source.entry.period)
        writer.fact(node, "narratives", row, passages)
