"""The three languages of texts: Finnish, Swedish and English."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from pyoxigraph import Literal as RdfLiteral

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text in the three languages; '' where there is none. False where there is none in any.

    >>> Text(fi="tavoite", sv="mål", en="goal")["sv"]
    'mål'
    """

    fi: str = ""
    sv: str = ""
    en: str = ""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """The text of a mapping by language, which must have all three; KeyError names a missing one."""
        return cls(texts["fi"], texts["sv"], texts["en"])

    def __bool__(self) -> bool:
        return bool(self.fi or self.sv or self.en)

    def __getitem__(self, language: str) -> str:
        """The text in exactly that language; KeyError for another than the three."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def in_language(self, language: str) -> str:
        """The text in that language, else in English, Finnish or Swedish, else ''."""
        own = self[language] if language in LANGUAGES else ""
        return own or self.en or self.fi or self.sv

    def literals(self) -> Iterator[RdfLiteral]:
        """The text as tagged literals, one for each language that it has."""
        return (RdfLiteral(self[language], language=language) for language in LANGUAGES if self[language])


NO_TEXT = Text()


def best_literal(literals: Iterable[RdfLiteral], language: str) -> RdfLiteral | None:
    """The literal in a language, else Finnish, else untagged, else English, else the first in order."""
    ordered = sorted(literals, key=lambda literal: (literal.language or "", literal.value))
    for wanted in (language, "fi", None, "en"):
        for literal in ordered:
            if literal.language == wanted:
                return literal
    return ordered[0] if ordered else None
