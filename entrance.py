"""hytegraph for Python programs: `hytegraph.open` takes a release folder, an RDF file or the address of a service.

This file is the package's `__init__.py`, wherever it is installed. A name is loaded when it is first used, so that
`import hytegraph` takes a millisecond; docs/reference/python.md shows each.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hytegraph.server.asking.open_data import OpenData, Statement, Table
    from hytegraph.server.asking.open_data import open_data as open

__all__ = ["OpenData", "Statement", "Table", "open"]


def __getattr__(name: str) -> Any:
    """A public name, loaded from its module. AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module("hytegraph.server.asking.open_data")
    globals()[name] = value = getattr(module, "open_data" if name == "open" else name)
    return value


def __dir__() -> list[str]:
    return __all__
