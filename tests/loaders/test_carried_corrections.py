"""What becomes of a person's row where another text takes the place of a document's."""

import pytest

from hytegraph.loaders.documents.table_kinds import KINDS
from hytegraph.loaders.documents.tables import Row, Table
from hytegraph.loaders.replace import _carry

HEADER = ("id", "row", "lines", "measure")
# A line was put before all, and line 3 was taken out.
LINES = {1: 2, 2: 3, 4: 4}


def row(line: int, words: str) -> Row:
    return Row(dict(zip(HEADER, (f"L{line}", f"L{line}", f"L{line}", words), strict=True)))


@pytest.mark.parametrize(
    "now, before, new, is_carried, then",
    [
        # Corrected, deleted and added by a person.
        (row(1, "Kerho kylälle"), row(1, "Kerho"), row(2, "Kerho"), True, {"L2": "Kerho kylälle"}),
        (None, row(1, "Kerho"), row(2, "Kerho"), True, {}),
        (row(2, "Torit"), None, row(2, "Kerho"), True, {"L2": "Kerho", "L3": "Torit"}),
        # The new text reads otherwise there, lacks the line, or has a row of that name already.
        (row(1, "Kerho kylälle"), row(1, "Kerho"), row(2, "Leiri"), False, {"L2": "Leiri"}),
        (row(3, "Torit"), row(3, "Tori"), row(2, "Kerho"), False, {"L2": "Kerho"}),
        (row(3, "Torit"), None, row(2, "Kerho"), False, {"L2": "Kerho"}),
        (row(1, "Torit"), None, row(2, "Kerho"), False, {"L2": "Kerho"}),
    ],
)
def test_a_correction_is_carried_where_the_new_text_reads_as_the_old_one_and_is_left_elsewhere(
    now: Row | None, before: Row | None, new: Row, is_carried: bool, then: dict[str, str]
) -> None:
    rows = {new.id: new}
    given = now or before
    assert given

    table = Table(KINDS["measures"], HEADER, (now,) if now else ())
    assert _carry(table, given.id, before, rows, LINES) == is_carried
    assert {name: each["measure"] for name, each in rows.items()} == then
