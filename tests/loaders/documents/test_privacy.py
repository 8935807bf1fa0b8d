"""Personal data is removed before anything is stored; figures, posts and names of units stay."""

import pytest

from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.documents.privacy import (
    EMAIL,
    IDENTITY_CODE,
    NAME,
    PHONE,
    Removed,
    find_personal_data,
    redact,
)


def redacted(*lines: str) -> list[str]:
    return list(redact(SourceText("asiakirja", lines, "")).document.lines)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Vastuuhenkilö Maija Meikäläinen ", "Vastuuhenkilö [nimi poistettu] "),
        (
            "Vastuuhenkilö Maija Meikäläinen, Anna-Liisa Esimerkki ja Teppo Testaaja",
            "Vastuuhenkilö [nimi poistettu], [nimi poistettu] ja [nimi poistettu]",
        ),
        ("Esittelijä Hyvinvointijohtaja Maija Meikäläinen", "Esittelijä Hyvinvointijohtaja [nimi poistettu]"),
        (
            "Valmistelija: Hallinto- ja kehitysjohtaja Matti von Mallikas",
            "Valmistelija: Hallinto- ja kehitysjohtaja [nimi poistettu]",
        ),
        ("Pöytäkirjanpitäjä MATTI MALLIKAS", "Pöytäkirjanpitäjä [nimi poistettu]"),
        ("Vastuuhenkilö Meikäläinen", "Vastuuhenkilö [nimi poistettu]"),
        ("Paikalla oli kehityspäällikkö Maija Meikäläinen", "Paikalla oli kehityspäällikkö [nimi poistettu]"),
    ],
)
def test_a_name_is_removed_and_the_post_stays(line: str, clean: str) -> None:
    assert redacted(line) == [clean]


def test_names_on_the_lines_after_a_label_are_removed() -> None:
    assert redacted("Vastuuhenkilö", "Maija Meikäläinen,", "Teppo Testaaja", "Tavoite Toimenpide") == [
        "Vastuuhenkilö",
        "[nimi poistettu],",
        "[nimi poistettu]",
        "Tavoite Toimenpide",
    ]


def test_a_removed_name_is_removed_everywhere_in_any_case() -> None:
    lines = redacted(
        "Vastuuhenkilö Teppo Esimerkkinen",
        "Teppo Esimerkkisen mukaan, T. Esimerkkinen ja Esimerkkinen Teppo",
        "Esimerkkiselle annettiin tehtävä, Teppo ",
        "Esimerkkinen hyväksyi.",
    )
    assert lines == [
        "Vastuuhenkilö [nimi poistettu]",
        "[nimi poistettu] mukaan, [nimi poistettu] ja [nimi poistettu]",
        "[nimi poistettu] annettiin tehtävä, [nimi poistettu] ",
        " hyväksyi.",
    ]


@pytest.mark.parametrize(
    "number",
    [
        "040-1234567",
        "040 123 4567",
        "0401234567",
        "(040) 123 4567",
        "0400-123456",
        "050 1234 567",
        "+358 40 123 4567",
        "+358401234567",
        "00358 40 1234567",
        "016 123 456",
        "(016) 123456",
        "09-1234567",
        "029 123 4567",
    ],
)
def test_a_phone_number_is_removed(number: str) -> None:
    assert redacted(f"Soita {number}.") == ["Soita [puhelin poistettu]."]
    assert find_personal_data(f"puh. {number}") == (PHONE,)


@pytest.mark.parametrize("address", ["etunimi.sukunimi@kunta.fi", "etunimi.sukunimi(at)kunta.fi"])
def test_an_email_address_is_removed(address: str) -> None:
    assert redacted(f"Kirjoita {address}") == ["Kirjoita [sähköposti poistettu]"]
    assert find_personal_data(address) == (EMAIL,)


@pytest.mark.parametrize("code", ["131052-308T", "010101A123N"])
def test_a_personal_identity_code_is_removed(code: str) -> None:
    assert redacted(code) == ["[henkilötunnus poistettu]"]
    assert find_personal_data(code) == (IDENTITY_CODE,)


@pytest.mark.parametrize(
    "text",
    [
        "Kirjanpitoviennit, kpl 714 192 600 000 326 777 600 000 ",
        "Vakituinen henkilökunta, hlö 1 036 1 060 1 040 1 045 ",
        "691/00.01.02/2021 20.02.2025 § 21",
        "Y-tunnus 0456789-1",
        "2025-02-20 1-6/2022 14.3.-30.6. 040 ISO 45001",
        "Asumispalvelut Nestori, Pihla ja Apila",
        "Puheenjohtaja avasi kokouksen",
        "Esittelijä Hyvinvointitoimiala",
        "Lisätietoja Mallilan Kehitys Oy",
        "konserniohjausta terävöitetty vastuuhenkilöiden nimeämisellä",
    ],
)
def test_figures_units_and_companies_stay(text: str) -> None:
    assert redacted(text) == [text]
    assert find_personal_data(text) == ()


def test_a_redaction_tells_lines_and_kinds_and_changes_nothing_a_second_time() -> None:
    lines = ("Otsikko", "Valmistelu Johtaja Maija Meikäläinen 040-1234567")
    first = redact(SourceText("asiakirja", lines, ""))
    assert first.removed == (Removed(2, NAME), Removed(2, PHONE))
    again = redact(first.document)
    assert (again.removed, again.document) == ((), first.document)
