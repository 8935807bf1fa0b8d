"""The command `mcp`: tools for assistants, over a running service."""

from argparse import ArgumentParser, Namespace

from hytegraph.server.cli.terminal import DONE, UsageError

HELP = "tools for assistants by the Model Context Protocol, over a running service (extra `mcp`)"
ADDRESS = "http://127.0.0.1:8000/"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments and options of the command."""
    parser.add_argument("address", nargs="?", default=ADDRESS, help=f"address of the service ({ADDRESS})")


def run(options: Namespace) -> int:
    """Speak the protocol on standard input and output until the assistant ends."""
    from hytegraph.server.asking.assistants import assistant_server
    from hytegraph.server.asking.open_data import open_data

    if not options.address.startswith(("http://", "https://")):
        raise UsageError(f"the address of a service begins with http:// or https://, not '{options.address}'")
    try:
        server = assistant_server(open_data(options.address))
    except ImportError as error:
        raise UsageError("this command needs the extra: pip install 'hytegraph[mcp]'") from error
    server.run()
    return DONE
