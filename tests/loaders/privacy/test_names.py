"""Names of persons in minutes and tables: beside posts, below labels, surname first, in Swedish documents."""

import re
import shutil
from pathlib import Path

import pytest

from hytegraph.graph.markers import NAME
from hytegraph.loaders.documents.blocks import CELL, PARAGRAPH, Block, placed_lines
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.extract import Town, extract_files
from hytegraph.loaders.privacy.redaction import Judgement, redact
from hytegraph.server.cli.main import main

MINUTES = Path(__file__).parents[2] / "data" / "loaders" / "minutes"
FILES = sorted(file for file in MINUTES.iterdir() if not file.stem.startswith("no-minutes"))
# Every invented name of those documents, in any case form.
INVENTED = re.compile(
    r"Meikäläi|Mallikas|Mallikk|Testaaja|Kuvitelma|Keksit|Exempelsson|Provlund|Modellström|\b(?:Maija|Teppo|Kaisa|"
    r"Matti|Väinö|Karl|Berit|Anna)\b"
)


def after(*lines: str) -> tuple[list[str], list[str]]:
    """The lines that are left, and the words that wait for a person."""
    redaction = redact(SourceText("asiakirja", lines, ""))
    return list(redaction.document.lines), [found.words for found in redaction.candidates]


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("kaupunginjohtaja Matti Mallikas esitti", "kaupunginjohtaja [nimi poistettu] esitti"),
        ("Kaupunginjohtaja Mallikas Matti:", "Kaupunginjohtaja [nimi poistettu]:"),
        ("Beredare stadsdirektör Karl Exempelsson", "Beredare stadsdirektör [nimi poistettu]"),
        ("t.f. stadsdirektör Göran af Exempel", "t.f. stadsdirektör [nimi poistettu]"),
        ("Anna Provlund, bildningsdirektör", "[nimi poistettu], bildningsdirektör"),
        ("Ledamoten Anna Provlund föreslog", "Ledamoten [nimi poistettu] föreslog"),
        (
            "Tilläggsuppgifter: välfärdskoordinator Berit Modell, berit.modell@stad.fi, tfn 040 1234567",
            "Tilläggsuppgifter: välfärdskoordinator [nimi poistettu], [sähköposti poistettu], tfn [puhelin poistettu]",
        ),
        (
            "• Meikäläinen Maija, hyvinvointikoordinaattori, puh. 040 123 4567",
            "• [nimi poistettu], hyvinvointikoordinaattori, puh. [puhelin poistettu]",
        ),
    ],
)
def test_a_name_beside_a_post_goes_and_the_post_stays(line: str, clean: str) -> None:
    assert after(line) == ([clean], [])


