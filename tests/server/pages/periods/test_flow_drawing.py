"""A drawn flow: bars of a side below each other, names beside the middle of their bars, bands from bar to bar."""

from typing import cast

import pytest

from hytegraph.server.pages.periods.elements import Column
from hytegraph.server.pages.periods.flow import Flow, FlowLink, Node
from hytegraph.server.pages.periods.flow_drawing import LAYOUTS, DrawnNode, FlowDrawing, Layout, draw_flow
from hytegraph.server.text.links import Link

NAMES = (
    "Osallisuus",
    "Kuntalaiset osallistuvat palvelujen kehittämiseen ja päätöksentekoon nykyistä enemmän",
    "Arki",
)
WEIGHTS = (1, 2, 8)


def flow() -> Flow:
    left = tuple(Node(f"l{weight}", Link(name), weight) for name, weight in zip(NAMES, WEIGHTS, strict=True))
    right = tuple(Node(f"r{weight}", Link(name), weight) for name, weight in zip(NAMES, WEIGHTS, strict=True))
    links = tuple(
        FlowLink(one, other, True, (("continues", count),), None)
        for one, other, count in ((left[0], right[1], 1), (left[2], right[1], 3), (left[2], right[2], 5))
    )
    # The drawing does not look at the periods.
    period = cast(Column, None)
    return Flow(period, period, left, right, links, False, 3, 2, 2, 0)


@pytest.fixture(params=LAYOUTS, ids=lambda layout: layout.name)
def drawing(request: pytest.FixtureRequest) -> FlowDrawing:
    layout: Layout = request.param
    return draw_flow(flow(), layout)


def text_of(node: DrawnNode, line: float) -> tuple[float, float]:
    """From where to where the lines of a name go; a base line is at three quarters of its line."""
    return node.lines[0][1] - 0.75 * line, node.lines[-1][1] + 0.25 * line


def test_a_bar_is_as_high_as_its_share_of_the_largest(drawing: FlowDrawing) -> None:
    heights = [node.height for node in drawing.left]

    assert heights[2] == 90.0
    assert heights[1] == pytest.approx(heights[2] * 2 / 8, abs=0.1)
    assert heights[0] == pytest.approx(heights[2] / 8, abs=0.1)


def test_a_name_stands_beside_the_middle_of_its_bar(drawing: FlowDrawing) -> None:
    for node in (*drawing.left, *drawing.right):
        top, bottom = text_of(node, drawing.layout.line)
        assert (top + bottom) / 2 == pytest.approx(node.y + node.height / 2, abs=0.2)


def test_no_bar_or_name_lies_on_another_or_outside_of_the_drawing(drawing: FlowDrawing) -> None:
    for side in (drawing.left, drawing.right):
        end = 0.0
        for node in side:
            top, bottom = text_of(node, drawing.layout.line)
            assert end + 7.9 <= min(top, node.y)
            end = max(bottom, node.y + node.height)
        assert end <= drawing.height


def test_a_band_goes_from_the_right_of_a_bar_to_the_left_of_another(drawing: FlowDrawing) -> None:
    assert len(drawing.bands) == 3
    for band in drawing.bands:
        assert band.path.startswith(f"M{drawing.left[0].x + drawing.bar:g}")
        assert f" {drawing.right[0].x:g}" in band.path
