"""The texts of the documents, personal data removed, as they lie in a release."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.store.release import Release

TEXTS = "documents"
# Texts are kept in memory once they are read; the longest known report has 150 kB.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document: its lines as they stand in the file, and the checksum of the file."""

    text: str
    lines: tuple[str, ...]
    sha256: str


def document_text(release: Release | None, iri: str) -> DocumentText | None:
    """The text of the document with that IRI; None where the data came without it.

    Raises ReleaseError when the file is not the one that the manifest describes.
    """
    if release is None:
        return None
    for entry in release.manifest.get("documents", ()):
        if entry.get("iri") == iri and "text" in entry:
            return _read(release.path, str(entry["text"]), str(entry.get("textSha256")))
    return None


@lru_cache(maxsize=_KEPT)
def _read(folder: Path, name: str, checksum: str) -> DocumentText:
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve() / TEXTS):
        raise ReleaseError(folder, f"the manifest names a text outside the release: {name}")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReleaseError(file, "the text is missing; build again") from error
    if hashlib.sha256(data).hexdigest() != checksum:
        raise ReleaseError(file, "the text is not the one that was released; build again")
    text = data.decode("utf-8")
    return DocumentText(text, tuple(text.removesuffix("\n").split("\n")), checksum)
