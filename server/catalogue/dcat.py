"""The DCAT-AP 3 catalogue of the service, without blank nodes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Triple

from hytegraph.graph.formats import N_QUADS
from hytegraph.graph.results import text_of
from hytegraph.graph.vocab import DCAT, DCT, FOAF, OWL, RDF, RDFS, XSD, Namespace
from hytegraph.server.catalogue.about import ONTOLOGY, About, FileFacts
from hytegraph.server.catalogue.dcat_releases import (
    AUTHORITY,
    IANA,
    file_triples,
    high_value_triples,
    release_triples,
    size_triples,
    subject_triples,
    town_triples,
)
from hytegraph.server.catalogue.dumps import Dump, EarlierRelease, dump_path, earlier_releases, offered_dumps
from hytegraph.server.catalogue.releases import published_row
from hytegraph.server.catalogue.rights import document_rights
from hytegraph.server.text.messages import LANGUAGES, TEXTS, translate

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"


def dcat_catalogue(about: About) -> tuple[Triple, ...]:
    """The catalogue with its dataset, a distribution per dump, and the SPARQL service."""
    return (
        *_catalogue(about),
        *_people(about),
        *_dataset(about),
        *_coverage(about),
        *_rights(about),
        *(triple for release in _drafts(about) for triple in _earlier(about, release)),
        *release_triples(about),
        *town_triples(about),
        *high_value_triples(about),
        *(_service(about) if about.has_endpoint else ()),
        *(triple for dump in offered_dumps(about) for triple in _distribution(about, dump)),
    )


def _catalogue(about: About) -> Iterator[Triple]:
    catalogue = NamedNode(f"{about.root}catalog")
    yield Triple(catalogue, RDF.type, DCAT.Catalog)
    yield from _texts(catalogue, DCT.title, "catalogue.catalogue")
    yield from _texts(catalogue, DCT.description, "catalogue.description")
    yield Triple(catalogue, DCT.publisher, about.node("publisher"))
    yield Triple(catalogue, DCAT.dataset, about.iri)
    if about.has_endpoint:
        yield Triple(catalogue, DCAT.service, about.node("sparql"))
    yield Triple(catalogue, FOAF.homepage, NamedNode(about.root))
    for code in ("FIN", "SWE", "ENG"):
        yield Triple(catalogue, DCT.language, NamedNode(f"{AUTHORITY}language/{code}"))
    yield Triple(catalogue, DCAT.themeTaxonomy, NamedNode(f"{AUTHORITY}data-theme"))
    if first := published_row(about.data)[-1:]:
        yield Triple(catalogue, DCT.issued, Literal(first[0].date.isoformat(), datatype=XSD.date))
    yield from _licence(about, catalogue)
    yield from _modified(about, catalogue)


def _people(about: About) -> Iterator[Triple]:
    publisher, contact = about.node("publisher"), about.node("contact")
    yield Triple(publisher, RDF.type, FOAF.Agent)
    yield Triple(publisher, FOAF.name, Literal(about.publisher))
    yield Triple(publisher, FOAF.homepage, NamedNode(about.root))
    yield Triple(contact, RDF.type, VCARD.Kind)
    yield Triple(contact, VCARD.fn, Literal(about.publisher))
    if contact_uri(about.contact).startswith("mailto:"):
        yield Triple(contact, VCARD.hasEmail, NamedNode(contact_uri(about.contact)))
    else:
        yield Triple(contact, VCARD.hasURL, NamedNode(contact_uri(about.contact)))


def contact_uri(contact: str) -> str:
    """The contact as a URI: an e-mail address gets its scheme."""
    return contact if ":" in contact else f"mailto:{contact}"


def _dataset(about: About) -> Iterator[Triple]:
    yield Triple(about.iri, RDF.type, DCAT.Dataset)
    for language, title in sorted(about.titles.items()):
        yield Triple(about.iri, DCT.title, Literal(title, language=language))
    yield from _texts(about.iri, DCT.description, "catalogue.description")
    yield from subject_triples(about, about.iri)
    yield Triple(about.iri, DCAT.landingPage, NamedNode(about.root))
    yield Triple(about.iri, DCT.language, NamedNode(f"{AUTHORITY}language/FIN"))
    yield Triple(about.iri, DCT.accrualPeriodicity, NamedNode(f"{AUTHORITY}frequency/IRREG"))
    shapes = f"{about.base}graph/shapes"
    for standard in (
        ONTOLOGY,
        *(NamedNode(each.name) for each in about.data.graphs() if each.name == shapes),
    ):
        yield Triple(about.iri, DCT.conformsTo, standard)
        yield Triple(standard, RDF.type, DCT.Standard)
        if about.modelling:
            yield Triple(standard, DCT.license, about.modelling)
    if about.data.origin:
        # Of a release it is the checksum of what is served as N-Quads; another file may be spelled in another way.
        if about.data.release:
            yield Triple(about.iri, DCT.identifier, Literal(about.data.origin.checksum))
        yield Triple(about.iri, OWL.versionInfo, Literal(about.data.origin.checksum[:12]))
    yield from _licence(about, about.iri)
    yield from _modified(about, about.iri)


def _coverage(about: About) -> Iterator[Triple]:
    """The places and the whole time of the documents; nothing where the data have no documents."""
    rows = list(about.summaries.counts("documents", ("place", "start", "end")))
    for place in sorted({place.value for place, *_ in rows if isinstance(place, NamedNode)}):
        yield Triple(about.iri, DCT.spatial, NamedNode(place))
        yield Triple(NamedNode(place), RDF.type, DCT.Location)
    dated = [(text_of(start), text_of(end)) for _, start, end in rows if start and end]
    starts, ends = sorted(start for start, _ in dated), sorted(end for _, end in dated)
    if starts and ends:
        period = about.node("period")
        yield Triple(about.iri, DCT.temporal, period)
        yield Triple(period, RDF.type, DCT.PeriodOfTime)
        yield Triple(period, DCAT.startDate, Literal(starts[0], datatype=XSD.date))
        yield Triple(period, DCAT.endDate, Literal(ends[-1], datatype=XSD.date))


def _rights(about: About) -> Iterator[Triple]:
    """What the licence is for, and the terms of each document's words."""
    if about.rights:
        statement = about.node("rights")
        yield Triple(about.iri, DCT.rights, statement)
        yield Triple(statement, RDF.type, DCT.RightsStatement)
        for text in about.rights:
            yield Triple(statement, RDFS.label, text)
    for entry in document_rights(about.data):
        yield Triple(about.iri, DCT.source, entry.document)
        if entry.licence:
            yield Triple(entry.document, DCT.license, entry.licence)
        yield from (Triple(entry.document, DCT.rights, text) for text in entry.terms())


