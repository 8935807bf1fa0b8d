"""What a page is about in the words of https://schema.org, as search engines read them in its head."""

from collections.abc import Iterable, Mapping
from typing import Any

from hytegraph.graph.query.towns import Town
from hytegraph.server.catalogue.about import ONTOLOGY, About
from hytegraph.server.catalogue.dumps import dump_path, offered_dumps
from hytegraph.server.catalogue.releases import served_release
from hytegraph.server.text.messages import LANGUAGES, Language, translate

_CONTEXT = "https://schema.org/"


def schema_of_dataset(about: About) -> Mapping[str, Any]:
    """The dataset in the words of https://schema.org/Dataset."""
    served, root = served_release(about.data), about.root
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": about.iri.value,
        "name": [{"@value": text, "@language": code} for code, text in sorted(about.titles.items())],
        "description": [
            {"@value": translate("catalogue.description", code), "@language": code} for code in LANGUAGES
        ],
        "url": root,
        "inLanguage": "fi",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": about.publisher},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": dump.syntax.media_type,
                "contentUrl": root.rstrip("/") + dump_path(about.data, dump.syntax),
            }
            for dump in offered_dumps(about)
        ],
    }
    told |= _rights(about)
    if about.data.origin:
        told["identifier"] = f"urn:sha256:{about.data.origin.checksum}"
    if served:
        told |= {"version": served.version, "datePublished": served.date.isoformat()}
    return told


def schema_of_town(about: About, town: Town) -> Mapping[str, Any]:
    """What the data say of a town, as a part of the whole."""
    title = [
        {"@value": translate("catalogue.town", code, town=town.name(code)), "@language": code}
        for code in LANGUAGES
    ]
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": about.node(f"town-{town.slug}").value,
        "name": title,
        "description": [
            {"@value": translate("catalogue.description", code), "@language": code} for code in LANGUAGES
        ],
        "url": f"{about.root}{town.slug}",
        "isPartOf": {"@type": "Dataset", "@id": about.iri.value},
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": about.publisher},
        "spatialCoverage": {"@type": "AdministrativeArea", "name": town.name("fi")},
    } | _rights(about)


def schema_of_terms(
    about: About, page: str, name: str, terms: Iterable[tuple[str, str, str]], language: Language
) -> Mapping[str, Any]:
    """The vocabulary as a set of terms, each with its IRI, label and definition in the language of the page."""
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "DefinedTermSet",
        "@id": ONTOLOGY.value,
        "name": name,
        "url": f"{about.root}{page}",
        "inLanguage": language,
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "@id": iri, "name": label, "description": definition}
            for iri, label, definition in terms
        ],
    }
    if about.modelling:
        told["license"] = about.modelling.value
    return told


def _rights(about: About) -> dict[str, Any]:
    """The licence of the statements, and where those of the vocabulary and of the documents' words are told."""
    told: dict[str, Any] = {"usageInfo": f"{about.root}about#licence"}
    if about.licence:
        told["license"] = about.licence.value
    return told
