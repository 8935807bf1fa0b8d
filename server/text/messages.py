"""The texts of the pages in Finnish, Swedish and English, read from the files of `translations/`.

A text that counts something has a table of its plural forms in place of each language's text, by CLDR category:
`fi = { one = "{n} tulos", other = "{n} tulosta" }`; it is chosen by the value `n`.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from hytegraph.graph.languages import LANGUAGES, Language, Text
from hytegraph.server.text.numbers import plural_form, whole

__all__ = ["FORMS", "LANGUAGES", "LANGUAGE_NAMES", "TEXTS", "Language", "Text", "translate"]

LANGUAGE_NAMES: dict[Language, str] = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
_OTHER = "other"
# The values that count something; other numbers, such as years and lines, are written as they are.
_COUNTS = ("n", "all", "total", "first", "last", "links", "accepted", "goals", "measures")


def _load() -> dict[str, dict[str, Text]]:
    """The texts by key and plural category; a text that counts nothing has the category `other` alone."""
    texts: dict[str, dict[str, Text]] = {}
    folder = files("hytegraph.server.text").joinpath("translations")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for key, entry in tomllib.loads(file.read_text("utf-8")).items():
            if key in texts:
                raise ValueError(f"{file.name}: the text {key!r} stands in another file too")
            texts[key] = _forms(entry)
    return texts


def _forms(entry: Mapping[str, str | Mapping[str, str]]) -> dict[str, Text]:
    forms = {
        language: {_OTHER: value} if isinstance(value, str) else value for language, value in entry.items()
    }
    return {
        category: Text(**{language: texts[category] for language, texts in forms.items()})
        for category in forms[LANGUAGES[0]]
    }


FORMS = _load()
TEXTS: Mapping[str, Text] = {key: forms[_OTHER] for key, forms in FORMS.items()}


def translate(key: str, language: Language, **values: object) -> str:
    """The text with its values filled in, in the plural form of `n`; KeyError for a text that does not exist.

    What counts something is written in groups of three, other numbers as they are.

    >>> translate("lines", "fi", start=12, end=14)
    'rivit 12–14'
    >>> translate("search.suggested", "en", n=1)
    '1 suggestion'
    """
    forms, count = FORMS[key], values.get("n")
    if len(forms) > 1 and isinstance(count, int):
        text = forms.get(plural_form(count, language), forms[_OTHER])
    else:
        text = forms[_OTHER]
    counts = {name: whole(value, language) for name in _COUNTS if isinstance(value := values.get(name), int)}
    return text[language].format(**(values | counts))
