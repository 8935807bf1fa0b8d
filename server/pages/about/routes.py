"""What the service is, how it is cited, and its accessibility statement."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version

from flask import Blueprint, Response, request
from pyoxigraph import Literal

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Term
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.catalogue.about import NO_PUBLISHER, About
from hytegraph.server.catalogue.dcat import contact_uri
from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.catalogue.rights import document_rights, licence_name
from hytegraph.server.context import dataset, has_several_towns, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.pages.shared.view import page
from hytegraph.server.text.languages import reader_language
from hytegraph.server.text.links import Labels, Link
from hytegraph.server.text.messages import Language, translate

blueprint = Blueprint("service", __name__)

# What a claim may stand on: the class of its mark, and the key of its text.
SIGNS = (
    *(
        (f"basis-{name}", f"basis.{name}")
        for name in ("statedInSource", "derivedFromLayout", "curatorJudgement")
    ),
    ("certainty-ambiguous", "certainty.ambiguous"),
    *(
        (f"mark-{name}", f"mark.{name}")
        for name in ("inferred", "suggested", "accepted", "acceptedByRule", "rejected", "missing")
    ),
)


_TITLES = stored_query(__name__, "document-titles")
_TERMS = stored_query(__name__, "document-terms")


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document's title, and its licence or what is stated of its terms, each empty where there is none.

    Of several towns' documents no title but the number of those with the same terms.
    """

    title: Link | None
    documents: int
    licence: str
    rights: Link


@dataclass(frozen=True, slots=True)
class Citation:
    """The release as one cites it; without a date or checksum where the data are not a release or file."""

    publisher: str
    title: str
    version: str
    release: str
    date: date | None
    checksum: str
    address: str

    def as_bibtex(self) -> str:
        """An entry for a bibliography."""
        fields = {
            "title": f"{{{self.title}}}",
            "author": f"{{{self.publisher}}}",
            "year": str(self.date.year) if self.date else "",
            "version": f"{self.version}, {self.release}",
            "url": self.address,
            "note": f"SHA-256 {self.checksum}" if self.checksum else "",
        }
        lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{hytegraph-{self.release},\n" + ",\n".join(lines) + "\n}"


@blueprint.get("/about")
def about() -> Response:
    """What this is, whose data, which licence, how it is cited, and how its claims are told apart."""
    language = reader_language(request)
    return page(
        "about/about.html",
        citation=citation(dataset(), language),
        contact=contact(),
        signs=SIGNS,
        documents=_document_terms(dataset(), language),
        **licence_values(),
    )


def licence_values() -> dict[str, str]:
    """The licences of statements and modelling for a template: IRI and name of each, empty where there is none."""
    about = About.of(dataset(), summaries(), settings(), root())
    licences = {"licence": about.licence, "modelling_licence": about.modelling}
    iris = {name: licence.value if licence else "" for name, licence in licences.items()}
    return iris | {f"{name}_name": licence_name(iri) if iri else "" for name, iri in iris.items()}


def _document_terms(served: Dataset, language: Language) -> tuple[DocumentTerms, ...]:
    if has_several_towns():
        return tuple(
            DocumentTerms(
                None,
                int(row.text("n")),
                row.text("licence"),
                _words(row.text("licence"), row["rights"], language),
            )
            for row in served.select(_TERMS, language=Literal(language))
        )
    labels = Labels(served.select(_TITLES), settings().base, language)
    return tuple(
        DocumentTerms(
            labels.link(entry.document.value),
            1,
            entry.licence.value if entry.licence else "",
            _words("", entry.in_words(language), language) if entry.terms() else Link(""),
        )
        for entry in document_rights(served)
    )


def _words(licence: str, stated: Term | None, language: Language) -> Link:
    """The terms in words, which are none where a licence says it all; what nobody has stated is told so."""
    if isinstance(stated, Literal):
        return Link(stated.value, stated.language or "")
    return Link("") if licence else Link(translate("rights.unstated", language), language)


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """The accessibility statement."""
    cited = citation(dataset(), reader_language(request))
    is_unnamed = cited.publisher == NO_PUBLISHER
    return page("about/accessibility.html", citation=cited, contact=contact(), unnamed=is_unnamed)


def citation(served: Dataset, language: Language) -> Citation:
    """How the data that are served are cited."""
    told = About.of(served, summaries(), settings(), root())
    origin = served.origin
    written = datetime.fromtimestamp(origin.modified, UTC).date() if origin and origin.modified else None
    title = told.titles.get(language) or next(iter(told.titles.values()))
    return Citation(
        told.publisher,
        title,
        version("hytegraph"),
        release_name(served),
        written,
        origin.checksum if origin else "",
        told.root,
    )


def contact() -> Link | None:
    """Whom the users of the service may write to; None where the settings name nobody."""
    given = settings().contact
    return Link(given.removeprefix("mailto:"), "", contact_uri(given)) if given else None
