"""What the catalogue says of the row of releases, of how the data came about, and of each town's part."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.formats import JSON_LD, N_QUADS, TURTLE, GraphFormat
from hytegraph.graph.query.towns import read_towns
from hytegraph.graph.releases.row import Published
from hytegraph.graph.vocab import DCAT, DCT, FOAF, OWL, PROV, RDF, RDFS, XSD, Namespace
from hytegraph.server.catalogue.about import About, FileFacts
from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.catalogue.releases import published_row, served_release
from hytegraph.server.text.messages import LANGUAGES, Text, translate

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
# The names of the European file type list.
FILE_TYPES = {
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "nt": "RDF_N_TRIPLES",
    "rdf": "RDF_XML",
    "trig": "RDF_TRIG",
    "nq": "RDF_N_QUADS",
}
KEYWORDS = (
    Text("hyvinvointi", "välfärd", "wellbeing"),
    Text("kaupunkistrategia", "stadsstrategi", "city strategy"),
    Text("hyvinvointisuunnitelma", "välfärdsplan", "wellbeing plan"),
    Text("toimenpiteet", "åtgärder", "measures"),
)
SPDX = Namespace("http://spdx.org/rdf/terms#")


def release_triples(about: About) -> Iterator[Triple]:
    """The version of the data, the releases before it, and how the data were made; nothing of a draft's version."""
    served = served_release(about.data)
    if served:
        yield from _stated(about.iri, served)
        earlier = [one for one in published_row(about.data) if one.number < served.number]
        for one in earlier:
            node = about.node(f"version-{one.version}")
            yield Triple(about.iri, DCAT.hasVersion, node)
            if one.version == served.previous:
                yield Triple(about.iri, DCAT.previousVersion, node)
            yield from _version(about, node, one)
    if about.data.release:
        yield from _provenance(about)


def _stated(node: NamedNode, one: Published) -> Iterator[Triple]:
    """What a publisher states of a release."""
    yield Triple(node, DCAT.version, Literal(one.version))
    yield Triple(node, DCT.issued, Literal(one.date.isoformat(), datatype=XSD.date))
    yield from (Triple(node, ADMS.versionNotes, note) for note in one.notes.literals())


def _version(about: About, node: NamedNode, one: Published) -> Iterator[Triple]:
    """An earlier release as a dataset with the file that is kept of it."""
    yield Triple(node, RDF.type, DCAT.Dataset)
    yield Triple(node, DCAT.isVersionOf, about.iri)
    for language in LANGUAGES:
        title = translate("catalogue.release", language, version=one.version)
        yield Triple(node, DCT.title, Literal(title, language=language))
        text = one.notes.in_language(language)
        yield Triple(node, DCT.description, Literal(text, language=language))
    yield from _stated(node, one)
    yield Triple(node, DCT.identifier, Literal(one.checksum))
    yield from subject_triples(about, node)
    file = about.node(f"version-{one.version}-nq")
    yield Triple(node, DCAT.distribution, file)
    yield Triple(file, DCAT.accessURL, NamedNode(f"{about.root}releases"))
    yield Triple(file, DCAT.downloadURL, NamedNode(f"{about.root}dumps/{one.name}/hytegraph.nq"))
    checksum = about.node(f"version-{one.version}-checksum")
    yield from size_triples(file, checksum, FileFacts(one.size, one.checksum))
    licence = one.manifest.get("licence")
    if licence:
        yield Triple(file, DCT.license, NamedNode(str(licence)))
    yield from file_triples(file, N_QUADS)
    for language in LANGUAGES:
        text = translate("catalogue.dump.all", language, format=N_QUADS.label)
        yield Triple(file, DCT.description, Literal(text, language=language))


def _provenance(about: About) -> Iterator[Triple]:
    """The program and its version that made the data, and the documents with the checksums of their texts."""
    assert about.data.release
    manifest = about.data.release.manifest
    making, program = about.node("making"), about.node("program")
    yield Triple(about.iri, PROV.wasGeneratedBy, making)
    yield Triple(making, RDF.type, PROV.Activity)
    yield Triple(making, PROV.wasAssociatedWith, program)
    yield Triple(program, RDF.type, PROV.SoftwareAgent)
    yield Triple(program, FOAF.name, Literal("hytegraph"))
    yield Triple(program, OWL.versionInfo, Literal(str(manifest.get("hytegraph", ""))))
    for number, document in enumerate(manifest.get("documents", ()), 1):
        text, checksum = about.node(f"text-{number}"), about.node(f"text-{number}-checksum")
        yield Triple(making, PROV.used, text)
        yield Triple(text, RDF.type, PROV.Entity)
        yield Triple(text, PROV.specializationOf, NamedNode(document["iri"]))
        yield from _checksum(text, checksum, str(document["textSha256"]))


