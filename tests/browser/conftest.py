"""Pages of the Kemi release in Debian's Chromium; without a browser these tests are skipped and say so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hytegraph.server.cli import doctor
from tests.browser import axe
from tests.browser.visiting import Visitor
from tests.docs.conftest import documentation
from tests.server.conftest import mallila_documents, row
from tests.server.site.conftest import made
from tests.services import Service, StartService

# The site of a small town as the tests of the server have it, and that of the documentation.
__all__ = ["documentation", "made", "mallila_documents", "row"]

# Not even a page that tried could reach another host.
ARGUMENTS = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking")
Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window, of the system and never one that Playwright downloads."""
    program = doctor.browser()
    if program is None:
        pytest.skip("there is no Chromium (Debian: apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_core() -> str:
    """The script that judges how accessible a page is."""
    try:
        return axe.installed()
    except axe.NotInstalledError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def service(kemi_release: Path, start_service: StartService) -> Service:
    """A running `hytegraph serve` of the Kemi release."""
    return start_service(kemi_release, access_log="off")


@pytest.fixture
def visitor(browser: Browser, service: Service) -> Iterator[Visitor]:
    """Opens pages, and fails the test for what they may not do."""
    visitor = Visitor(browser, f"http://127.0.0.1:{service.port}")
    yield visitor
    visitor.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Opens an address of the service: `visit("/search?q=koulu", language="sv", theme="dark", width=390)`."""
    return visitor.visit
