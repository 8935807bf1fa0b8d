"""Screenshots of a served release for README and the documentation.

`make pictures` runs it and writes `docs/pictures/*.webp`. It needs Chromium and leaves the pictures alone without it.
"""

import base64
import socket
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hytegraph.server.cli.doctor import browser as browser_program

PICTURES = Path(__file__).parents[1] / "pictures"
MOST_BYTES = 60_000
QUALITY = 80
WIDTH = 1100
# What is shown, and how many pixels of the page from its top.
VIEWS = {
    "front-page": ("/", 700),
    "trace": ("/trace/id/kemi/measure/osavuosiraportti-2022-m01-m06/L1920-1", 900),
}


class PictureError(Exception):
    """A picture could not be made; the text says why."""


def take(browser: Browser, address: str, height: int) -> bytes:
    """The top of a page as WebP, as an English-speaking desktop reader sees it. PictureError unless it answers 200."""
    context = browser.new_context(
        locale="en", color_scheme="light", viewport={"width": WIDTH, "height": height}
    )
    page = context.new_page()
    response = page.goto(address, wait_until="load")
    if response is None or response.status != 200:
        raise PictureError(f"{address} answers {response.status if response else 'nothing'}")
    shot = context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    context.close()
    return base64.b64decode(shot["data"])


def make(origin: str, folder: Path = PICTURES) -> list[Path]:
    """Writes every picture from the service at `origin`. PictureError for a page that fails or a file too large."""
    program = browser_program()
    if program is None:
        raise PictureError("there is no Chromium (Debian: apt-get install chromium-headless-shell)")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for name, (path, height) in VIEWS.items():
            picture = take(browser, origin + path, height)
            if len(picture) > MOST_BYTES:
                raise PictureError(f"{name} has {len(picture)} bytes, more than {MOST_BYTES}")
            files.append(folder / f"{name}.webp")
            files[-1].write_bytes(picture)
        browser.close()
    return files


def main() -> int:
    """Serves `build/release` on a free port, takes the pictures and stops the service again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hytegraph.server.cli", "serve", "build/release", f"--port={port}"]
    with subprocess.Popen([*command, "--access-log=off"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            # The service prints its address when it answers; nothing, when it has ended with a reason.
            if not server.stdout.readline():
                raise PictureError("the service does not start")
            for file in make(f"http://127.0.0.1:{port}"):
                print(f"{file.relative_to(Path.cwd())}: {file.stat().st_size:,} bytes")
        except PictureError as error:
            print(f"no pictures: {error}", file=sys.stderr)
            return 2
        finally:
            server.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
