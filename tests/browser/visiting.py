"""A reader in the browser: a language, a theme, a width, with or without JavaScript."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.watching import Watch

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
DESKTOP, PHONE = 1280, 390
WIDTHS = (DESKTOP, PHONE)
HEIGHTS = {DESKTOP: 900, PHONE: 844}
PATIENCE_MS = 30_000


@dataclass(slots=True)
class Visitor:
    """Opens pages of a service, each with a cache and cookies of its own, and watches them."""

    browser: Browser
    origin: str
    contexts: list[tuple[BrowserContext, Watch]] = field(default_factory=list)

    def visit(
        self,
        address: str,
        *,
        language: str = "fi",
        theme: Theme = "light",
        width: int = DESKTOP,
        javascript: bool = True,
        status: int = 200,
    ) -> Page:
        """The page of an address of the service; AssertionError where it does not answer with that status."""
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
        if status >= 400:
            watch.forgiven.add(self.origin + address)
        page = context.new_page()
        response = page.goto(address)
        assert response is not None
        assert response.status == status, f"{response.status} for {address}"
        return page

    def watch(self, page: Page) -> Watch:
        """What is watched of a page that was opened here."""
        return next(watch for context, watch in self.contexts if context is page.context)

    def leave(self) -> None:
        """Closes all pages; AssertionError with what they did that they may not do."""
        for context, _ in self.contexts:
            context.close()
        faults = [fault for _, watch in self.contexts for fault in watch.faults]
        self.contexts.clear()
        assert not faults, "\n".join(faults)
