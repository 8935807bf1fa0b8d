"""A Word document, its changes taken as accepted, as blocks."""

from hytegraph.loaders.sources.word.document import read

__all__ = ["read"]
