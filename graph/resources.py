"""The data that come with the package: ontology, shapes, queries, example documents."""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse


def data_folder(name: str) -> Path:
    """The folder `ontology`, `shapes`, `queries` or `documents` of the installed package or of the checkout.

    Raises FileNotFoundError for another name.
    """
    # The data folders hold no Python, so they are namespace packages, whose root importlib.resources of
    # Python 3.12 and 3.13 cannot give.
    spec = find_spec(f"hytegraph.{name}")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the data folder '{name}' is not installed")
    return Path(spec.submodule_search_locations[0])


def data_files(name: str, pattern: str) -> tuple[Path, ...]:
    """The files of a data folder that fit a pattern, sorted by path."""
    return tuple(sorted(data_folder(name).glob(pattern)))


def cache_folder() -> Path:
    """Where files are kept that can be made again; XDG_CACHE_HOME moves it."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hytegraph"


def example_folder() -> Path:
    """The document folder of the first town."""
    return data_folder("documents") / "kemi"


@cache
def ontology() -> frozenset[Triple]:
    """Every triple of the ontology."""
    file = data_folder("ontology") / "hyte.ttl"
    return frozenset(quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE))


# Each file of `ontology/` has a graph of its own, so that a reader can take the core without the rest.
_ONTOLOGY_GRAPHS = {
    "hyte": "ontology",
    "codes": "vocabulary",
    "sdg": "vocabulary/sdg",
    "alignments": "alignments",
    "themes": "vocabulary/themes",
}
# The graphs of the vocabulary, the code lists and the shapes: what has been modelled, not what documents state.
MODELLING_GRAPHS = (*_ONTOLOGY_GRAPHS.values(), "shapes")


def ontology_quads(base: str) -> list[Quad]:
    """Ontology, code lists, SDGs and alignments, each file in its named graph under the base."""
    return [
        Quad(
            quad.subject, quad.predicate, quad.object, NamedNode(f"{base}graph/{_ONTOLOGY_GRAPHS[file.stem]}")
        )
        for file in data_files("ontology", "*.ttl")
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
