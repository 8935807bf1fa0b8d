"""Who may do what with the data: the licence of the statements, and the terms of each document's words."""

import re
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from hytegraph.graph.query.stored import stored_query
from hytegraph.graph.results import Row
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.text.messages import TEXTS, Language, translate

DOCUMENT_RIGHTS = stored_query(__name__, "document-rights")
_OF_ONE = stored_query(__name__, "licence-of-document")
_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z\-]+)/([0-9.]+)/?")
_CC0 = re.compile(r"https?://creativecommons\.org/publicdomain/zero/1\.0/?")


@dataclass(frozen=True, slots=True)
class DocumentRights:
    """The licence of a document, and what is stated of its terms in one language or several; nothing where nothing is.

    Nothing is guessed from what others are: a document without either has terms that its publisher has not stated.
    """

    document: NamedNode
    licence: NamedNode | None
    statements: tuple[Literal, ...]

    def terms(self) -> tuple[Literal, ...]:
        """What is stated of the terms; where nothing is, that its publisher has not stated them."""
        return self.statements or (() if self.licence else tuple(TEXTS["rights.unstated"].literals()))

    def in_words(self, language: Language) -> Literal | None:
        """The terms in a language, or in another where they are in none of it; None where a licence says it all."""
        terms = self.terms()
        return next((text for text in terms if text.language == language), terms[0] if terms else None)

    def as_text(self, language: Language) -> str:
        """Licence and terms in words."""
        words = self.in_words(language)
        parts = (licence_name(self.licence.value) if self.licence else "", words.value if words else "")
        return " ".join(part for part in parts if part)


def document_rights(dataset: Dataset) -> tuple[DocumentRights, ...]:
    """The rights of each document, in the order of their IRIs."""
    grouped = groupby(dataset.select(DOCUMENT_RIGHTS), key=lambda row: row["document"])
    return tuple(
        _rights(document, list(rows)) for document, rows in grouped if isinstance(document, NamedNode)
    )


def _rights(document: NamedNode, rows: list[Row]) -> DocumentRights:
    licences = (row["licence"] for row in rows)
    statements = dict.fromkeys(row["rights"] for row in rows if isinstance(row["rights"], Literal))
    licence = next((each for each in licences if isinstance(each, NamedNode)), None)
    return DocumentRights(document, licence, tuple(each for each in statements if isinstance(each, Literal)))


def licence_of(dataset: Dataset, document: str) -> NamedNode | None:
    """The licence of a document; None for one without a licence, and for what is no document."""
    try:
        rows = dataset.select(_OF_ONE, document=NamedNode(document))
    except ValueError:
        return None
    return next((each for row in rows if isinstance(each := row["licence"], NamedNode)), None)


def licence_name(iri: str) -> str:
    """The usual name of a licence; its IRI where that is not known.

    >>> licence_name("https://creativecommons.org/licenses/by-sa/4.0/")
    'CC BY-SA 4.0'
    """
    if _CC0.fullmatch(iri):
        return "CC0 1.0"
    match = _CREATIVE_COMMONS.fullmatch(iri)
    return f"CC {match[1].upper()} {match[2]}" if match else iri


def licence_text(licence: NamedNode | None, language: Language) -> str:
    """The name and the address of a licence, or that none is stated."""
    if licence is None:
        return translate("about.licence.unstated", language)
    return f"{licence_name(licence.value)} {licence.value}"
