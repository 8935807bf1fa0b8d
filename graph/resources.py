"""The data that come with the package: ontology, shapes, queries, example documents."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse


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


# Each file of `ontology/` has a graph of its own, so that a reader can take the core without the rest.
_ONTOLOGY_GRAPHS = {
    "hyte": "ontology",
    "codes": "vocabulary",
    "sdg": "vocabulary/sdg",
    "alignments": "alignments",
}


def ontology_quads(base: str) -> list[Quad]:
    """Ontology, code lists, SDGs and alignments, each file in its named graph under the base."""
    return [
        Quad(
            quad.subject, quad.predicate, quad.object, NamedNode(f"{base}graph/{_ONTOLOGY_GRAPHS[file.stem]}")
        )
        for file in data_files("ontology", "*.ttl")
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
