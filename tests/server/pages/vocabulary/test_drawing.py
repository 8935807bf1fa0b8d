"""Boxes and arrows: where an arrow leaves its box, and where it arrives."""

import re
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode

from hytegraph.server.pages.vocabulary.drawing import Box, Link, draw

SVG = "{http://www.w3.org/2000/svg}"
GOAL, MEASURE = NamedNode("https://example.org/Goal"), NamedNode("https://example.org/Measure")


@pytest.mark.parametrize("href", ["", "/goal"])
@pytest.mark.parametrize("above", ["", "käsite"])
def test_an_arrow_leaves_from_the_middle_of_its_line_and_arrives_at_the_name(href: str, above: str) -> None:
    links = (Link("nimi", "teksti", None), Link("tukee", "tavoite", GOAL))
    boxes = [
        Box(GOAL, "goals", "tavoite", None, "", (), href=href),
        Box(MEASURE, "measures", "toimenpide", None, above, links, href=href),
    ]
    drawn = ElementTree.fromstring(
        draw(boxes, {"goals": "Tavoitteet", "measures": "Toimenpiteet"}, ("Malli", "Luokat"), "fi")
    )

    bases = {"".join(text.itertext()): int(text.attrib["y"]) for text in drawn.iter(f"{SVG}text")}
    [arrow] = [path for path in drawn.iter(f"{SVG}path") if "marker-end" in path.attrib]
    place = re.fullmatch(r"M\d+,(\d+) C.* \d+,(\d+)", arrow.attrib["d"])
    assert place
    # The base of a text stands 4 below the middle of its line.
    assert int(place[1]) == bases["tukee → tavoite"] - 4
    assert abs(int(place[2]) - (bases["tavoite"] - 4)) <= 4