def _service(about: About) -> Iterator[Triple]:
    service = about.node("sparql")
    yield Triple(service, RDF.type, DCAT.DataService)
    yield from _texts(service, DCT.title, "catalogue.service")
    yield Triple(service, DCAT.endpointURL, NamedNode(f"{about.root}sparql"))
    for path in ("sparql", "openapi.json"):
        yield Triple(service, DCAT.endpointDescription, NamedNode(about.root + path))
    yield Triple(service, DCAT.servesDataset, about.iri)
    yield Triple(service, DCAT.landingPage, NamedNode(f"{about.root}sparql"))
    yield Triple(service, DCAT.contactPoint, about.node("contact"))
    yield Triple(service, DCT.publisher, about.node("publisher"))
    yield Triple(service, DCT.conformsTo, NamedNode(PROTOCOL))
    yield Triple(service, DCT.accessRights, NamedNode(f"{AUTHORITY}access-right/PUBLIC"))
    yield from _licence(about, service)


def _distribution(about: About, dump: Dump) -> Iterator[Triple]:
    syntax, node = dump.syntax, about.node(f"distribution-{dump.syntax.name}")
    address = NamedNode(about.root.rstrip("/") + dump_path(about.data, syntax))
    yield Triple(about.iri, DCAT.distribution, node)
    yield from file_triples(node, syntax)
    for language in LANGUAGES:
        key = "catalogue.dump.all" if dump.is_whole else "catalogue.dump.default"
        title = translate(key, language, format=syntax.label)
        yield Triple(node, DCT.title, Literal(title, language=language))
        yield Triple(node, DCT.description, Literal(title, language=language))
    yield Triple(node, DCAT.accessURL, NamedNode(f"{about.root}downloads"))
    yield Triple(node, DCAT.downloadURL, address)
    if about.has_endpoint:
        yield Triple(node, DCAT.accessService, about.node("sparql"))
    yield from _licence(about, node)
    if dump.size is not None and dump.checksum is not None:
        facts = FileFacts(dump.size, dump.checksum)
        yield from size_triples(node, about.node(f"checksum-{syntax.name}"), facts)


def _drafts(about: About) -> Iterator[EarlierRelease]:
    """The releases beside the data that are not published ones, which have a version."""
    known = {one.checksum for one in published_row(about.data)}
    return (release for release in earlier_releases(about.data) if release.checksum not in known)


def _earlier(about: About, release: EarlierRelease) -> Iterator[Triple]:
    """A release before this one, with the one file that is kept of it."""
    node, file = about.node(f"release-{release.name}"), about.node(f"release-{release.name}-nq")
    yield Triple(about.iri, DCAT.prev, node)
    yield Triple(node, RDF.type, DCAT.Dataset)
    yield from _texts(node, DCT.title, "catalogue.earlier")
    yield from _texts(node, DCT.description, "catalogue.description")
    yield Triple(node, DCT.identifier, Literal(release.checksum))
    yield Triple(node, OWL.versionInfo, Literal(release.name))
    yield Triple(node, DCT.publisher, about.node("publisher"))
    yield Triple(node, DCAT.distribution, file)
    yield Triple(file, RDF.type, DCAT.Distribution)
    yield Triple(file, DCAT.accessURL, NamedNode(f"{about.root}downloads"))
    yield Triple(file, DCAT.downloadURL, NamedNode(about.root.rstrip("/") + release.address))
    yield Triple(file, DCAT.mediaType, NamedNode(IANA + N_QUADS.media_type))
    facts = FileFacts(release.size, release.checksum)
    yield from size_triples(file, about.node(f"release-{release.name}-checksum"), facts)


def _licence(about: About, thing: NamedNode) -> Iterator[Triple]:
    if about.licence:
        yield Triple(thing, DCT.license, about.licence)


def _modified(about: About, thing: NamedNode) -> Iterator[Triple]:
    if about.data.origin and about.data.origin.modified:
        moment = datetime.fromtimestamp(about.data.origin.modified, UTC).date().isoformat()
        yield Triple(thing, DCT.modified, Literal(moment, datatype=XSD.date))


def _texts(thing: NamedNode, predicate: NamedNode, key: str) -> Iterator[Triple]:
    return (Triple(thing, predicate, text) for text in TEXTS[key].literals())
