"""A Word document read into blocks in the order of its body; footnotes stand at the end as paragraphs.

Tracked changes are taken as accepted. Comments, hidden text, page headers and footers are left out. Macros are parts
that nothing here opens, and links to other files are not followed.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block
from hytegraph.loaders.sources.cleaning import clean, clean_line
from hytegraph.loaders.sources.progress import progress_at
from hytegraph.loaders.sources.word.names import WORD, contents, name_of, value
from hytegraph.loaders.sources.word.numbering import BULLET, Numbering
from hytegraph.loaders.sources.word.parts import Parts
from hytegraph.loaders.sources.word.runs import Run, end_is_deleted, runs_of, text_boxes
from hytegraph.loaders.sources.word.styles import Styles
from hytegraph.loaders.sources.word.tables import placed_cells

_LONGEST_BOLD_HEADING = 80
_PROGRESS_EVERY = 500


def read(path: Path) -> tuple[Block, ...]:
    """The blocks of a document; raises DocumentError for one without a body."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        styles, numbering, notes = (parts.related(kind) for kind in ("styles", "numbering", "footnotes"))
    body = None if parts.document is None else parts.document.find(WORD + "body")
    if body is None:
        raise DocumentError(path, Reason("the Word document has no body"))
    reader = _Reader(path, Styles(styles), Numbering(numbering))
    children = list(contents(body))
    for number, child in enumerate(children, 1):
        reader.block(child)
        if number % _PROGRESS_EVERY == 0:
            progress_at(number, len(children))
    for note in [] if notes is None else notes.findall(WORD + "footnote"):
        # The lines that part notes from text are notes of a type.
        if note.get(WORD + "type") in (None, "normal"):
            reader.body(note)
    return tuple(reader.blocks)


class _Reader:
    def __init__(self, path: Path, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._path = path
        self._styles = styles
        self._numbering = numbering
        self._tables = 0
        self._heading = 0
        # What has been read of a paragraph whose end is deleted: it goes on in the next one.
        self._begun: list[Run] = []

    def body(self, element: Any) -> None:
        """Read what stands in an element in its order."""
        for child in contents(element):
            self.block(child)

    def block(self, element: Any) -> None:
        """Read a paragraph or a table."""
        if name_of(element) == "p":
            self._paragraph(element)
            for box in text_boxes(element):
                self.body(box)
        elif name_of(element) == "tbl":
            self._table(element)

    def _paragraph(self, paragraph: Any) -> None:
        runs = [*self._begun, *runs_of(paragraph, self._styles)]
        self._begun = runs if end_is_deleted(paragraph) else []
        if self._begun:
            return
        text = clean("".join(run.text for run in runs))
        if not text:
            return
        level = self._styles.heading_level(paragraph)
        list_id, depth = self._styles.numbering(paragraph)
        sign = self._numbering.sign(list_id, depth) if list_id else ""
        numbered = f"{sign} {text}" if sign and sign != BULLET else text
        if level:
            self._heading = level
            self.blocks.append(Block(HEADING, clean_line(numbered), level))
        elif list_id:
            self.blocks.append(Block(ITEM, numbered, depth + 1))
        elif _is_title(text) and self._is_bold(paragraph, runs):
            self.blocks.append(Block(HEADING, text, self._heading + 1))
        else:
            self.blocks.append(Block(PARAGRAPH, text))

    def _is_bold(self, paragraph: Any, runs: list[Run]) -> bool:
        """Whether all words are bold, and the paragraph does not say itself that it is of the text."""
        own_level = value(paragraph, "pPr/outlineLvl")
        return own_level is None and all(run.is_bold for run in runs if run.text.strip())

    def _table(self, table: Any) -> None:
        cells = placed_cells(self._path, table)
        if len(cells) == 1:
            # A frame around text.
            self.body(cells[0].element)
            return
        self._tables += 1
        number = self._tables
        for cell in cells:
            self.blocks.append(
                Block(
                    CELL,
                    self._cell_text(cell.element),
                    table=number,
                    row=cell.row,
                    column=cell.column,
                    rows=cell.rows,
                    columns=cell.columns,
                    is_header=cell.is_header,
                    fill=cell.fill,
                )
            )
        for cell in cells:
            for inner in contents(cell.element):
                if name_of(inner) == "tbl":
                    self._table(inner)

    def _cell_text(self, cell: Any) -> str:
        """The paragraphs of a cell and of the text boxes in it, a line each, with the signs of lists."""
        return clean("\n".join(self._lines(contents(cell))))

    def _lines(self, elements: Iterable[Any]) -> Iterable[str]:
        begun = ""
        for paragraph in elements:
            if name_of(paragraph) != "p":
                continue
            begun += "".join(run.text for run in runs_of(paragraph, self._styles))
            if end_is_deleted(paragraph):
                continue
            text, begun = begun, ""
            list_id, depth = self._styles.numbering(paragraph)
            if list_id and text.strip():
                sign = self._numbering.sign(list_id, depth)
                text = f"{sign} {text.strip()}".strip()
            yield text
            for box in text_boxes(paragraph):
                yield from self._lines(contents(box))


def _is_title(text: str) -> bool:
    """Whether a bold line of its own can only be a heading."""
    begins = text[0].isupper() or text[0].isdigit()
    return (
        begins
        and len(text) <= _LONGEST_BOLD_HEADING
        and "\n" not in text
        and not text.endswith(tuple(".:;,!?"))
    )
