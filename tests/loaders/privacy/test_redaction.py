"""Personal data is removed before anything is stored; figures, posts and names of units stay."""

import pytest

from hytegraph.graph.markers import EMAIL, IDENTITY, NAME, PHONE
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.privacy.redaction import Judgement, Removed, find_personal_data, redact


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
        "[nimi poistettu] hyväksyi.",
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
        "358401234567",
        "040.123.4567",
    ],
)
def test_a_phone_number_is_removed(number: str) -> None:
    assert redacted(f"Soita {number}.") == ["Soita [puhelin poistettu]."]
    assert find_personal_data(f"puh. {number}") == (PHONE,)


@pytest.mark.parametrize(
    "address",
    [
        "etunimi.sukunimi@kunta.fi",
        "etunimi.sukunimi(at)kunta.fi",
        "etunimi.sukunimi\uff20kunta.fi",
        "etunimi piste sukunimi at kunta piste fi",
    ],
)
def test_an_email_address_is_removed(address: str) -> None:
    assert redacted(f"Kirjoita {address}") == ["Kirjoita [sähköposti poistettu]"]
    assert find_personal_data(address) == (EMAIL,)


@pytest.mark.parametrize("code", ["131052-308T", "010101A123N"])
def test_a_personal_identity_code_is_removed(code: str) -> None:
    assert redacted(code) == ["[tunnus poistettu]"]
    assert find_personal_data(code) == (IDENTITY,)


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


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Matti Meikäläinen kertoi asiasta", "[nimi poistettu] kertoi asiasta"),
        ("asiasta kertoi rouva Korhonen", "asiasta kertoi rouva [nimi poistettu]"),
        ("paikalla Hilkka Ahde (s. 1956)", "paikalla [nimi poistettu] (s. 1956)"),
        ("Aino Nurmisen mukaan", "[nimi poistettu] mukaan"),
        ("Nurminen Aino ja A. Nurminen", "[nimi poistettu] ja [nimi poistettu]"),
        ("KANSLIASSA AINO NURMINEN", "KANSLIASSA [nimi poistettu]"),
        ("Karin Bergström och Lars Holm", "[nimi poistettu] och [nimi poistettu]"),
        ("tili FI21 1234 5600 0007 85", "tili [tilinumero poistettu]"),
        ("tili FI2112345600000785", "tili [tilinumero poistettu]"),
        ("tili fi21 1234 56 00000785", "tili [tilinumero poistettu]"),
        ("osoite Mallikatu 26 A 5", "osoite [osoite poistettu]"),
        ("osoite Mallitie 3 as. 12", "osoite [osoite poistettu]"),
    ],
)
def test_running_text_loses_what_a_rule_is_sure_of(line: str, clean: str) -> None:
    redaction = redact(SourceText("asiakirja", (line,), ""))
    assert redaction.document.lines == (clean,)
    assert redaction.candidates == ()


@pytest.mark.parametrize(
    ("line", "words", "kind"),
    [
        ("Kaisa Ahde esitti", "Kaisa Ahde", "name"),
        ("Onni Ranta avattiin", "Onni Ranta", "name"),
        ("Vieraana Zaphod Virtanen", "Zaphod Virtanen", "name"),
        ("Mallikatu 26 remontoidaan", "Mallikatu 26", "address"),
        ("ajoneuvo ABC-123", "ABC-123", "identity"),
        ("tili FI22 1234 5600 0007 85", "FI22 1234 5600 0007 85", "account"),
    ],
)
def test_what_is_not_sure_stays_and_waits_for_a_person(line: str, words: str, kind: str) -> None:
    redaction = redact(SourceText("asiakirja", ("Otsikko", line), ""))
    assert redaction.document.lines == ("Otsikko", line)
    assert [(found.words, found.kind, found.lines) for found in redaction.candidates] == [(words, kind, (2,))]


@pytest.mark.parametrize(
    "text",
    [
        "Anna palautetta palveluista",
        "Toivo on tärkeä voimavara",
        "Kaupunginhallitus Kemi Tornio",
        "Pohjois-Suomen Sanomat Oy Ab",
        "COVID-19, TP-2021, ISO 9001, SHA-256, YK:n tavoite",
        "Meri-Lapin hyvinvointi ja Meri Lapin rannalla",
        "Ikääntyneiden Palvelut Ja Suomalainen Hoiva",
    ],
)
def test_ordinary_words_are_neither_removed_nor_asked_about(text: str) -> None:
    redaction = redact(SourceText("asiakirja", (text,), ""))
    assert redaction.document.lines == (text,)
    assert redaction.candidates == ()


def test_what_a_person_decided_is_removed_everywhere_or_kept() -> None:
    lines = ("Kaisa Pönkelö esitti", "K. Pönkelön", "Pönkelölle ja Onni Ranta", "Matti Virtanen -koulu")
    judgement = Judgement(
        remove=frozenset({("Kaisa Pönkelö", "name")}), keep=frozenset({"Onni Ranta", "Matti Virtanen"})
    )
    redaction = redact(SourceText("asiakirja", lines, ""), judgement)
    assert redaction.document.lines == (
        "[nimi poistettu] esitti",
        "[nimi poistettu]",
        "[nimi poistettu] ja Onni Ranta",
        "Matti Virtanen -koulu",
    )
    assert redaction.candidates == ()


def test_a_line_that_a_person_marked_says_only_that_something_was_removed() -> None:
    document = SourceText("asiakirja", ("Alku", "Kerrottiin naapurista ", "Loppu"), "")
    redaction = redact(document, Judgement(lines=frozenset({2})))
    assert redaction.document.lines == ("Alku", "[henkilötietoja poistettu]", "Loppu")
    assert redaction.removed == (Removed(2, "line"),)


def test_what_was_removed_before_stays_removed_from_the_published_file() -> None:
    published = SourceText("asiakirja", ("Puhui Kaisa Ahde asiasta", "Kaikki sanat", "Muu"), "")
    earlier = published.with_lines(
        ["Puhui [nimi poistettu] asiasta", "[henkilötietoja poistettu]", "Toinen [nimi poistettu] rivi"]
    )
    again = redact(published, before=earlier)
    assert again.document.lines == ("Puhui [nimi poistettu] asiasta", "[henkilötietoja poistettu]", "Muu")


def test_a_name_removed_elsewhere_is_removed_here_but_not_a_surname_alone() -> None:
    lines = ("Kaisa Ahteen mukaan", "Ahde on jyrkkä")
    redaction = redact(SourceText("asiakirja", lines, ""), names=["Kaisa Ahde", "Kaisa Ahte"])
    assert redaction.document.lines == ("[nimi poistettu] mukaan", "Ahde on jyrkkä")


def test_an_address_broken_over_two_lines_leaves_a_marker_on_both() -> None:
    redaction = redact(SourceText("asiakirja", ("Koti: Mallikatu ", "26 A 5, käynti pihalta"), ""))
    assert redaction.document.lines == ("Koti: [osoite poistettu] ", "[osoite poistettu], käynti pihalta")
