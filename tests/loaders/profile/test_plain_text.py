"""A plan that is plain text is read by its headings, bullets, labels and columns."""

from pathlib import Path

from hytegraph.loaders.documents.citations import coverage, locate_tables
from hytegraph.loaders.documents.document import read_document
from hytegraph.loaders.documents.text import Cleaner
from hytegraph.loaders.kinds.kind import tables_of
from hytegraph.loaders.profile.reader import propose, read_plan
from tests.loaders.profile.written_blocks import DATA

FILE: Path = DATA / "plain.text"


def test_headings_bullets_labels_and_columns_of_a_text_give_rows() -> None:
    document = read_document(FILE)
    rows = read_plan(document, Cleaner(document), propose(document)).rows["measures"]
    columns = ("aim", "goal", "number", "measure", "responsible", "indicator")
    assert [tuple(row.get(column, "") for column in columns) for row in rows] == [
        (
            "OSALLISUUS", "Kuntalaiset osallistuvat", "1.1", "Järjestetään kyläiltoja eri puolilla kuntaa.",
            "kulttuuripalvelut", "osallistujat",
        ),
        ("OSALLISUUS", "Kuntalaiset osallistuvat", "1.1", "Avataan palautekanava", "", "osallistujat"),
        ("Turvallinen arki", "", "", "Valaistusta lisätään", "Tekniset palvelut", "Valopisteet"),
        ("Turvallinen arki", "", "", "Liikennekasvatusta annetaan", "Koulut", ""),
    ]  # fmt: skip


def test_every_line_of_a_text_is_explained() -> None:
    document = read_document(FILE)
    plan = read_plan(document, Cleaner(document), propose(document))
    assert coverage(locate_tables(document, tables_of(plan.rows))).unexplained == ()
    assert propose(document).period == "2026-2028"
