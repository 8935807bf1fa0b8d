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


def rows_of_text(
    folder: Path, text: str, columns: tuple[str, ...] = ("measure", "responsible")
) -> list[tuple[str, ...]]:
    """The measures of a text: each and who is responsible for it, or other columns."""
    file = folder / "plan.text"
    file.write_text(text, "utf-8")
    document = read_document(file)
    rows = read_plan(document, Cleaner(document), propose(document)).rows["measures"]
    return [tuple(row[column] for column in columns) for row in rows]


def test_a_label_below_a_list_is_for_the_measures_that_have_none_of_it(tmp_path: Path) -> None:
    text = """Hyvinvointisuunnitelma 2026-2028

1. OSALLISUUS

Tavoite: Kuntalaiset osallistuvat

Toimenpiteet:
- Järjestetään kyläiltoja (Vapaa-aikapalvelut)
- Avataan palautekanava
- Pidetään asukasiltoja (Tekninen lautakunta)
Vastuutaho: Sivistyspalvelut
"""
    assert rows_of_text(tmp_path, text) == [
        ("Järjestetään kyläiltoja", "Vapaa-aikapalvelut"),
        ("Avataan palautekanava", "Sivistyspalvelut"),
        ("Pidetään asukasiltoja", "Tekninen lautakunta"),
    ]


def test_two_labels_below_a_list_are_both_for_all_of_it(tmp_path: Path) -> None:
    text = """Hyvinvointisuunnitelma 2026-2028

Tavoite: Arki on turvallista

Toimenpiteet:
- Valaistusta lisätään
- Liikennekasvatusta annetaan
Vastuutaho: Koulut
Vastuutaho: Tekniset palvelut
"""
    assert rows_of_text(tmp_path, text) == [
        ("Valaistusta lisätään", "Koulut | Tekniset palvelut"),
        ("Liikennekasvatusta annetaan", "Koulut | Tekniset palvelut"),
    ]


def test_a_bullet_whose_label_names_two_roles_is_of_the_first(tmp_path: Path) -> None:
    text = """Hyvinvointisuunnitelma 2026-2028

Tavoite: Luonto on lähellä

- Toimenpide ja vastuutaho: Avataan polku
"""
    assert rows_of_text(tmp_path, text) == [("Avataan polku", "")]


def test_lists_of_goals_and_of_their_measures_may_follow_each_other(tmp_path: Path) -> None:
    text = """Hyvinvointisuunnitelma 2026-2028

1. OSALLISUUS

Tavoitteet:
- Kuntalaiset osallistuvat

Toimenpiteet:
- Järjestetään kyläiltoja
- Avataan palautekanava

Tavoitteet:
- Nuoret kuullaan

Toimenpiteet:
- Valitaan nuorisovaltuusto
Vastuutaho: Nuorisopalvelut
"""
    assert rows_of_text(tmp_path, text, ("goal", "measure", "responsible")) == [
        ("Kuntalaiset osallistuvat", "Järjestetään kyläiltoja", ""),
        ("Kuntalaiset osallistuvat", "Avataan palautekanava", ""),
        ("Nuoret kuullaan", "Valitaan nuorisovaltuusto", "Nuorisopalvelut"),
    ]
