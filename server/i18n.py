"""The texts of the pages in Finnish, Swedish and English, read from texts.toml."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
LANGUAGE_NAMES: dict[Language, str] = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the three languages."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in that language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]


def _load() -> dict[str, Text]:
    raw = tomllib.loads(files("hytegraph.server").joinpath("texts.toml").read_text("utf-8"))
    return {key: Text(**entry) for key, entry in raw.items()}


TEXTS = _load()


def translate(key: str, language: Language, **values: object) -> str:
    """The text with its values filled in; KeyError for a text that does not exist.

    >>> translate("lines", "fi", start=12, end=14)
    'rivit 12–14'
    """
    return TEXTS[key].in_language(language).format(**values)
