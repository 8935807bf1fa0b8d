"""The colours of a PDF, in whatever way they are given, as red, green and blue."""

from typing import Any

import pytest

from hytegraph.loaders.sources.pdf.colours import rgb
from hytegraph.loaders.sources.pdf.page import Colour


@pytest.mark.parametrize(
    ("given", "colour"),
    [
        (0.5, (0.5, 0.5, 0.5)),
        ((0.25,), (0.25, 0.25, 0.25)),
        ((0.1, 0.2, 0.3), (0.1, 0.2, 0.3)),
        ((0.0, 0.25, 0.5, 0.5), (0.5, 0.375, 0.25)),
        ((1.5, -1.0, 0.0), (1.0, 0.0, 0.0)),
        (("P1",), None),
        ((0.1, 0.2), None),
        (([],), None),
        ((), None),
    ],
)
def test_grey_rgb_and_cmyk_are_known_and_patterns_are_not(given: Any, colour: Colour | None) -> None:
    assert rgb(given) == (None if colour is None else pytest.approx(colour))
