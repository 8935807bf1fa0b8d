"""The status as a document prints it: a word, a per cent, or a sign or colour through the document's own legend."""

from hytegraph.loaders.documents.blocks import Placed
from hytegraph.loaders.profile.cells import CellReader, Words
from hytegraph.loaders.profile.words.legend import Legend, meaning_of

BY_COLOUR = "Tila on merkitty vain värillä, eikä asiakirja kerro värin merkitystä."
BY_SIGN = "Tila on merkitty merkillä, jonka merkitystä asiakirja ei kerro."


def status_of(cell: Placed, cells: CellReader, legend: Legend) -> tuple[list[Words], str]:
    """The status of a cell, and why it is doubtful: by a colour or sign without a legend it is."""
    printed = cell.block.text.strip()
    colour = cell.block.fill if printed in ("", f"[#{cell.block.fill}]") else ""
    if colour:
        meaning, note = meaning_of(colour, legend), BY_COLOUR
    else:
        words = cells.whole(cell)
        if not printed or any(map(str.isalnum, printed)) and printed not in legend:
            return words, ""
        meaning, note = legend.get(printed), BY_SIGN
    lines = tuple(cell.span.numbers())
    if meaning:
        return [Words(meaning.text, (*lines, *meaning.lines))], ""
    return [Words(f"[#{colour}]" if colour else printed, lines)], note
