"""Tables drawn with horizontal rules only."""

import pytest

from hytegraph.loaders.sources.pdf.open_tables import with_open_sides
from hytegraph.loaders.sources.pdf.page import Box, Glyph, Rule

LEFT, RIGHT, TICK = 50.0, 550.0, 150.0
ROWS = (100.0, 140.0, 180.0, 220.0)


def words(text: str, x: float, top: float) -> list[Glyph]:
    boxes = (Box(x + 6 * at, top, x + 6 * at + 5, top + 10) for at in range(len(text)))
    return [Glyph(letter, box, 10.0, False, 0) for letter, box in zip(text, boxes, strict=True)]


def sides_of(tick: Rule) -> set[float]:
    """Where a table of two columns of words gets vertical rules when this rule is drawn in its first row."""
    rules = [*(Rule(True, at, LEFT, RIGHT) for at in ROWS), tick]
    glyphs = [
        glyph
        for top in ROWS[:-1]
        for glyph in (*words("Tavoite", 60, top + 15), *words("Toimenpide", 320, top + 15))
    ]
    return {rule.at for rule in with_open_sides(rules, rules, glyphs) if not rule.is_horizontal} - {tick.at}


def test_a_rule_as_high_as_the_row_divides_columns_and_a_tick_does_not() -> None:
    as_high = sides_of(Rule(False, TICK, 102, 138))
    half = sides_of(Rule(False, TICK, 100, 120))

    assert as_high == {LEFT, RIGHT}
    assert any(170 < at < 320 for at in half)


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("is_split", [False, True])
def test_a_band_without_sides_is_a_row_where_all_are_open_or_its_words_stand_in_columns(
    is_closed: bool, is_split: bool
) -> None:
    first, second, third, last = ROWS
    outer = (LEFT, RIGHT) if is_closed else ()
    sides = [Rule(False, x, *rows) for rows in ((first, second), (third, last)) for x in (300.0, *outer)]
    rules = [*(Rule(True, at, LEFT, RIGHT) for at in ROWS), *sides]
    between = (
        [*words("Tavoite", 60, second + 15), *words("Toimenpide", 320, second + 15)]
        if is_split
        else words("Toimenpiteet kuuluvat kaikille kunnan asukkaille", 60, second + 15)
    )
    glyphs = [*between, *(glyph for top in (first, third) for glyph in words("Arki", 60, top + 15))]

    found = with_open_sides(rules, rules, glyphs)

    here = {rule.at for rule in found if not rule.is_horizontal and (rule.start, rule.end) == (second, third)}
    assert here == ({LEFT, 300.0, RIGHT} if is_split else set() if is_closed else {LEFT, RIGHT})
