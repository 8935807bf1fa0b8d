"""Which lines of minutes mark something: labels, headings, and the title of a section."""

import pytest

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.kinds.minutes.labels import label_of
from hytegraph.loaders.kinds.minutes.marks import marked_lines, title_at


@pytest.mark.parametrize(
    "line, part",
    [
        ("Valmistelija Tekniset palvelut", "preparedBy"),
        ("Esittelijä kaupunginjohtaja", "presentedBy"),
        ("Esittelijä [nimi poistettu]", "presentedBy"),
        ("Lisätietoja antaa Tekninen johtaja", "informedBy"),
        ("Valmistelija kertoi asiasta", None),
        ("Päätös Ehdotus hyväksyttiin", "decision"),
        ("Päätös 5 kohtaa", "decision"),
        ("Päätös on tehty", None),
    ],
)
def test_a_word_is_a_label_where_a_name_a_post_or_a_new_sentence_follows(line: str, part: str | None) -> None:
    label = label_of(line)

    assert (label.kind if label else None) == part


@pytest.mark.parametrize(
    "lines, heads",
    [
        (("Kaupunginvaltuusto", "§ 5 12.6.2023"), [True, True]),
        (("Kaupunginhallitus", "päätti asiasta."), [False, False]),
        (("Asiasta päätti", "Kaupunginvaltuusto", "12.6.2023 § 5"), [False, False, True]),
    ],
)
def test_a_body_is_a_heading_where_it_begins_a_paragraph_and_a_section_follows(
    lines: tuple[str, ...], heads: list[bool]
) -> None:
    marked = marked_lines(SourceText("ote", lines, ""))

    assert [bool(each.head) for each in marked] == heads


@pytest.mark.parametrize(
    "above",
    [
        ("Hyvinvointisuunnitelman toimenpiteet",),
        ("Hyvinvointisuunnitelman toimenpiteet", "vuodelle 2024"),
        ("Hyvinvointisuunnitelman toimenpiteet", "vuodelle 2024 ja", "vuodelle 2025"),
    ],
)
def test_a_title_above_its_section_has_all_its_lines_and_none_of_the_paragraph_before(
    above: tuple[str, ...],
) -> None:
    lines = ("Kokous avattiin.", "", *above, "", "Kaupunginvaltuusto 12.6.2023 § 5", "", "Asia on vireillä.")
    marked = marked_lines(SourceText("ote", lines, ""))
    [at] = [at for at, each in enumerate(marked) if each.head]

    assert tuple(line.text for line in title_at(marked, at)) == above
