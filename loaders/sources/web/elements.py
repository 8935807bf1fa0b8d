"""What the elements of a web page are to one who reads the page."""

import re

from lxml import html


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


LINE_BREAKS = frozenset(("br", "hr"))
BULLET = "•"
_NEVER = _names(
    "script style nav template noscript head title iframe object embed svg math canvas audio video map input button "
    "select textarea datalist dialog base link meta rp"
)
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header html legend li main menu ol p pre section summary table tbody td tfoot th thead tr "
    "ul"
)
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def attribute(element: html.HtmlElement, name: str) -> str:
    """The value of an attribute in lower case; '' where the element has none."""
    return (element.get(name) or "").strip().lower()


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether one who reads the page does not see the element, or sees it on every page of the site."""
    return (
        element.tag in _NEVER
        or element.get("hidden") is not None
        or attribute(element, "aria-hidden") == "true"
        or attribute(element, "role") in ("navigation", "search")
        or bool(_UNSEEN.search(element.get("style") or ""))
    )


def is_block(element: html.HtmlElement) -> bool:
    """Whether the element begins on a line of its own."""
    return element.tag in _BLOCKS


def heading_level(element: html.HtmlElement) -> int:
    """The level of a heading, 1 to 6; 0 for another element."""
    if re.fullmatch("h[1-6]", element.tag):
        return int(element.tag[1])
    if attribute(element, "role") == "heading":
        level = attribute(element, "aria-level")
        return int(level) if re.fullmatch("[1-6]", level) else 2
    return 0


def item_sign(item: html.HtmlElement) -> str:
    """What stands before an item of a list: its number in an ordered list, else a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return BULLET
    value, start = attribute(item, "value"), attribute(parent, "start")
    if re.fullmatch(r"\d{1,6}", value):
        return f"{value}."
    number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
    number += sum(1 for before in item.itersiblings("li", preceding=True) if not is_hidden(before))
    kind = (parent.get("type") or "1").strip()
    if kind in ("a", "A") and number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    return f"{number}."
