"""Columns of tables that hold names of persons, by their headings: `Nimi`, `Jäsen`, `Namn`."""

import re
from collections.abc import Iterator
from itertools import accumulate

from hytegraph.graph.markers import NAME
from hytegraph.loaders.documents.blocks import CELL
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.privacy.labels import listed_name
from hytegraph.loaders.privacy.patterns import Hit

_PERSONS = re.compile(
    r"\s*(?:nimi|suku-? ?ja etunimi|henkilö|(?:vara)?jäsen(?:et)?|edustaja|osallistuja|valtuutettu|läsnä(?: olleet)?|"
    r"namn|för- och efternamn|person|ledam(?:ot|öter)|ersättare|suppleant(?:er)?|deltagare|närvarande)\s*:?\s*",
    re.IGNORECASE,
)


def names_in_columns(document: SourceText) -> Iterator[Hit]:
    """The cells below such a heading that may be a name, as stretches of the document's lines joined."""
    cells = [placed for placed in document.placed if placed.block.kind == CELL]
    columns = {
        (placed.block.table, placed.block.column)
        for placed in cells
        if placed.block.row == 1 and _PERSONS.fullmatch(placed.block.text)
    }
    starts = [0, *accumulate(len(line) + 1 for line in document.lines)]
    for placed in cells:
        block = placed.block
        if block.row > 1 and (block.table, block.column) in columns:
            for number in placed.span.numbers():
                if found := listed_name(document.line(number)):
                    at = starts[number - 1]
                    yield Hit(at + found[0], at + found[1], NAME)
