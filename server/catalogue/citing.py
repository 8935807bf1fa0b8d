"""The dataset as others cite it: DataCite and the Citation File Format."""

from collections.abc import Mapping
from typing import Any

from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dumps import offered_dumps
from hytegraph.server.catalogue.releases import served_release
from hytegraph.server.catalogue.rights import licence_name
from hytegraph.server.text.messages import LANGUAGES, translate

_DATACITE = "http://datacite.org/schema/kernel-4"


def datacite(about: About) -> Mapping[str, Any]:
    """The dataset as DataCite describes one that has no DOI yet; of a draft no version and year."""
    served = served_release(about.data)
    told: dict[str, Any] = {
        "schemaVersion": _DATACITE,
        "creators": [{"name": about.publisher, "nameType": "Organizational"}],
        "titles": [{"title": text, "lang": code} for code, text in sorted(about.titles.items())],
        "publisher": about.publisher,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "RDF"},
        "language": "fi",
        "url": about.root,
        "descriptions": [
            {
                "description": translate("catalogue.description", code),
                "descriptionType": "Abstract",
                "lang": code,
            }
            for code in LANGUAGES
        ],
        "formats": [dump.syntax.media_type for dump in offered_dumps(about)],
    }
    told["rightsList"] = _rights_list(about)
    if about.data.origin:
        identifier = f"urn:sha256:{about.data.origin.checksum}"
        told["alternateIdentifiers"] = [
            {"alternateIdentifier": identifier, "alternateIdentifierType": "SHA-256"}
        ]
    if served:
        told |= {"version": served.version, "publicationYear": served.date.year}
        told["dates"] = [{"date": served.date.isoformat(), "dateType": "Issued"}]
    return told


def _rights_list(about: About) -> list[Mapping[str, str]]:
    """What each licence is for, in words beside its address, and that the documents have terms of their own."""
    licences = (("about.licence.data", about.licence), ("about.licence.modelling", about.modelling))
    listed = [
        {
            "rights": f"{translate(key, 'en')} {licence_name(licence.value)}",
            "rightsUri": licence.value,
            "lang": "en",
        }
        for key, licence in licences
        if licence
    ]
    return [*listed, *({"rights": text.value, "lang": text.language or ""} for text in about.rights)]


def citation_file(about: About) -> Mapping[str, Any]:
    """The dataset in the Citation File Format 1.2, as the keys of its YAML."""
    served = served_release(about.data)
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": translate("citing.message", "en"),
        "type": "dataset",
        "title": about.titles.get("en") or next(iter(about.titles.values())),
        "authors": [{"name": about.publisher}],
        "url": about.root,
    }
    if about.data.origin:
        told["identifiers"] = [{"type": "other", "value": f"urn:sha256:{about.data.origin.checksum}"}]
    if about.licence:
        told["license-url"] = about.licence.value
    if served:
        told |= {"version": served.version, "date-released": served.date.isoformat()}
    return told
