"""The quads that describe a document, the town and what was lost on the way to text."""

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.languages import Text
from hytegraph.graph.vocab import DCT, HYTE, ORG, PROV, RDF, RDFS, SKOS, XSD
from hytegraph.loaders.documents.folder import NOT_STATED
from hytegraph.loaders.identity.paths import named_path, unit_path
from hytegraph.loaders.quads.writer import Writer

_NO_LICENCE_STATED = Text(
    fi="Julkaisija ei ole ilmoittanut lisenssiä.",
    sv="Utgivaren har inte angett någon licens.",
    en="The publisher has not stated a licence.",
)


def write_document(writer: Writer) -> None:
    """The document itself: what it is, whose, and how much of it the tables explain."""
    entry, node = writer.source.entry, writer.document
    writer.add(node, RDF.type, HYTE.SourceDocument)
    for language, title in sorted(entry.title.items()):
        writer.title(node, title, language)
    writer.add(node, DCT.identifier, Literal(entry.name))
    writer.add(node, HYTE.documentKind, writer.kind.code)
    writer.add(node, DCT.publisher, writer.municipality)
    writer.add(node, DCT.spatial, writer.area)
    writer.add_period(node, DCT.temporal, entry.period)
    if entry.licence.startswith(("http://", "https://")):
        writer.add(node, DCT.license, NamedNode(entry.licence))
    elif entry.licence == NOT_STATED:
        for text in _NO_LICENCE_STATED.literals():
            writer.add(node, DCT.rights, text)
    else:
        writer.add(node, DCT.rights, entry.licence)
    if entry.date:
        writer.add(node, DCT.issued, Literal(entry.date, datatype=XSD.date))
    writer.add(node, HYTE.publishedSha256, Literal(entry.sha256))
    writer.add(node, HYTE.redactedSha256, Literal(writer.source.text.sha256))
    writer.add(node, PROV.wasDerivedFrom, NamedNode(f"urn:sha256:{entry.sha256}"))
    coverage = writer.source.coverage
    writer.integer(node, HYTE.lineCount, coverage.lines)
    writer.integer(node, HYTE.nonBlankLineCount, coverage.non_blank)
    writer.integer(node, HYTE.unexplainedLineCount, len(coverage.unexplained))


def write_town(writer: Writer) -> None:
    """The town as an organisation and as a territory."""
    entry = writer.source.entry
    town, area = writer.municipality, writer.area
    writer.add_organisation(town, RDF.type, HYTE.Municipality)
    for language, label in sorted(entry.publisher.items()):
        writer.add_organisation(town, RDFS.label, Literal(label, language=language))
    writer.add_organisation(area, RDF.type, HYTE.MunicipalArea)
    writer.add_organisation(area, RDFS.label, Literal(entry.town, language="fi"))
    writer.add_organisation(area, SKOS.notation, Literal(entry.municipality))


def write_units(writer: Writer) -> None:
    """Sectors and result areas as their headings name them."""
    for row in writer.rows("units"):
        name, passages = writer.only("units", row, "unit")
        is_sector = row["kind"] == "sector"
        node = sector_node(writer, name) if is_sector else unit_node(writer, row["parent"], name)
        writer.organisation_fact(node, "units", row, passages)


def sector_node(writer: Writer, name: str) -> NamedNode:
    """A sector of the town, by its name."""
    path = unit_path(writer.registry, name)
    return writer.organisation_node(path, HYTE.Sector, name, writer.municipality)


def unit_node(writer: Writer, sector: str, area: str) -> NamedNode:
    """The result area of a sector, or the sector itself where there is none."""
    parent = sector_node(writer, sector)
    if not area:
        return parent
    path = unit_path(writer.registry, sector, area)
    return writer.organisation_node(path, HYTE.ResultArea, area, parent)


def body_node(writer: Writer, name: str) -> NamedNode:
    """A governing body of the town, by its name."""
    path = named_path(writer.registry, "body", name)
    return writer.organisation_node(path, HYTE.GoverningBody, name, writer.municipality)


def post_node(writer: Writer, name: str) -> NamedNode:
    """A post, by its name, whose label begins with a capital however a line prints it."""
    label = name[:1].upper() + name[1:]
    return writer.organisation_node(named_path(writer.registry, "post", name), ORG.Post, label, None)


def write_losses(writer: Writer) -> None:
    """What the page showed and the text has lost."""
    for row in writer.rows("losses"):
        node = writer.row_thing("loss", row.id)
        writer.add(node, RDF.type, HYTE.ExtractionLoss)
        writer.add(node, RDFS.label, row["text"])
        writer.add(node, HYTE.lossKind, HYTE[row["kind"]])
        writer.add(node, HYTE.lostIn, writer.document)
        writer.fact(node, "losses", row, writer.evidence("losses", row, "text"))


def write_passages(writer: Writer) -> None:
    """The passages that no other table holds; furniture and personal data keep their place but no words."""
    for row in writer.rows("passages"):
        spoken = row["kind"] not in ("furniture", "personalData")
        writer.whole(row.spans(), row["kind"], quote=spoken)
