"""The command `export`: the graph, or one named graph, in a format."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hytegraph.graph.errors import UnknownNameError
from hytegraph.graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.terminal import DONE, add_release, release_of, write

HELP = "write the data, or one named graph of them, as a file"
EXPORTS = {
    "turtle": TURTLE,
    "ntriples": N_TRIPLES,
    "trig": TRIG,
    "nquads": N_QUADS,
    "jsonld": JSON_LD,
    "rdfxml": RDF_XML,
}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument(
        "--format",
        choices=EXPORTS,
        default="turtle",
        help="nquads, trig and jsonld hold everything, graphs kept apart; turtle (the default), ntriples and rdfxml "
        "hold the facts without suggestions and shapes, which is the default graph",
    )
    add_release(parser, "write")
    parser.add_argument("--graph", metavar="NAME", help="a named graph: its IRI or the end of it")
    parser.add_argument("-o", "--out", metavar="FILE", help="file to write (standard output)")


def run(options: Namespace) -> int:
    """Write the graph, or one named graph, in a format; the same release gives the same bytes."""
    dataset = Dataset.open(release_of(options))
    data = dataset.dump(EXPORTS[options.format], _graph(dataset, options.graph) if options.graph else None)
    if not options.out:
        write(data)
        return DONE
    part = Path(f"{options.out}.part")
    part.write_bytes(data)
    part.replace(options.out)
    return DONE


def _graph(dataset: Dataset, name: str) -> str:
    graphs = [size.name for size in dataset.graphs()]
    found = [graph for graph in graphs if graph == name] or [
        graph for graph in graphs if graph.endswith(f"/{name}")
    ]
    if len(found) != 1:
        raise UnknownNameError("graph", name, graphs)
    return found[0]
