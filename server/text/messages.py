"""The texts of the pages in Finnish, Swedish and English, read from the files of `translations/`."""

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
    found: dict[str, Text] = {}
    for file in sorted(
        files("hytegraph.server.text").joinpath("translations").iterdir(), key=lambda each: each.name
    ):
        for key, entry in tomllib.loads(file.read_text("utf-8")).items():
            if key in found:
                raise ValueError(f"{file.name}: the text {key!r} stands in another file too")
            found[key] = Text(**entry)
    return found


TEXTS = _load()


def translate(key: str, language: Language, **values: object) -> str:
    """The text with its values filled in; KeyError for a text that does not exist.

    >>> translate("lines", "fi", start=12, end=14)
    'rivit 12–14'
    """
    return TEXTS[key].in_language(language).format(**values)
