"""What the styles of a Word document say of a paragraph: heading, list, bold, hidden."""

import re
from typing import Any

from hytegraph.loaders.sources.word.names import WORD, number, switch, value

# Word keeps the English names of its own styles; other programs write those of their language.
_HEADING = re.compile(r"(?:heading|otsikko|rubrik|överskrift|überschrift)\s*([1-9])")
_TITLE = re.compile(r"title|pääotsikko|otsikko|rubrik|titel")
_BODY_LEVEL = 9
_DEEPEST = 20


class Styles:
    """The styles by id; a style has what the style it is based on has and it does not change."""

    def __init__(self, root: Any | None) -> None:
        found = [] if root is None else root.findall(WORD + "style")
        self._styles = {style.get(WORD + "styleId"): style for style in found}
        self._default = next(
            (
                style.get(WORD + "styleId")
                for style in found
                if style.get(WORD + "type") == "paragraph" and style.get(WORD + "default") in ("1", "true")
            ),
            None,
        )

    def heading_level(self, paragraph: Any) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is none."""
        if (own := value(paragraph, "pPr/outlineLvl")) is not None:
            return _level(own)
        for style in self._chain(value(paragraph, "pPr/pStyle") or self._default):
            if (outline := value(style, "pPr/outlineLvl")) is not None:
                return _level(outline)
            name = (value(style, "name") or "").strip().lower()
            if match := _HEADING.fullmatch(name):
                return int(match[1])
            if _TITLE.fullmatch(name):
                return 1
        return 0

    def numbering(self, paragraph: Any) -> tuple[str, int]:
        """The id of the list that a paragraph is in and its level there, from 0; '' for none."""
        chain = [paragraph, *self._chain(value(paragraph, "pPr/pStyle") or self._default)]
        for element in chain:
            if (list_id := value(element, "pPr/numPr/numId")) is not None:
                level = next(
                    (found for part in chain if (found := value(part, "pPr/numPr/ilvl")) is not None), "0"
                )
                return ("" if list_id == "0" else list_id), number(level)
        return "", 0

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Whether the styles of a run and of its paragraph make it bold."""
        return self._switch("rPr/b", run, paragraph)

    def is_hidden(self, run: Any, paragraph: Any) -> bool:
        """Whether the styles of a run and of its paragraph hide it."""
        return self._switch("rPr/vanish", run, paragraph)

    def _switch(self, path: str, run: Any, paragraph: Any) -> bool:
        for first in (value(run, "rPr/rStyle"), value(paragraph, "pPr/pStyle") or self._default):
            for style in self._chain(first):
                if (state := switch(style, path)) is not None:
                    return state
        return False

    def _chain(self, style_id: str | None) -> list[Any]:
        chain: list[Any] = []
        while style_id in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain


def _level(outline: str) -> int:
    level = number(outline, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else 0
