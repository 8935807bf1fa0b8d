"""An Excel workbook, as one sees it on the screen, as blocks."""

from hytegraph.loaders.sources.excel.workbook import read

__all__ = ["read"]
