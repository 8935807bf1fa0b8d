"""The site of the documentation is accessible in both themes, on desktop and phone, and silent towards other hosts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser import axe
from tests.browser.visiting import HEIGHTS, LOOKS, Theme

PAGES = (
    "index",
    "tutorials/officer",
    "tutorials/researcher",
    "reference/commands",
    "explanation/tree",
    "glossary",
)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_documentation_is_accessible_and_asks_no_other_host(
    browser: Browser, documentation: Path, width: int, theme: Theme
) -> None:
    script = axe.installed()
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": HEIGHTS[width]}, locale="en"
    )
    requests: list[Request] = []
    context.on("request", lambda request: requests.append(request))
    found = []
    for name in PAGES:
        page = context.new_page()
        page.goto((documentation / f"{name}.html").as_uri())
        page.evaluate(script)
        # Furo gives its two side bars no names: a best practice and no rule of WCAG.
        findings = (
            words for _, words in axe.violations({"en": page}) if words.split()[0] != "landmark-unique"
        )
        found += [f"{name}: {words}" for words in findings]
        page.close()
    context.close()

    assert found == []
    assert [request.url for request in requests if not request.url.startswith(("file:", "data:"))] == []
