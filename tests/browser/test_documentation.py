"""The site of the documentation is accessible in both themes, on desktop and phone, and silent towards other hosts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser import axe
from tests.browser.visiting import HEIGHTS, THEMES, WIDTHS, Theme
from tests.docs.site import build_site

PAGES = (
    "index",
    "tutorials/officer",
    "tutorials/researcher",
    "reference/commands",
    "explanation/tree",
    "glossary",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_documentation_is_accessible_and_asks_no_other_host(
    browser: Browser, site: Path, theme: Theme, width: int
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
        page.goto((site / f"{name}.html").as_uri())
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
