"""The command `query`: a named query, or their list."""

from argparse import ArgumentParser, Namespace

from hytegraph.graph.formats import RESULT_FORMATS
from hytegraph.graph.query.named import answer_in, load_queries, named_query
from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.terminal import DONE, UsageError, add_release, release_of, write

HELP = "run a named query; without a name, list them"
_FORMATS = {syntax.name: syntax for syntax in RESULT_FORMATS}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("name", nargs="?", metavar="NAME")
    add_release(parser, "ask")
    parser.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="value of a parameter"
    )
    parser.add_argument("--format", choices=sorted(_FORMATS), default="csv")


def run(options: Namespace) -> int:
    """Run a named query, or list the queries."""
    if not options.name:
        for query in load_queries().values():
            parameters = "".join(f" --param {parameter.name}=…" for parameter in query.parameters)
            print(f"{query.name}{parameters}: {query.summary['en']}")
        return DONE
    query = named_query(options.name)
    values = dict(_parameter(text) for text in options.param)
    write(answer_in(Dataset.open(release_of(options)), query, values, _FORMATS[options.format]))
    return DONE


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param takes NAME=VALUE, not '{text}'")
    return name, value
