"""The data that come with the package: ontology, shapes, queries, example documents."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse


def data_folder(name: str) -> Path:
    """The folder `ontology`, `shapes`, `queries` or `documents` of the package, or of the checkout in an editable install."""
    return Path(str(files(f"hytegraph.{name}").joinpath("")))


def data_files(name: str, pattern: str) -> tuple[Path, ...]:
    """The files of a data folder that fit a pattern, sorted by path."""
    return tuple(sorted(data_folder(name).glob(pattern)))


def example_folder() -> Path:
    """The document folder of the first town."""
    return data_folder("documents") / "kemi"


@cache
def ontology() -> frozenset[Triple]:
    """Every triple of the ontology."""
    file = data_folder("ontology") / "hyte.ttl"
    return frozenset(quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE))
