"""The class diagram shows every class in three languages, and its table says the same."""

from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode

from hytegraph.graph.languages import Language
from hytegraph.graph.reasoning.reasoners import classes
from hytegraph.graph.vocab import HYTE
from hytegraph.server.pages.vocabulary.diagram import LAYERS, boxes, layer_labels, rows, svg

LANGUAGES = ("fi", "sv", "en")
SVG = "{http://www.w3.org/2000/svg}"


def own_classes() -> set[NamedNode]:
    """The classes of the vocabulary itself."""
    return {each for each in classes() if each.value.startswith(HYTE.iri)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_has_one_box_with_its_label(language: Language) -> None:
    drawn = boxes(language)
    root = ElementTree.fromstring(svg(language))
    texts = {"".join(node.itertext()) for node in root.iter(f"{SVG}text")}

    assert len(drawn) == len(own_classes())
    assert {box.node for box in drawn} == own_classes()
    assert {box.label for box in drawn} <= texts
    assert set(layer_labels(language).values()) <= texts


def test_finnish_labels_are_finnish() -> None:
    assert list(layer_labels("fi").values())[:2] == ["asiakirja", "suunnitelma"]
    assert ("toteutus", "toimenpide", "", "tukee tavoitetta", "tavoite") in rows("fi")


def test_boxes_do_not_overlap() -> None:
    root = ElementTree.fromstring(svg("fi"))
    frames = [
        tuple(int(node.attrib[name]) for name in ("x", "y", "width", "height"))
        for node in root.iter(f"{SVG}rect")
        if "rx" in node.attrib
    ]
    for x, y, width, height in frames:
        for left, top, _, _ in frames:
            same = (x, y) == (left, top)
            assert same or not (x <= left < x + width and y <= top < y + height)


def test_the_table_has_a_row_for_every_line_of_every_box() -> None:
    assert len(rows("en")) == sum(max(1, len(box.links)) for box in boxes("en"))
    assert {row[0] for row in rows("en")} == set(layer_labels("en").values())
    assert len(layer_labels("en")) == len(LAYERS)


def test_the_diagram_has_a_title_and_a_description_for_screen_readers() -> None:
    root = ElementTree.fromstring(svg("sv"))

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [root[0].attrib["id"], root[1].attrib["id"]]
    assert root.find(f"{SVG}title") is not None


def test_the_same_ontology_gives_the_same_bytes() -> None:
    assert svg("fi") == svg("fi")
