"""Sphinx settings of the documentation: Markdown by MyST, the Furo theme, and no request to another host."""

from importlib.metadata import version as installed_version

project = "hytegraph"
author = "hytegraph maintainers"
copyright = "hytegraph maintainers; text CC BY 4.0"
version = release = installed_version("hytegraph")

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
