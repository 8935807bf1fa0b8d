"""Those who use the service: one by keyboard alone, one with a finger on a phone."""

from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Locator, Page

# What a reader presses in a minute who also reads.
MOST_PRESSES = 180
IN_SIGHT = """element => {
    const box = element.getBoundingClientRect()
    return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth }"""


class Reader(Protocol):
    """Uses what is on a page in a way of its own; `presses` counts what it has done."""

    page: Page
    presses: int

    def press(self, control: Locator) -> None:
        """Uses a link or button."""

    def write(self, field: Locator, text: str) -> None:
        """Writes into a field, in place of what is there."""


def follow(reader: Reader, link: Locator) -> None:
    """Uses a link or button and waits until its page is there."""
    before = reader.page.url
    reader.press(link)
    reader.page.wait_for_url(lambda address: address != before)


@dataclass(slots=True)
class Keyboard:
    """Goes on by Tab until what is wanted has the focus."""

    page: Page
    presses: int = 0

    def press(self, control: Locator) -> None:
        self.reach(control)
        self._key("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self._key("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.presses += len(text)

    def reach(self, control: Locator) -> None:
        """AssertionError where Tab does not lead there."""
        while not control.evaluate("element => element === document.activeElement"):
            assert self.presses < MOST_PRESSES, f"{self.presses} presses and still not at {control}"
            self._key("Tab")
        assert control.evaluate(IN_SIGHT), f"{control} has the focus out of sight"

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1


@dataclass(slots=True)
class Finger:
    """Taps."""

    page: Page
    presses: int = 0

    def press(self, control: Locator) -> None:
        control.tap()
        self.presses += 1

    def write(self, field: Locator, text: str) -> None:
        self.press(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.presses += len(text)
