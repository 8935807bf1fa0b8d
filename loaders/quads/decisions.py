"""The quads of decisions and cases."""

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.vocab import DCT, HYTE, RDF, RDFS, XSD
from hytegraph.loaders.documents.table_kinds import SEPARATOR
from hytegraph.loaders.documents.tables import Row
from hytegraph.loaders.identity.paths import decision_path
from hytegraph.loaders.identity.references import Reference, find_references, reference_of
from hytegraph.loaders.quads.documents import body_node, post_node
from hytegraph.loaders.quads.writer import Writer


def decision_node(
    writer: Writer, reference: Reference, table: str, row: Row, evidence: list[NamedNode]
) -> NamedNode:
    """A decision with its body, date and section, and the words that name it."""
    node = writer.iris.thing(*decision_path(writer.registry, reference))
    body = body_node(writer, reference.body)
    writer.organisation_fact(body, table, row, evidence)
    writer.add(node, RDF.type, HYTE.Decision)
    writer.add(node, RDFS.label, reference.label)
    writer.add(node, HYTE.decidedBy, body)
    writer.add(node, DCT.date, Literal(reference.date.isoformat(), datatype=XSD.date))
    if reference.section:
        writer.integer(node, HYTE.sectionNumber, int(reference.section))
    writer.fact(node, table, row, evidence)
    return node


def cited_decision(writer: Writer, row: Row) -> NamedNode:
    """The decision that a row of citations names."""
    passages = writer.evidence("citations", row, "text")
    return decision_node(writer, reference_of(row), "citations", row, passages)


def write_decisions(writer: Writer) -> None:
    """The decisions whose minutes the document is."""
    for row in writer.rows("decisions"):
        said = ("title", "body", "preparedBy", "presentedBy", "proposal", "decision")
        passages = writer.evidence("decisions", row, *said)
        node = decision_node(writer, reference_of(row), "decisions", row, passages)
        writer.title(node, row["title"])
        writer.add(node, HYTE.proposalText, row["proposal"])
        writer.add(node, HYTE.decisionText, row["decision"])
        for column, predicate in (("preparedBy", HYTE.preparedByPost), ("presentedBy", HYTE.presentedByPost)):
            for name, found in writer.cell("decisions", row, column):
                post = post_node(writer, name)
                writer.add(node, predicate, post)
                writer.organisation_fact(post, "decisions", row, found)
        _write_case(writer, node, row)
        _write_cites(writer, node, row)
        writer.add(writer.document, HYTE.carries, node)


def _write_case(writer: Writer, node: NamedNode, row: Row) -> None:
    if not row["caseNumber"]:
        return
    case = writer.iris.thing("case", row["caseNumber"].replace("/", "-").replace(" ", "-"))
    writer.add(case, RDF.type, HYTE.Case)
    writer.add(case, RDFS.label, row["caseNumber"])
    writer.add(case, HYTE.caseNumber, Literal(row["caseNumber"]))
    passages = writer.evidence("decisions", row, "caseNumber")
    writer.fact(case, "decisions", row, passages)
    writer.add(node, HYTE.ofCase, case)


def _write_cites(writer: Writer, node: NamedNode, row: Row) -> None:
    labels = []
    numbers = {number for span in row.spans("cites_lines") for number in span.numbers()}
    for citation in writer.rows("citations"):
        lines = {number for span in citation.spans() for number in span.numbers()}
        if citation["text"] in row.values("cites") and lines <= numbers:
            writer.add(node, HYTE.citesDecision, cited_decision(writer, citation))
            labels.append(reference_of(citation).label)
    writer.add(node, HYTE.citesText, SEPARATOR.join(labels))


def decisions_in_cell(writer: Writer, row: Row, evidence: list[NamedNode]) -> list[NamedNode]:
    """The decisions that a row's cell refers to."""
    references = find_references(row["cites"])
    return [decision_node(writer, reference, "measures", row, evidence) for reference in references]
