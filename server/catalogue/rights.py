"""Who may do what with the data: the licence of the statements, and the terms of each document's words."""

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.store.dataset import Dataset

DOCUMENT_RIGHTS = stored_query(__name__, "document-rights")
_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z\-]+)/([0-9.]+)/?")
_CC0 = re.compile(r"https?://creativecommons\.org/publicdomain/zero/1\.0/?")


@dataclass(frozen=True, slots=True)
class DocumentRights:
    """The licence of a document, or what is stated of its terms; both None where nothing is."""

    document: NamedNode
    licence: NamedNode | None
    statement: Literal | None


def document_rights(dataset: Dataset) -> tuple[DocumentRights, ...]:
    """The rights of each document, in the order of their IRIs."""
    found: dict[str, DocumentRights] = {}
    for row in dataset.select(DOCUMENT_RIGHTS):
        document, licence, rights = row["document"], row["licence"], row["rights"]
        if isinstance(document, NamedNode):
            entry = DocumentRights(
                document,
                licence if isinstance(licence, NamedNode) else None,
                rights if isinstance(rights, Literal) else None,
            )
            found.setdefault(document.value, entry)
    return tuple(found.values())


def licence_name(iri: str) -> str:
    """The usual name of a licence; its IRI where that is not known.

    >>> licence_name("https://creativecommons.org/licenses/by-sa/4.0/")
    'CC BY-SA 4.0'
    """
    if _CC0.fullmatch(iri):
        return "CC0 1.0"
    match = _CREATIVE_COMMONS.fullmatch(iri)
    return f"CC {match[1].upper()} {match[2]}" if match else iri
