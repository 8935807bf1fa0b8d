"""Sphinx settings of the documentation: Markdown by MyST, the Furo theme, and no request to another host."""

import re
import tomllib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
# Files at the root of the repository that are pages of the site, by the name of the page.
ROOT_FILES = {
    "changelog": "CHANGELOG.md",
    "code-of-conduct": "CODE_OF_CONDUCT.md",
    "contributing": "CONTRIBUTING.md",
    "security": "SECURITY.md",
}

project = "hytegraph"
author = "hytegraph maintainers"
copyright = "hytegraph maintainers; text CC BY 4.0"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

extensions = ["myst_parser"]
exclude_patterns = ["make", "build"]
source_suffix = {".md": "markdown"}

# Anchors of headings as code hosts form them, so that one link works on both.
myst_heading_anchors = 4
nitpicky = True

html_theme = "furo"
html_title = "hytegraph"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0c5c5c", "color-brand-content": "#0c5c5c"},
    "dark_css_variables": {"color-brand-primary": "#7fd1c7", "color-brand-content": "#7fd1c7"},
}


def setup(app: Sphinx) -> None:
    """Registers what Sphinx calls for each page."""
    app.connect("source-read", read_root_files)
    # After Furo's own, which makes the navigation.
    app.connect("html-page-context", make_accessible, priority=900)


def make_accessible(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Gives what scrolls to the keyboard, and the headings of the navigation a level."""
    if "body" in context:
        body = context["body"].replace("<pre>", '<pre tabindex="0">')
        context["body"] = body.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    navigation = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = navigation.replace('role="heading"', 'role="heading" aria-level="2"')


def read_root_files(app: Sphinx, name: str, source: list[str]) -> None:
    """Puts files of the root in place of their pages, and leads links to them to these pages.

    In the repository every link leads to the file itself, so that it also works where the repository is read.
    """
    text = source[0]
    if name in ROOT_FILES:
        text = (ROOT / ROOT_FILES[name]).read_text("utf-8").replace("](docs/", "](../docs/")
        text = re.sub(r"\]\((?=[A-Z_]+\.md\b)", "](../", text)
    for page, file in ROOT_FILES.items():
        text = re.sub(rf"\]\(((?:\.\./)*)\.\./{re.escape(file)}", rf"](\1{page}.md", text)
    source[0] = text.replace("](../docs/", "](")
