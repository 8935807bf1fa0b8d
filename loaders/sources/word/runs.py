"""The words of a paragraph: what is hidden, deleted or a comment has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hytegraph.loaders.sources.word.names import COMPATIBILITY, WORD, contents, name_of, switch
from hytegraph.loaders.sources.word.styles import Styles

_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Signs of Wingdings that stand for a state; the font's other signs are dingbats, of which a bullet is left.
_WINGDINGS = {
    0xFC: "✓",
    0xFE: "☑",
    0xFB: "✗",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0xE0: "→",
}


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look."""

    text: str
    is_bold: bool


def runs_of(paragraph: Any, styles: Styles) -> Iterator[Run]:
    """The runs of a paragraph that one sees."""
    for child in contents(paragraph):
        if name_of(child) != "r" or _is_hidden(child, paragraph, styles):
            continue
        text = "".join(_words(child))
        if text:
            bold = switch(child, "rPr/b")
            yield Run(text, styles.is_bold(child, paragraph) if bold is None else bold)


def _is_hidden(run: Any, paragraph: Any, styles: Styles) -> bool:
    hidden = switch(run, "rPr/vanish")
    return styles.is_hidden(run, paragraph) if hidden is None else hidden


def _words(run: Any) -> Iterator[str]:
    for part in contents(run):
        name = name_of(part)
        if name == "t":
            yield part.text or ""
        elif name == "sym":
            yield _symbol(part)
        else:
            yield _SIGNS.get(name, "")


def _symbol(part: Any) -> str:
    try:
        code = int(part.get(WORD + "char") or "", 16)
    except ValueError:
        return ""
    if code < 0xF000 or code > 0xF0FF:
        return chr(code) if 0x20 <= code < 0xD800 else ""
    return _WINGDINGS.get(code - 0xF000, "•")


def end_is_deleted(paragraph: Any) -> bool:
    """Whether a tracked change deletes the end of a paragraph, which makes one of it and the next."""
    marks = f"{WORD}pPr/{WORD}rPr/{WORD}"
    return any(paragraph.find(marks + name) is not None for name in ("del", "moveFrom"))


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(WORD + "txbxContent"):
        above = list(box.iterancestors())
        inside = above[: above.index(paragraph)]
        # A box is kept twice, for new and for old programs; and a box in a box is read with the outer one.
        if not any(
            element.tag in (COMPATIBILITY + "Fallback", WORD + "txbxContent", WORD + "del", WORD + "moveFrom")
            for element in inside
        ):
            yield box