@pytest.mark.parametrize(
    ("lines", "clean"),
    [
        (
            ("Sammanställd av: välfärdskoordinator Zyxola Pyrmark, tfn 040 1234567",),
            ["Sammanställd av: välfärdskoordinator [nimi poistettu], tfn [puhelin poistettu]"],
        ),
        (("Uppgjord av Zyxola Pyrmark 1.2.2025",), ["Uppgjord av [nimi poistettu] 1.2.2025"]),
        (("Utarbetad av:", "Zyxola Nystad"), ["Utarbetad av:", "[nimi poistettu]"]),
        (("Laatinut: Zyxola Pyrmark",), ["Laatinut: [nimi poistettu]"]),
        (("Koonneet", "Zyxola Pyrmark"), ["Koonneet", "[nimi poistettu]"]),
        (
            ("Toimittanut: hyvinvointikoordinaattori Zyxola Pyrmark",),
            ["Toimittanut: hyvinvointikoordinaattori [nimi poistettu]"],
        ),
        (("Föredragande:", "Direktör Zyxola Pyrmark"), ["Föredragande:", "Direktör [nimi poistettu]"]),
        (("Föredragande", "Direktör Mallikas Anna"), ["Föredragande", "Direktör [nimi poistettu]"]),
        (("Föredragande:", "Direktör Anna Nystad"), ["Föredragande:", "Direktör [nimi poistettu]"]),
        (
            ("Vakuudeksi", "Zyxola Pyrmark", "pöytäkirjanpitäjä"),
            ["Vakuudeksi", "[nimi poistettu]", "pöytäkirjanpitäjä"],
        ),
        (("Jakelu", "tied\tMallikas Matti"), ["Jakelu", "tied\t[nimi poistettu]"]),
        (("För kännedom: Anna Provlund",), ["För kännedom: [nimi poistettu]"]),
    ],
)
def test_a_name_after_a_label_of_who_wrote_presented_signed_or_gets_a_copy_goes(
    lines: tuple[str, ...], clean: list[str]
) -> None:
    assert after(*lines) == (clean, [])


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        (("Jakelu", "tied\tZyxola Pyr"), "Zyxola Pyr"),
        (("Jakelu:", "lisät. Zyxola Pyr"), "Zyxola Pyr"),
        (("Jakelu", "tied", "Zyxola Pyr"), "Zyxola Pyr"),
        (("Sändlista", "Bildningssektorn", "Zyxola Pyr"), "Zyxola Pyr"),
        (("_______________", "Zyxola Pyr"), "Zyxola Pyr"),
        (("Föredragande:", "Direktör Kuvitelma Keksitty"), "Kuvitelma Keksitty"),
    ],
)
def test_what_a_list_of_copies_or_a_line_for_a_signature_names_waits_for_a_person(
    lines: tuple[str, ...], waits: str
) -> None:
    assert after(*lines) == (list(lines), [waits])


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        (("Sivistysjohtaja Testaaja Teppo:",), ["Testaaja Teppo"]),
        (("Meikäläinen, Maija",), ["Meikäläinen, Maija"]),
        (("Kokoomuksen Anna Keksitty poistui",), ["Anna Keksitty"]),
        (
            ("Tarkastajiksi valittiin Aino Keksitty ja Väinö Kuviteltu.",),
            ["Aino Keksitty", "Väinö Kuviteltu"],
        ),
        (("Läsnä", "", "Mallikas Matti", "puheenjohtaja", "", "Testaaja Teppo", "jäsen"), ["Testaaja Teppo"]),
    ],
)
def test_a_name_of_ordinary_words_waits_for_a_person(lines: tuple[str, ...], waits: list[str]) -> None:
    left, candidates = after(*lines)
    assert set(waits) <= set(candidates)
    judged = redact(
        SourceText("asiakirja", lines, ""), Judgement(remove=frozenset((words, NAME) for words in candidates))
    )
    assert len(judged.document.lines) == len(lines) == len(left)
    assert not any(INVENTED.search(line) for line in judged.document.lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("Toimenpide", "Vastuuhenkilö", "Aikataulu"),
        ("Vastuuhenkilö", "Kustannusarvio", "Mittari"),
        ("Ansvarig person", "Tidtabell", "Mätare"),
        ("Jäsen", "Läsnä", "Varajäsen"),
        ("Ordförande", "Ledamöter", "Ersättare"),
        ("Puheenjohtaja", "Päätösehdotus"),
        ("Vastuuhenkilö Nuorisotyö",),
        ("Esittelijä: Hyvinvointijohtaja",),
        ("Mallilan kaupunki Kaupunginhallitus",),
        ("Bildningsnämnden Stadsstyrelsen",),
        ("Svenska kulturfonden och Folkhälsan",),
        ("Minna Canthin koulu ja Alvar Aallon katu",),
        ("Hyvinvointikoordinaattori Mallila",),
        ("Pohjois-Mallilan hyvinvointialue Mallila",),
        ("Jakelu", "Kaupunginhallitus", "Mallilan Urheilijat ry", "Tilastokeskus"),
        ("Hyväksynyt Mallilan kaupunginvaltuusto 1.2.2025",),
        ("Godkänd av stadsfullmäktige 1.2.2025",),
        ("Sändlista", "Bildningsnämnden", "Stadsstyrelsen"),
    ],
)
def test_headings_organisations_streets_and_places_are_no_names(lines: tuple[str, ...]) -> None:
    assert after(*lines) == (list(lines), [])


def test_a_surname_alone_goes_with_the_name_where_it_can_only_be_the_persons() -> None:
    lines, _ = after(
        "Valtuutettu Kaisa Kuvitelma ehdotti palautusta. Kuvitelma kannatti.",
        "Äänestyksessä Kuvitelma hävisi.",
        "Kuvitelma paremmasta arjesta elää.",
    )
    assert lines == [
        "Valtuutettu [nimi poistettu] ehdotti palautusta. [nimi poistettu] kannatti.",
        "Äänestyksessä [nimi poistettu] hävisi.",
        "Kuvitelma paremmasta arjesta elää.",
    ]


def test_a_table_of_participants_loses_its_names_and_keeps_headings_posts_and_lines() -> None:
    words = [("Nimi", "Tehtävä"), ("Mallikas Matti", "puheenjohtaja"), ("Zyxola Pyr", "varajäsen")]
    cells = [
        Block(CELL, word, table=1, row=row, column=column)
        for row, pair in enumerate(words, 1)
        for column, word in enumerate(pair, 1)
    ]
    lines, placed = placed_lines([Block(PARAGRAPH, "Läsnä"), *cells])
    document = SourceText("kokous", lines, "", placed=placed)
    waits = {(found.words, found.kind) for found in redact(document).candidates}
    left = redact(document, Judgement(remove=frozenset(waits))).document
    assert [found.block.text for found in left.placed] == [
        "Läsnä",
        "Nimi",
        "Tehtävä",
        "[nimi poistettu]",
        "puheenjohtaja",
        "[nimi poistettu]",
        "varajäsen",
    ]
    assert [found.span for found in left.placed] == [found.span for found in placed]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_invented_name_is_left_in_any_file_once_a_person_has_decided(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / file.name, tmp_path / "out"
    shutil.copy(file, source)
    extract_files([source], out, Town("Mallila", "999"))
    assert main(["privacy", str(out), "--decide", "remove"]) == 0
    capsys.readouterr()
    kept = {found.name: found.read_text("utf-8") for found in out.rglob("*") if found.is_file()}
    assert [name for name, text in kept.items() if INVENTED.search(text)] == []
    lines = kept[f"{file.stem}.txt"].split("\n")
    assert any("[nimi poistettu]" in line for line in lines)
