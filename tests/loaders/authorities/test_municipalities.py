"""A town is one of the list, by name or code; what is not is refused with what comes nearest."""

from datetime import date
from pathlib import Path

import pytest

from hytegraph.graph.errors import TableError, TownError
from hytegraph.loaders.authorities.municipalities import OWN_LIST, find_municipality, read_municipalities

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize("given", ["Raahe", "raahe", "Brahestad", " BRAHESTAD ", "678"])
def test_a_town_is_found_by_its_finnish_or_swedish_name_or_its_code(given: str) -> None:
    found = find_municipality(given, today=TODAY)

    assert (found.name, found.code, found.names) == ("Raahe", "678", {"fi": "Raahe", "sv": "Brahestad"})


def test_the_list_has_every_municipality_once() -> None:
    listed = read_municipalities(OWN_LIST)
    now = [each for each in listed if not each.valid_to]

    assert len(now) == 309
    assert len({each.code for each in listed}) == len(listed)
    assert len({each.name for each in listed}) == len(listed)
    assert {each.successor for each in listed} - {""} <= {each.code for each in now}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Rahe", "the nearest are: Raahe / Brahestad (678)"),
        ("Abo", "Turku / Åbo (853)"),
        ("zzzzzz", "no municipality is called 'zzzzzz'$"),
        ("000", "no municipality is called '000'"),
        ("", "no municipality is called ''"),
        (" ", "no municipality is called ' '"),
        ("Honkajoki", r"until 2020-12-31; it is part of Kankaanpää \(214\) now"),
        (
            "Kjulo",
            r"Köyliö / Kjulo \(319\) was a municipality until 2015-12-31; it is part of Säkylä \(783\)",
        ),
    ],
)
def test_what_is_no_municipality_is_refused_with_what_comes_nearest(given: str, said: str) -> None:
    with pytest.raises(TownError, match=said.replace("(678)", r"\(678\)").replace("(853)", r"\(853\)")):
        find_municipality(given, today=TODAY)


def test_a_name_and_a_code_must_agree() -> None:
    assert find_municipality("Kemi", code="240", today=TODAY).code == "240"
    with pytest.raises(TownError, match=r"Kemi \(240\) does not have the code 678"):
        find_municipality("Kemi", code="678", today=TODAY)


def test_an_operator_adds_a_municipality_and_ends_another(tmp_path: Path) -> None:
    added = tmp_path / "kunnat.csv"
    added.write_text(
        "code;name_fi;valid_from;valid_to;successor\n999;Mallila;;;\n240;Kemi;;2026-06-30;999\n998;Tuleva;2027-01-01;;\n",
        encoding="utf-8",
    )

    assert find_municipality("mallila", added=added, today=TODAY).code == "999"
    assert find_municipality("Raahe", added=added, today=TODAY).code == "678"
    with pytest.raises(
        TownError, match=r"Kemi \(240\) was a municipality until 2026-06-30; it is part of Mallila"
    ):
        find_municipality("Kemi", added=added, today=TODAY)
    with pytest.raises(TownError, match="from 2027-01-01 on"):
        find_municipality("Tuleva", added=added, today=TODAY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("code,nimi\n999,Mallila\n", "the columns are code, name_fi"),
        (
            "code,name_fi\n99,Mallila\n",
            r"row 99 \(line 2 of the file\): the code '99' is not of three digits",
        ),
        ("code,name_fi\n999,\n", "the Finnish name is missing"),
        ("code,name_fi,valid_to\n999,Mallila,kesä\n", "line 2"),
    ],
)
def test_a_list_that_cannot_be_used_names_the_row(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "kunnat.csv").write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=said):
        find_municipality("Mallila", added=tmp_path / "kunnat.csv")


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(TownError, match="poissa.csv"):
        find_municipality("Mallila", added=tmp_path / "poissa.csv")
