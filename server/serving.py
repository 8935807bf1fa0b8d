"""Runs the service under waitress until it is told to stop."""

import sys

from waitress.server import create_server

from hytegraph.graph.errors import HytegraphError
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings


class AddressError(HytegraphError):
    """The service cannot listen on the address it was given."""

    def __init__(self, settings: Settings, reason: str) -> None:
        super().__init__(f"cannot listen on {settings.host}:{settings.port}: {reason}; choose another --port")
        self.host = settings.host
        self.port = settings.port


def serve(settings: Settings) -> None:
    """Serve the release of the settings; raises AddressError when the port is taken."""
    app = create_app(settings)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=settings.threads)
    except OSError as error:
        raise AddressError(settings, error.strerror or str(error)) from error
    print(
        f"hytegraph serves {settings.release} on http://{settings.host}:{settings.port} (stop with Ctrl+C)",
        flush=True,
    )
    try:
        server.run()
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        server.close()
