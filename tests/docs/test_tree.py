"""The drawings of the tree show what is imported."""

import re
from xml.etree import ElementTree

import pytest

from docs.make.imports import between_packages, circles, folder, layers, without_detours
from docs.make.tree import FLOW, FOLDERS, drawing, drawings, house

SVG = "{http://www.w3.org/2000/svg}"


def test_the_house_shows_documents_loaders_graph_server_in_this_order() -> None:
    texts = list(ElementTree.fromstring(house()).iter(f"{SVG}text"))
    places = {element.text: int(element.attrib["x"]) for element in texts}

    assert [f"{name}/" for name in FLOW] == sorted((f"{name}/" for name in FLOW), key=places.__getitem__)


def test_imports_go_against_the_flow_only() -> None:
    code = [name for name in FLOW if name != "documents"]
    allowed = {("loaders", "graph"), ("server", "graph"), ("server", "loaders")}

    assert set(between_packages()) == allowed
    assert {name for pair in allowed for name in pair} == set(code)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_drawing_has_every_box_and_its_arrows_lead_down(path: str) -> None:
    graph = folder(path)
    rows = layers(graph.boxes, graph.imports)
    height = {box: number for number, row in enumerate(rows) for box in row}
    names = {element.text for element in ElementTree.fromstring(drawing(path)).iter(f"{SVG}text")}

    assert set(graph.boxes) <= names
    for one, other in set(graph.imports) - circles(graph.imports):
        assert height[one] < height[other]


def test_a_circle_is_seen_and_a_detour_left_out() -> None:
    imports = {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1, ("d", "e"): 1, ("e", "d"): 1}

    assert circles(imports) == {("d", "e"), ("e", "d")}
    assert without_detours(imports) == set(imports) - {("a", "c")}
    assert layers("abcde", imports) == [["a"], ["b"], ["c", "d", "e"]]


def test_a_drawing_asks_for_nothing_and_has_a_title() -> None:
    for name, draw in drawings().items():
        text = draw()
        addresses = set(re.findall(r"https?://[^\"'<> ]+", text))
        assert addresses == {"http://www.w3.org/2000/svg"}, name
        assert ElementTree.fromstring(text).findtext(f"{SVG}title")
