"""Clean text is unwrapped and mended, and nothing but white space and hyphens ever changes."""

import random
from pathlib import Path

import pytest

from hytegraph.graph.finnish.folding import squash
from hytegraph.loaders.documents.document import SourceText, read_document
from hytegraph.loaders.documents.text import Cleaner

DATA = Path(__file__).parents[2] / "data" / "loaders"


def cleaner(*lines: str) -> Cleaner:
    return Cleaner(SourceText("asiakirja", lines, ""))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Vihreä kaupunki l isää vetovoimaa", "Vihreä kaupunki lisää vetovoimaa"),
        ("i lmastonmuutosta", "ilmastonmuutosta"),
        ("Es ihenkilöt", "Esihenkilöt"),
        ("yks i lökohtaisia kriisejä", "yksilökohtaisia kriisejä"),
        ("l i ittyvien toimialojen li iketoimintaa", "liittyvien toimialojen liiketoimintaa"),
        ("s i tä tarvi tseville", "sitä tarvitseville"),
        ("Verta istapaamiset", "Vertaistapaamiset"),
        ("Yri ttäjä- ja muuta", "Yrittäjä- ja muuta"),
        ("terveyttä , toimintakykyä", "terveyttä, toimintakykyä"),
        ("oppisopimuskoulu-tuksen", "oppisopimuskoulutuksen"),
    ],
)
def test_a_kerning_gap_is_closed(raw: str, clean: str) -> None:
    assert cleaner(raw).clean([raw]) == clean


@pytest.mark.parametrize(
    "text", ["eri viestimiä", "ja lisäävän koulutuksen", "kaupungin johtaja", "Livinglab tila"]
)
def test_two_words_stay_two(text: str) -> None:
    assert cleaner(text).clean([text]) == text


def test_two_known_words_are_joined_only_near_certain_gaps() -> None:
    assert cleaner("ikä ihmisille").clean(["ikä ihmisille"]) == "ikä ihmisille"
    assert cleaner("as iointia", "ikä ihmisille").clean(["ikä ihmisille"]) == "ikäihmisille"


def test_the_documents_own_words_help_to_close_a_gap() -> None:
    assert cleaner("Virtulon kurssit ja muut", "Virtu lolla").clean(["Virtu lolla"]) == "Virtulolla"


@pytest.mark.parametrize(
    ("lines", "clean"),
    [
        (["koulutustarjontaa ja -", "polkuja"], "koulutustarjontaa ja -polkuja"),
        (["sovellus liikunta-", "aktivointiin"], "sovellus liikunta-aktivointiin"),
        (["MS-", "officen"], "MS-officen"),
        (["hyte-", "toimijoiden"], "hyte-toimijoiden"),
        (["www-", "sivuilla"], "www-sivuilla"),
        (["(2010-", "2020)"], "(2010-2020)"),
        (["Master plan -", "hanke"], "Master plan -hanke"),
        (["päiväkoti -", "ja kouluverkkoselvitys"], "päiväkoti- ja kouluverkkoselvitys"),
        (["elinkeino-", "rakenteeltaan"], "elinkeinorakenteeltaan"),
        (["lainvoimai-", "nen: katusuunnitelma"], "lainvoimainen: katusuunnitelma"),
        (["Työpaja-", "toimintaan"], "Työpajatoimintaan"),
        (["oppisopimuskoulu-", "tuksessa"], "oppisopimuskoulutuksessa"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_only_where_it_is_real(lines: list[str], clean: str) -> None:
    assert cleaner(*lines).clean(lines) == clean


@pytest.mark.parametrize(
    ("lines", "clean"),
    [
        (["kouluverkkosuunnittel", "ua"], "kouluverkkosuunnittelua"),
        (["perusparannushankkeen p", "ohjaksi."], "perusparannushankkeen pohjaksi."),
        (["järjestöavustuskäytä", "nteiden"], "järjestöavustuskäytänteiden"),
        (["asumismuodot", "monipuolisia."], "asumismuodot monipuolisia."),
        (["sanasto ", "", "ja  termit "], "sanasto ja termit"),
    ],
)
def test_a_word_broken_without_hyphen_is_mended(lines: list[str], clean: str) -> None:
    assert cleaner(*lines).clean(lines) == clean


def test_nothing_but_white_space_and_hyphens_changes_in_any_cut_of_a_document() -> None:
    chance = random.Random(2026)
    for path in sorted(DATA.glob("*.txt")):
        document = read_document(path)
        mender = Cleaner(document)
        for _ in range(60):
            start = chance.randrange(len(document.lines))
            lines = document.lines[start : start + chance.randrange(1, 9)]
            assert squash(mender.clean(lines)) == squash("".join(lines))


def test_nothing_but_white_space_and_hyphens_changes_in_random_text() -> None:
    chance = random.Random(7)
    for _ in range(300):
        lines = ["".join(chance.choices("aeiltjäs -–/.,;K9\u00a0", k=chance.randrange(25))) for _ in range(3)]
        assert squash(cleaner(*lines).clean(lines)) == squash("".join(lines))
