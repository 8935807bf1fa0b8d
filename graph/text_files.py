"""The one way from the bytes of a text file to characters: encodings, line ends, control characters."""

import codecs
import re
import unicodedata

from hytegraph.graph.errors import Reason

# UTF-32 begins with the mark of UTF-16, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Word writes a vertical tab, old Macs a lone carriage return, Unicode has separators of its own.
_LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
# pdftotext ends a page by a form feed at the beginning of a line, others put it at the end of one.
_PAGE_BREAK = re.compile("(?<=\n)\f+|^\f+|\f+(?=\n)|\f+$")
# Zero-width characters and direction marks: nobody sees them, and they hide words from every comparison.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, str]:
    """The characters of a file without its byte order mark, and its encoding.

    UTF-8 is read with and without a mark, UTF-16 and UTF-32 with one; raises ValueError, with the line where it is
    known, for everything else.
    """
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    if encoding == "utf-8" and b"\x00" in body:
        if body.count(b"\x00") > len(body) // 4:
            raise ValueError(
                Reason("the file seems to be UTF-16 without a byte order mark; save it as UTF-8")
            )
        raise ValueError(Reason("the file is binary; a text file is needed"))
    try:
        return body.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            reason = Reason(
                "the file begins as {encoding} and is none; save it as UTF-8", encoding=encoding.upper()
            )
            raise ValueError(reason) from error
        line = body[: error.start].count(b"\n") + 1
        reason = Reason("line {line} is not UTF-8 (Latin-1?); convert the file first", line=line)
        raise ValueError(reason) from error


def normalise(text: str) -> str:
    """The text as it is kept: NFC, LF at the end of a line, no page breaks, no characters that nobody can see.

    A form feed is a page break: a line ends there, if it does not end anyway. Raises ValueError for another control
    character, with its line.
    """
    lines = _PAGE_BREAK.sub("", _LINE_END.sub("\n", text)).replace("\f", "\n")
    if control := _CONTROL.search(lines):
        number = lines.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        reason = Reason("line {line} holds the control character {code}; remove it", line=number, code=code)
        raise ValueError(reason)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", lines))
