"""Which municipality a document says it is of, by its first lines."""

from pathlib import Path

import pytest

from hytegraph.loaders.authorities.named_towns import other_town
from hytegraph.server.cli.main import main

MALLILA = ("Mallila", "Mallby")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Raahen kaupunki", "", "Hyvinvointisuunnitelma"], ("Raahe", 1)),
        (["Hyvinvointisuunnitelma 2025–2028, Raahe"], ("Raahe", 1)),
        (["", "Kempeleen hyvinvointisuunnitelma 2025"], ("Kempele", 2)),
        (["Pöytäkirja", "Lopen kunnanhallitus 3.2.2025"], ("Loppi", 2)),
        (["Kauhavan kaupunginvaltuuston hyväksymä"], ("Kauhava", 1)),
        (["Välfärdsplan för Karleby 2025–2028"], ("Kokkola", 1)),
        (["Välfärdsplan", "Hangö stad"], ("Hanko", 2)),
        (["Hyvinvointisuunnitelma", "Turku"], ("Turku", 2)),
    ],
)
def test_a_cover_that_names_another_town_is_noticed(lines: list[str], found: tuple[str, int]) -> None:
    assert other_town(lines, MALLILA) == found


@pytest.mark.parametrize(
    "lines",
    [
        ["Mallilan kaupunki", "Naapurina on Raahen kaupunki."],
        ["Välfärdsplan för Mallby", "Karleby stad är en granne."],
        ["Hyvinvointisuunnitelma", "Salo ja lahti ovat lähellä, Lahti on kaukana."],
        ["Hyvinvointisuunnitelma", *["rivi"] * 80, "Raahen kaupunki"],
        ["Lapin hyvinvointialue", "Kokouksen pöytäkirja"],
    ],
)
def test_neighbours_words_and_what_stands_far_below_name_no_other_town(lines: list[str]) -> None:
    assert other_town(lines, MALLILA) == ("", 0)


def test_the_terminal_warns_of_another_town_with_both_names_and_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "suunnitelma.csv"
    file.write_text(
        "Raahen hyvinvointisuunnitelma 2025;\nTavoite;Toimenpide\nNuoret liikkuvat;Hankitaan palloja\n",
        "utf-8",
    )
    command = ["extract", str(file), "-o", str(tmp_path / "out"), "--town", "Kemi", "--language"]

    assert main([*command, "fi"]) == 0
    assert (
        "luetaan kunnalle Kemi (240), mutta sen rivi 1 sanoo sen olevan kunnan Raahe"
        in capsys.readouterr().out
    )
    assert main([*command, "en"]) == 0
    assert "WARNING: the document is read as one of Kemi (240), but its line 1" in capsys.readouterr().out
