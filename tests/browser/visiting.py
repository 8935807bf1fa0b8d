"""A reader in the browser: a language, a theme, a width, with or without JavaScript."""

from dataclasses import dataclass, field
from typing import Literal, TypedDict, Unpack

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.watching import Watch

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
DESKTOP, PHONE = 1280, 390
WIDTHS = (DESKTOP, PHONE)
# Every width and every theme, not every pair of them.
LOOKS: tuple[tuple[int, Theme], ...] = ((DESKTOP, "light"), (PHONE, "dark"))
HEIGHTS = {DESKTOP: 900, PHONE: 844}
PATIENCE_MS = 30_000


class Described(TypedDict, total=False):
    """Who reads, and on what."""

    language: str
    theme: Theme
    width: int
    javascript: bool


@dataclass(slots=True)
class Visitor:
    """Opens pages of a service, each with cookies of its own, and watches them."""

    browser: Browser
    origin: str
    contexts: list[tuple[BrowserContext, Watch]] = field(default_factory=list)

    def visit(self, address: str, *, status: int = 200, **reader: Unpack[Described]) -> Page:
        """The page of an address of the service, for a reader of its own; as `open` and `go`."""
        page = self.open(**reader)
        self.go(page, address, status=status)
        return page

    def open(
        self,
        *,
        language: str = "fi",
        theme: Theme = "light",
        width: int = DESKTOP,
        javascript: bool = True,
    ) -> Page:
        """An empty page for a reader who has seen nothing yet."""
        context = self.browser.new_context(
            base_url=self.origin,
            locale=language,
            color_scheme=theme,
            viewport={"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])},
            has_touch=width == PHONE,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(self.origin)
        watch.install(context)
        self.contexts.append((context, watch))
        return context.new_page()

    def go(self, page: Page, address: str, *, status: int = 200, anew: bool = True) -> None:
        """Goes to an address, with an empty cache where `anew`; AssertionError for another status than that."""
        watch = self.watch(page)
        watch.requests.clear()
        watch.forgiven = {self.origin + address} if status >= 400 else set()
        if anew:
            devtools = page.context.new_cdp_session(page)
            devtools.send("Network.clearBrowserCache")
            devtools.detach()
        response = page.goto(address)
        assert response is not None
        assert response.status == status, f"{response.status} for {address}"

    def watch(self, page: Page) -> Watch:
        """What is watched of a page that was opened here."""
        return next(watch for context, watch in self.contexts if context is page.context)

    def check(self) -> None:
        """AssertionError with what the pages did that they may not do, since the last check."""
        faults = [fault for _, watch in self.contexts for fault in watch.faults]
        for _, watch in self.contexts:
            watch.faults.clear()
        assert not faults, "\n".join(faults)

    def leave(self) -> None:
        """Closes all pages, and checks them."""
        for context, _ in self.contexts:
            context.close()
        self.check()
        self.contexts.clear()
