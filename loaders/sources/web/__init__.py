"""A web page, as minutes and plans are published, as blocks."""

from hytegraph.loaders.sources.web.page import read

__all__ = ["read"]
