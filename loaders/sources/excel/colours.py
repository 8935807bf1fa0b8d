"""The colour that fills a cell: as it is, from the list of indexed colours, or from the theme with its tint."""

import colorsys
import re
from typing import Any

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# A theme lists dark before light, and a cell counts light before dark.
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_WHITE = "FFFFFF"


class Theme:
    """The colours of a workbook's theme."""

    def __init__(self, xml: bytes | None) -> None:
        self._colours: dict[int, str] = {}
        if not xml:
            return
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        scheme = next(root.iter(f"{_DRAWING}clrScheme"), None)
        for number, name in enumerate(_ORDER):
            colour = None if scheme is None else scheme.find(f"{_DRAWING}{name}")
            if colour is not None and len(colour):
                self._colours[number] = colour[0].get("lastClr") or colour[0].get("val") or ""

    def fill(self, cell: Any) -> str:
        """The colour of a cell such as `92D050`; '' for none and for white."""
        fill = cell.fill
        if fill is None or fill.fill_type in (None, "none"):
            return ""
        code = self._code(fill.fgColor)
        return code if re.fullmatch("[0-9A-F]{6}", code) and code != _WHITE else ""

    def _code(self, colour: Any) -> str:
        if colour is None:
            return ""
        if colour.type == "rgb":
            return _tinted(str(colour.rgb)[-6:].upper(), colour.tint)
        if colour.type == "theme":
            return _tinted(self._colours.get(colour.theme, "").upper(), colour.tint)
        known = colour.type == "indexed" and colour.indexed < len(COLOR_INDEX)
        return COLOR_INDEX[colour.indexed][-6:].upper() if known else ""


def _tinted(code: str, tint: float) -> str:
    """A colour made lighter (tint up to 1) or darker (down to -1)."""
    if not tint or not re.fullmatch("[0-9A-F]{6}", code):
        return code
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    tinted = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in tinted)
