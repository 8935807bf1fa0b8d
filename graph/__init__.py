"""The graph: IRIs, store, queries, validation, search and export. Knows no document format and no HTTP.

The names in `__all__` are the public interface of hytegraph for Python programs; docs/reference/python.md shows each.
A name is loaded when it is first used, so that `import hytegraph.graph` takes a millisecond.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hytegraph.graph.errors import (
        HytegraphError,
        QueryFailedError,
        QueryLimitError,
        QueryRefusedError,
        QuerySyntaxError,
        ReleaseError,
        ShapesError,
        UnknownNameError,
    )
    from hytegraph.graph.formats import GRAPH_FORMATS, RESULT_FORMATS
    from hytegraph.graph.iris import DEFAULT_BASE
    from hytegraph.graph.query.named import NamedQuery, Solutions, load_queries, named_query
    from hytegraph.graph.query.named import run as run_query
    from hytegraph.graph.reasoning.rules import inferred_quads
    from hytegraph.graph.results import Row
    from hytegraph.graph.search.index import SearchIndex
    from hytegraph.graph.store.dataset import Dataset
    from hytegraph.graph.validation.report import Finding, Report
    from hytegraph.graph.validation.shapes import read_shapes
    from hytegraph.graph.validation.validate import validate
    from hytegraph.graph.vocab import HYTE, PREFIXES

__all__ = [
    "DEFAULT_BASE",
    "GRAPH_FORMATS",
    "HYTE",
    "PREFIXES",
    "RESULT_FORMATS",
    "Dataset",
    "Finding",
    "HytegraphError",
    "NamedQuery",
    "QueryFailedError",
    "QueryLimitError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "ReleaseError",
    "Report",
    "Row",
    "SearchIndex",
    "ShapesError",
    "Solutions",
    "UnknownNameError",
    "inferred_quads",
    "load_queries",
    "named_query",
    "read_shapes",
    "run_query",
    "validate",
]

_MODULES = {
    "errors": (
        "HytegraphError",
        "QueryFailedError",
        "QueryLimitError",
        "QueryRefusedError",
        "QuerySyntaxError",
        "ReleaseError",
        "ShapesError",
        "UnknownNameError",
    ),
    "formats": ("GRAPH_FORMATS", "RESULT_FORMATS"),
    "iris": ("DEFAULT_BASE",),
    "query.named": ("NamedQuery", "Solutions", "load_queries", "named_query", "run_query"),
    "reasoning.rules": ("inferred_quads",),
    "results": ("Row",),
    "search.index": ("SearchIndex",),
    "store.dataset": ("Dataset",),
    "validation.report": ("Finding", "Report"),
    "validation.shapes": ("read_shapes",),
    "validation.validate": ("validate",),
    "vocab": ("HYTE", "PREFIXES"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}
# Names that are longer here than in their module, where the module says the rest.
_NAME_IN_MODULE = {"run_query": "run"}


def __getattr__(name: str) -> Any:
    """A public name, loaded from its module. AttributeError for any other name."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), _NAME_IN_MODULE.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
