"""The status as a document prints it: a word, a per cent, or a sign or colour through the document's own legend."""

from collections.abc import Mapping

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import CellReader, Words

BY_COLOUR = "Tila on merkitty vain värillä, eikä asiakirja kerro värin merkitystä."
BY_SIGN = "Tila on merkitty merkillä, jonka merkitystä asiakirja ei kerro."


def status_of(cell: Placed, cells: CellReader, legend: Mapping[str, str]) -> tuple[list[Words], str]:
    """The status of a cell, and why it is doubtful: by a colour or sign alone it is."""
    words = cells.whole(cell)
    if words:
        return words, "" if any(map(str.isalnum, words[0].text)) else BY_SIGN
    if cell.block.fill:
        return [Words(f"[#{cell.block.fill}]", (cell.span.first,))], BY_COLOUR
    return [], ""