def town_triples(about: About) -> Iterator[Triple]:
    """The series of the towns' datasets, and each of them with its files where these are written."""
    towns = read_towns(about.data, about.base)
    if not towns:
        return
    series = about.node("series")
    yield Triple(NamedNode(f"{about.root}catalog"), DCAT.dataset, series)
    yield Triple(series, RDF.type, DCAT.DatasetSeries)
    for language in LANGUAGES:
        for predicate in (DCT.title, DCT.description):
            text = translate("catalogue.series", language)
            yield Triple(series, predicate, Literal(text, language=language))
    yield from subject_triples(about, series)
    for slug, town in towns.items():
        node = about.node(f"town-{slug}")
        yield Triple(NamedNode(f"{about.root}catalog"), DCAT.dataset, node)
        yield Triple(node, RDF.type, DCAT.Dataset)
        yield Triple(node, DCAT.inSeries, series)
        yield Triple(about.iri, DCT.hasPart, node)
        for language in LANGUAGES:
            for predicate in (DCT.title, DCT.description):
                text = translate("catalogue.town", language, town=town.name(language))
                yield Triple(node, predicate, Literal(text, language=language))
        yield from subject_triples(about, node)
        yield from _town_files(about, node, slug)


def _town_files(about: About, node: NamedNode, slug: str) -> Iterator[Triple]:
    for syntax in (TURTLE, JSON_LD):
        name = f"dumps/{release_name(about.data)}/{slug}.{syntax.extension}"
        facts = about.files.get(name) if about.files else None
        if facts is None:
            continue
        file = about.node(f"town-{slug}-{syntax.extension}")
        yield Triple(node, DCAT.distribution, file)
        yield from file_triples(file, syntax)
        for language in LANGUAGES:
            text = translate("catalogue.dump.default", language, format=syntax.label)
            yield Triple(file, DCT.description, Literal(text, language=language))
        yield from size_triples(file, about.node(f"town-{slug}-{syntax.extension}-checksum"), facts)
        address = NamedNode(about.root + name)
        yield Triple(file, DCAT.accessURL, address)
        yield Triple(file, DCAT.downloadURL, address)
        if about.licence:
            yield Triple(file, DCT.license, about.licence)


def subject_triples(about: About, node: NamedNode) -> Iterator[Triple]:
    """Whose data these are, whom to ask, and what they are about: the same for the whole, a town and a release."""
    yield Triple(node, DCT.publisher, about.node("publisher"))
    yield Triple(node, DCAT.contactPoint, about.node("contact"))
    for theme in ("GOVE", "HEAL", "SOCI"):
        yield Triple(node, DCAT.theme, NamedNode(f"{AUTHORITY}data-theme/{theme}"))
    for keyword in KEYWORDS:
        yield from (Triple(node, DCAT.keyword, word) for word in keyword.literals())


def file_triples(file: NamedNode, syntax: GraphFormat) -> Iterator[Triple]:
    """What a file in a syntax is, and that it stays: its address never has another content."""
    yield Triple(file, RDF.type, DCAT.Distribution)
    yield Triple(file, DCAT.mediaType, NamedNode(IANA + syntax.media_type))
    yield Triple(file, DCT["format"], NamedNode(f"{AUTHORITY}file-type/{FILE_TYPES[syntax.name]}"))
    yield Triple(file, DCATAP.availability, NamedNode(f"{AUTHORITY}planned-availability/STABLE"))


def size_triples(file: NamedNode, checksum: NamedNode, facts: FileFacts) -> Iterator[Triple]:
    """How a download of a file can be verified."""
    yield Triple(file, DCAT.byteSize, Literal(str(facts.size), datatype=XSD.nonNegativeInteger))
    yield from _checksum(file, checksum, facts.checksum)


def _checksum(thing: NamedNode, checksum: NamedNode, sha256: str) -> Iterator[Triple]:
    yield Triple(thing, SPDX.checksum, checksum)
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary))


def high_value_triples(about: About) -> Iterator[Triple]:
    """What marks a high-value dataset, where the publisher says that it is one."""
    if about.legislation:
        legislation = NamedNode(about.legislation)
        yield Triple(about.iri, DCATAP.applicableLegislation, legislation)
    for category in about.category:
        yield Triple(about.iri, DCATAP.hvdCategory, NamedNode(category))
    if about.legislation:
        yield Triple(legislation, RDFS.label, Literal(about.legislation))
