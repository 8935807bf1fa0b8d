"""Letters make words by the gaps between them."""

import pytest

from hytegraph.loaders.sources.pdf.lines import lines_of
from hytegraph.loaders.sources.pdf.page import Box, Glyph

SIZE = 10.0


def row(*letters: tuple[str, float], turn: int = 0) -> list[Glyph]:
    """Letters of 5 points in a row, each after a gap in sizes of the letters."""
    glyphs, at = [], 0.0
    for text, gap in letters:
        at += gap * SIZE
        upright = turn == 0
        box = Box(at, 0.0, at + 5.0, SIZE) if upright else Box(0.0, at, SIZE, at + 5.0)
        glyphs.append(Glyph(text, box, SIZE, False, turn))
        at += 5.0
    return glyphs


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ((("t", 0.0), ("a", 0.1), ("i", 0.1)), "tai"),
        ((("e", 0.0), ("i", 0.2)), "e i"),
        ((("e", 0.0), (" ", 0.0), ("i", 0.0)), "e i"),
        ((("e", 0.0), (" ", 0.0), ("i", -0.48)), "ei"),
        ((("e", 0.0), (" ", 0.0), ("i", 0.0), ("h", 0.1), ("ä", 0.1)), "e ihä"),
        (((" ", 0.0), ("e", 0.0), ("i", 0.1)), "ei"),
        (((" ", 0.0), (" ", 0.0)), ""),
    ],
    ids=[
        "letters set apart", "a gap", "a blank", "a blank that is printed over", "after a blank", "a blank first",
        "blanks alone",
    ],
)  # fmt: skip
@pytest.mark.parametrize("turn", [0, 270])
def test_a_gap_or_a_blank_divides_words(letters: tuple[tuple[str, float], ...], text: str, turn: int) -> None:
    assert [line.text for line in lines_of(row(*letters, turn=turn))] == ([text] if text else [])


@pytest.mark.parametrize("turn", [0, 90, 270])
@pytest.mark.parametrize(("shift", "lines"), [(0.44, 1), (0.46, 2), (-0.44, 1), (-0.46, 2)])
def test_letters_whose_middles_lie_more_than_45_hundredths_of_a_size_apart_are_in_two_lines(
    shift: float, lines: int, turn: int
) -> None:
    across, far = shift * SIZE, 100.0
    boxes = [Box(0.0, far, 5.0, far + SIZE), Box(5.0, far + across, 10.0, far + across + SIZE)]
    if turn:
        boxes = [Box(box.top, box.x0, box.bottom, box.x1) for box in boxes]

    found = lines_of(Glyph(letter, box, SIZE, False, turn) for letter, box in zip("ab", boxes, strict=True))

    assert len(found) == lines
