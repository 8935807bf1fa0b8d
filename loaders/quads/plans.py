"""The quads of plans: strategies, aims, goals, priorities, and the projects a body has named."""

import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.languages import Text
from hytegraph.graph.vocab import DCT, HYTE, RDF, RDFS, SKOS, XSD
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.identity.paths import element_path
from hytegraph.loaders.identity.references import reference_of
from hytegraph.loaders.quads.decisions import cited_decision
from hytegraph.loaders.quads.writer import Writer

REPLACED = Text(
    fi="Asiakirja sanoo strategiaa uudeksi mutta ei nimeä sitä, jonka se korvasi; korvattu strategia on tulkinta.",
    sv="Dokumentet kallar strategin ny men nämner inte den som den ersatte; den ersatta strategin är en tolkning.",
    en="The document calls the strategy new without naming the one it replaced; the replaced strategy is an "
    "interpretation.",
)

_YEARS = re.compile(r"\d{4}-\d{4}")
_WELLBEING = ("hyvinvointi", "välfärd")
_NOT_ANNUAL = frozenset({HYTE.budget, HYTE.planReport})


def plan_node(writer: Writer) -> NamedNode:
    """The plan whose aims and goals the document states: a strategy, or the year's action plan."""
    entry = writer.source.entry
    return strategy_node(writer, entry.strategy) if entry.strategy else action_plan_node(writer)


def finnish_date(iso: str) -> str:
    """`4.12.2023` from `2023-12-04`."""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"


def strategy_node(writer: Writer, version: str) -> NamedNode:
    """A version of the city strategy, named by its period or by the day it was adopted."""
    node = writer.iris.thing("strategy", version)
    nominal = version.count("-") != 2
    title = (
        f"Kaupunkistrategia {version.replace('-', '–')}"
        if nominal
        else f"Kaupunkistrategia, hyväksytty {finnish_date(version)}"
    )
    _describe(writer, node, HYTE.CityStrategy, title)
    if nominal:
        writer.add_period(node, HYTE.nominalPeriod, version)
    return node


def action_plan_node(writer: Writer, title: str = "") -> NamedNode:
    """The plan that the document is, or, with a title of its own, that the document tells of."""
    entry = writer.source.entry
    node = writer.iris.thing("plan", entry.slug)
    if title:
        _describe(writer, node, _plan_type(writer), title)
    else:
        language = "fi" if "fi" in entry.title else entry.language
        _describe(writer, node, _plan_type(writer), entry.title[language], language)
    writer.add_period(node, HYTE.nominalPeriod, entry.period)
    # A report tells of a plan that it does not hold.
    if not writer.kind.is_report:
        writer.add(writer.document, HYTE.carries, node)
    return node


def _plan_type(writer: Writer) -> NamedNode:
    """What a plan is by the kind, period and title of its document: only a plan for a single year is an annual one."""
    entry, code = writer.source.entry, writer.kind.code
    if code == HYTE.strategy:
        return HYTE.CityStrategy
    if code not in _NOT_ANNUAL and not _YEARS.fullmatch(entry.period):
        return HYTE.AnnualActionPlan
    titles = " ".join(entry.title.values()).casefold()
    return HYTE.WellbeingPlan if any(word in titles for word in _WELLBEING) else HYTE.PlanDocument


def wellbeing_plan_node(writer: Writer) -> NamedNode:
    """The wellbeing plan whose priorities the document states: its own, or the one beside a strategy's goals."""
    if not writer.source.entry.strategy:
        return plan_node(writer)
    version = writer.source.entry.scope
    node = writer.iris.thing("plan", f"hyvinvointisuunnitelma-{version}")
    _describe(writer, node, HYTE.WellbeingPlan, f"Hyvinvointisuunnitelma {version.replace('-', '–')}")
    if writer.source.entry.scope != writer.source.entry.date:
        writer.add_period(node, HYTE.nominalPeriod, version)
    writer.add(node, HYTE.implementsStrategy, strategy_node(writer, version))
    return node


def _describe(writer: Writer, node: NamedNode, type_: NamedNode, title: str, language: str = "fi") -> None:
    writer.add(node, RDF.type, type_)
    writer.add(node, RDF.type, SKOS.ConceptScheme)
    writer.title(node, title, language)


def aim_node(writer: Writer, name: str) -> NamedNode:
    """The aim of that name in the document's plan."""
    node = element_node(writer, "aim", name)
    plan = plan_node(writer)
    writer.add(node, RDF.type, HYTE.StrategicAim)
    writer.add(node, SKOS.prefLabel, Literal(name, language=writer.language_of(name)))
    writer.repeated(node, name)
    writer.add(node, SKOS.inScheme, plan)
    writer.add(node, HYTE.inPlan, plan)
    return node


def element_node(writer: Writer, type_: str, text: str) -> NamedNode:
    """The aim, goal or priority of that wording in the document's plan, without its description."""
    return writer.iris.thing(*element_path(writer.registry, type_, writer.source.entry.scope, text))


def write_aims(writer: Writer) -> None:
    """The aims whose headings the document prints."""
    for row in writer.rows("aims"):
        for name, passages in writer.cell("aims", row, "aim"):
            writer.fact(aim_node(writer, name), "aims", row, passages)


