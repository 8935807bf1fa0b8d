"""What a page did that no page of ours may do: errors, outside requests, answers that failed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError


# Without slots: Playwright hangs a wrapper of each handler on the object that it belongs to.
@dataclass
class Watch:
    """The faults of the pages of a browser context, and the bytes that they took over the wire.

    `origin` is the only host that they may ask; `forgiven` are addresses that may fail.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)
    requests: list[Request] = field(default_factory=list)

    def install(self, context: BrowserContext) -> None:
        """Watches all pages of the context."""
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("request", self._request)
        context.on("response", self._response)

    def weight(self) -> int:
        """Bytes transferred, heads and bodies, as compressed."""
        return sum(_transferred(request) for request in self.requests)

    def check(self) -> None:
        """Fails with all faults, if there were any."""
        assert not self.faults, "\n".join(self.faults)

    def _console(self, message: ConsoleMessage) -> None:
        # Violations of the content security policy come as errors too; answers are judged in _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self.faults.append(f"error on the page: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        if not _within(request.url, (self.origin + "/", "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.url not in self.forgiven:
            self.faults.append(f"{response.status} for {response.url}")


def _within(address: str, beginnings: Iterable[str]) -> bool:
    return address.startswith(tuple(beginnings))


def _transferred(request: Request) -> int:
    if request.response() is None:
        return 0
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
