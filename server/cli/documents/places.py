"""Where in a file something stands, as the terminal says it."""

from hytegraph.graph.languages import Language
from hytegraph.loaders.documents.blocks import Block
from hytegraph.server.text.messages import translate


def place_of(block: Block, language: Language) -> str:
    """Page or sheet, table and row, as far as the file's form has them."""
    named = (("page", block.page), ("sheet", block.sheet), ("table", block.table), ("row", block.row))
    return ", ".join(translate(f"terminal.{what}", language, value=value) for what, value in named if value)