def write_goals(writer: Writer) -> None:
    """The goals under their aims, in the order of the document."""
    for order, row in enumerate(writer.rows("goals"), 1):
        text, passages = writer.only("goals", row, "goal")
        node, plan = element_node(writer, "goal", text), plan_node(writer)
        _element(writer, node, HYTE.Goal, "goal", text)
        writer.add(node, HYTE.inPlan, plan)
        writer.add(node, SKOS.inScheme, plan)
        _under_aim(writer, node, row, passages)
        if writer.kind.orders_goals:
            writer.integer(node, HYTE.order, order)
        writer.fact(node, "goals", row, passages)


def write_priorities(writer: Writer) -> None:
    """The wellbeing priorities; one that stands under several aims is one resource."""
    for row in writer.rows("priorities"):
        text, passages = writer.only("priorities", row, "priority")
        node, plan = element_node(writer, "priority", text), wellbeing_plan_node(writer)
        _element(writer, node, HYTE.HytePriority, "priority", text)
        writer.add(node, HYTE.inPlan, plan)
        writer.add(node, SKOS.inScheme, plan)
        _under_aim(writer, node, row, passages)
        writer.fact(node, "priorities", row, passages)
        writer.fact(plan, "priorities", row, passages[:1])


def _element(writer: Writer, node: NamedNode, type_: NamedNode, kind: str, text: str) -> None:
    label = writer.registry.label(kind, writer.source.entry.scope, text)
    writer.add(node, RDF.type, type_)
    language = writer.language_of(text)
    writer.add(node, SKOS.prefLabel, Literal(label, language=language))
    writer.repeated(node, text)
    if label != text:
        writer.add(node, HYTE.wording, Literal(text, language=language))


def _under_aim(writer: Writer, node: NamedNode, row: Row, passages: list[NamedNode]) -> None:
    if row["aim"]:
        aim = aim_node(writer, row["aim"])
        writer.add(node, HYTE.underAim, aim)
        # An aim whose heading the page has lost is evidenced by the goals that stand under it.
        if not any(row["aim"] == printed["aim"] for printed in writer.rows("aims")):
            writer.fact(aim, "measures", row, passages)


def write_projects(writer: Writer) -> None:
    """The key projects a body has named for a year, as the plan they make up."""
    rows = tuple(writer.rows("projects"))
    if not rows:
        return
    cited = [row for row in writer.rows("citations") if row["what"] == "projects"]
    setting = [cited_decision(writer, row) for row in cited]
    title = ", ".join(
        [f"Projektit {writer.source.entry.period}", *(reference_of(row).label for row in cited)]
    )
    plan = action_plan_node(writer, title)
    for decision in setting:
        writer.add(plan, HYTE.adoptedBy, decision)
    for row in writer.rows("citations"):
        if row["what"] == "strategy":
            writer.add(plan, HYTE.implementsStrategy, strategy_node(writer, row["date"]))
    for order, row in enumerate(writer.rows("projects"), 1):
        text, passages = writer.only("projects", row, "project")
        node = writer.row_thing("project", row.id)
        writer.add(node, RDF.type, HYTE.StrategicProject)
        # Stated, not left to reasoning: who asks for measures must find the projects among them.
        writer.add(node, RDF.type, HYTE.Measure)
        writer.add(node, RDFS.label, text)
        writer.add_period(node, HYTE.nominalPeriod, row["period"])
        writer.integer(node, HYTE.order, order)
        # A project of another period was added by somebody else's decision, which the text does not date.
        if row["period"] == writer.source.entry.period:
            writer.add(node, HYTE.inPlan, plan)
            for decision in setting:
                writer.add(node, HYTE.setBy, decision)
        writer.fact(node, "projects", row, passages)
        writer.fact(plan, "projects", row, passages[:1])


def write_citations(writer: Writer) -> None:
    """The decisions the document refers to, tied to what they adopted."""
    for row in writer.rows("citations"):
        decision = cited_decision(writer, row)
        for priority in writer.rows("priorities") if row["what"] == "priorities" else ():
            text, _ = writer.only("priorities", priority, "priority")
            writer.add(element_node(writer, "priority", text), HYTE.adoptedBy, decision)
        if row["what"] == "strategy":
            strategy = strategy_node(writer, row["date"])
            passages = writer.evidence("citations", row, "text")
            writer.add(strategy, HYTE.adoptedBy, decision)
            writer.add(strategy, DCT.issued, Literal(row["date"], datatype=XSD.date))
            writer.add(strategy, HYTE.inForce, writer.period_from(row["date"]))
            writer.fact(strategy, "citations", row, passages)
            _write_replaced(writer, strategy)


def _write_replaced(writer: Writer, strategy: NamedNode) -> None:
    """The version that a new strategy replaced: a person's reading, and the strategy says so."""
    if not writer.source.entry.replaces:
        return
    replaced = strategy_node(writer, writer.source.entry.replaces)
    writer.add(strategy, DCT.replaces, replaced)
    writer.add(replaced, DCT.isReplacedBy, strategy)
    for comment in REPLACED.literals():
        writer.add(strategy, RDFS.comment, comment)
