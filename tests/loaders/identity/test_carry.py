"""A reworded thing keeps its name; whether it is the same one is judged by its words, and a little by its place."""

import pytest

from hytegraph.loaders.documents.table_kinds import KINDS
from hytegraph.loaders.documents.tables import Row, Table
from hytegraph.loaders.identity.carry import carried_names

BEFORE = "Hankitaan nuorille välineitä lainattavaksi"


def tables(text: str, sector: str) -> dict[str, Table]:
    rows = (Row({"id": "L1", "sector": sector, "text": text}),)
    return {"narratives": Table(KINDS["narratives"], ("id", "sector", "text"), rows)}


@pytest.mark.parametrize(
    ("text", "sector", "is_kept"),
    [
        ("Hankitaan nuorille välineitä lainattaviksi", "Nuoret", True),
        # Six parts of ten alike: enough in the same place only.
        ("Nuorille välineitä", "Nuoret", True),
        ("Nuorille välineitä", "Ikäihmiset", False),
        ("Kunnostetaan leikkipuistoja keskustassa", "Nuoret", False),
    ],
)
def test_a_name_is_carried_to_what_is_nearly_the_same(text: str, sector: str, is_kept: bool) -> None:
    before, after = tables(BEFORE, "Nuoret"), tables(text, sector)

    assert bool(list(carried_names("kertomus", before, after, ()))) == is_kept
