"""The kind of a responsible party is told from the form of its name, and left open where it is not clear."""

import pytest

from hytegraph.loaders.identity.parties import PartyKind, party_kind, party_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hyvinvointitoimiala", PartyKind.SECTOR),
        ("Keskusvirasto", PartyKind.SECTOR),
        ("Kestävän kehityksen päällikkö", PartyKind.POST),
        ("kaupungingeodeetti", PartyKind.POST),
        ("Johtava rehtori", PartyKind.POST),
        ("Tulosaluepäälliköt", PartyKind.ROLE),
        ("Toimialajohtaja", PartyKind.ROLE),
        ("lähiesihenkilöt", PartyKind.ROLE),
        ("Koko organisaatio", PartyKind.SCOPE),
        ("Toimialat", PartyKind.SCOPE),
        ("viestintätiimi", PartyKind.OTHER),
        ("Business Kemi", PartyKind.OTHER),
        ("Kanslia", PartyKind.OTHER),
        ("Kaupunginkanslia", PartyKind.OTHER),
        ("Vihreä Mallila -hanke 2021 - 2023", PartyKind.PROJECT),
        ("Yhteiset hankkeet järjestöjen kanssa.", PartyKind.NONE),
        ("Jatkuvan parantamisen malli.", PartyKind.NONE),
        ("Vastuullisen matkailun polku (STF)", PartyKind.NONE),
        ("Matkailumarkkinointi, tapahtumatuotanto", PartyKind.NONE),
    ],
)
def test_the_form_of_a_name_tells_the_kind(name: str, kind: PartyKind) -> None:
    assert party_kind(name) is kind


@pytest.mark.parametrize(
    ("name", "label"),
    [("viestintätiimi,", "Viestintätiimi"), ("  Johtava  rehtori / ", "Johtava rehtori"), ("", "")],
)
def test_a_label_begins_with_a_capital_and_ends_without_a_sign(name: str, label: str) -> None:
    assert party_name(name).strip() == label
