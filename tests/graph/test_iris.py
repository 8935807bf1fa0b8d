"""IRIs are readable, ASCII and under one base."""

import pytest
from pyoxigraph import NamedNode

from hytegraph.graph.iris import DEFAULT_BASE, SLUG_LENGTH, SLUG_WORDS, Iris, common_graph, slug_of


@pytest.mark.parametrize(
    ("wording", "slug"),
    [
        ("Hyvinvoivat kuntalaiset", "hyvinvoivat-kuntalaiset"),
        ("Välittävä Kemi", "valittava-kemi"),
        ("Åbo Ångström", "abo-angstrom"),
        ("Yhteistyö ja luottamus sekä avoimuus", "yhteistyo-luottamus-avoimuus"),
        ("Oulu2026 – kulttuuripääkaupunki-hanke", "oulu2026-kulttuuripaakaupunki-hanke"),
        ("KH/KV: päätös § 21!", "kh-kv-paatos-21"),
        ("Strategia 2022–2025", "strategia-2022-2025"),
    ],
)
def test_a_slug_holds_the_telling_words_in_ascii(wording: str, slug: str) -> None:
    assert slug_of(wording) == slug


def test_a_slug_has_at_most_five_words_and_sixty_characters() -> None:
    assert slug_of("yksi kaksi kolme neljä viisi kuusi") == "yksi-kaksi-kolme-nelja-viisi"
    assert len(slug_of("liikenneturvallisuussuunnitelmatyöryhmäkokous " * 5)) <= SLUG_LENGTH
    assert slug_of("a b c d e f g").count("-") == SLUG_WORDS - 1


def test_a_wording_of_empty_words_or_signs_still_has_a_slug() -> None:
    assert (slug_of("ja"), slug_of("–"), slug_of("")) == ("ja", "x", "x")


def test_things_graphs_and_periods_are_under_the_base() -> None:
    iris = Iris(DEFAULT_BASE, "kemi")
    assert [
        iris.thing("aim", "2026", "viisas-kemi"),
        iris.shared("period", "2026"),
        iris.graph("organisation"),
        iris.document_graph("lomake-2022-2025"),
        common_graph(DEFAULT_BASE, "shapes"),
    ] == [
        NamedNode(f"https://w3id.org/hytegraph/{path}")
        for path in (
            "id/kemi/aim/2026/viisas-kemi",
            "id/period/2026",
            "graph/kemi/organisation",
            "graph/kemi/document/lomake-2022-2025",
            "graph/shapes",
        )
    ]


@pytest.mark.parametrize("base", ["", "https://example.org", "ftp://example.org/", "https://a b/", "x/"])
def test_a_base_that_is_no_web_address_ending_in_a_slash_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="ends in a slash"):
        Iris(base, "kemi")
