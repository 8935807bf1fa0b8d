"""Puts the wrapped lines of a budget narrative together to paragraphs."""

from collections.abc import Sequence

from hytegraph.loaders.kinds.interim_report.printed_rows import ReportLine

_SENTENCE_END = (".", ":", "!", "?")
# A line this much shorter than the longest ended because its paragraph did.
_SHORT = 0.8


def paragraphs(lines: Sequence[ReportLine]) -> list[list[ReportLine]]:
    """The paragraphs of prose printed with an empty line between wrapped lines.

    A line of blanks ends a paragraph, an empty line does not; so does a line that ends a sentence
    though the next word would still have fitted.
    """
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    found: list[list[ReportLine]] = []
    is_open = False
    for line in lines:
        if line.is_blank:
            is_open = False
        if not line.is_text:
            continue
        if is_open and not _ends_paragraph(found[-1][-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
        is_open = True
    return found


def _ends_paragraph(line: ReportLine, below: ReportLine, width: int) -> bool:
    text = line.text.rstrip()
    if not text.endswith(_SENTENCE_END) or below.text.lstrip()[:1].islower():
        return False
    if len(text) < _SHORT * width:
        return True
    # A blank of its own before the soft wrap is what the end of a paragraph leaves.
    return line.trailing > 1 and len(text) + 1 + len(below.text.split()[0]) <= width
