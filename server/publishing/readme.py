"""The README of the folder of a published release: what it is, whose, which version, and what others may do with it."""

from collections.abc import Iterator

from hytegraph.graph.releases.row import Published
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.rights import document_rights, licence_text
from hytegraph.server.text.messages import LANGUAGE_NAMES, LANGUAGES, Language, translate


def readme(release: Published, about: About) -> bytes:
    """The README in all languages."""
    return "\n".join("\n".join(_section(release, about, language)) for language in LANGUAGES).encode()


def _section(release: Published, about: About, language: Language) -> Iterator[str]:
    def text(key: str) -> str:
        return translate(key, language)

    yield f"# {about.titles.get(language, '')} ({LANGUAGE_NAMES[language]})\n"
    yield f"{release.notes.in_language(language)}\n"
    yield f"- {text('publish.sheet.publisher')}: {about.publisher} ({about.contact})"
    yield f"- {text('column.version')}: {release.version}, {release.date.isoformat()}, SHA-256 {release.checksum}"
    yield f"- {text('publish.sheet.address')}: {about.root}\n"
    yield f"{text('publish.readme.files')}\n\n## {text('about.licence')} ({language})\n"
    yield f"- {text('about.licence.data')} {licence_text(about.licence, language)}"
    yield f"- {text('about.licence.modelling')} {licence_text(about.modelling, language)}"
    yield f"- {text('about.licence.documents')}"
    terms = {entry.document.value: entry.as_text(language) for entry in document_rights(about.data)}
    for document in release.manifest["documents"]:
        title = str(document["title"].get(language, document["name"]))
        yield f"  - {title}: {terms.get(document['iri'], text('rights.unstated'))}"
    yield ""
