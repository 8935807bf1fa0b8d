"""Names of WordprocessingML, and how its elements are asked."""

from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")


def name_of(element: Any) -> str:
    """The name of an element of Word without its namespace; '' for a comment and for an element of another one."""
    tag = element.tag
    return tag.removeprefix(WORD) if isinstance(tag, str) and tag.startswith(WORD) else ""


def value(element: Any, path: str, attribute: str = "val") -> str | None:
    """An attribute of the descendant at a path such as `pPr/numPr/ilvl`; None where it is missing."""
    found = element.find("/".join(WORD + step for step in path.split("/")))
    return None if found is None else found.get(WORD + attribute)


def switch(element: Any, path: str) -> bool | None:
    """Whether the property at a path is on; None where it is not mentioned."""
    found = element.find("/".join(WORD + step for step in path.split("/")))
    return None if found is None else (found.get(WORD + "val") or "1").lower() not in _OFF


def number(text: str | None, otherwise: int = 0) -> int:
    """A whole number of an attribute."""
    try:
        return int(text or otherwise)
    except ValueError:
        return otherwise


def contents(element: Any) -> Any:
    """The children of an element with those of content controls and of tracked changes in their place.

    What has been inserted or moved here is there, what has been deleted or moved away is not. Of two renderings of
    the same content the first is taken.
    """
    for child in element:
        name = name_of(child)
        if name in ("del", "moveFrom"):
            continue
        if name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"):
            yield from contents(child)
        elif name == "sdt":
            inside = child.find(WORD + "sdtContent")
            if inside is not None:
                yield from contents(inside)
        elif child.tag == COMPATIBILITY + "AlternateContent":
            rendering = next(iter(child), None)
            if rendering is not None:
                yield from contents(rendering)
        else:
            yield child
