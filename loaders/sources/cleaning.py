"""The words of a Word, Excel or web file as lines of text."""

import re
import unicodedata

from hytegraph.graph.text_files import normalise

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Control characters, halves of surrogate pairs and what Unicode calls no characters.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACED = str.maketrans({"\xad": None, "\u2011": "-", "\t": " ", "\f": "\n"})


def clean(text: str) -> str:
    """The text with single spaces, at most one blank line in a row, and none at its ends.

    Soft hyphens go, no-break spaces and hyphens become plain ones, and what is no character of a text is dropped.
    """
    text = normalise(_NO_TEXT.sub("", text).translate(_REPLACED))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return unicodedata.normalize("NFC", _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip())


def clean_line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())
