import pytest

from hytegraph.graph.finnish.folding import ascii_words, slip_key, squash, wording_key


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2012", "–", "—", "\u2212", "\u00a0", " "])
def test_any_dash_or_space_divides_the_words_of_an_address(dash: str) -> None:
    assert ascii_words(f"Strategia 2022{dash}2025") == ["strategia", "2022", "2025"]


def test_accents_leave_the_letters_of_an_address() -> None:
    assert ascii_words("Žižek, Ångström & Öö ”hyvä”") == ["zizek", "angstrom", "oo", "hyva"]


@pytest.mark.parametrize(
    "other",
    [
        "viisas kemi 2022-2025",
        "Viisas  Kemi\n2022\u20112025.",
        "VIISAS KEMI, 2022—2025",
        "Viisaskemi20222025",
    ],
)
def test_copies_of_a_wording_have_one_key(other: str) -> None:
    assert wording_key("Viisas Kemi 2022–2025") == wording_key(other)


def test_another_letter_or_number_is_another_wording() -> None:
    assert (
        len({wording_key(text) for text in ("Viisas Kemi", "Viisas Kamu", "Viisas Kemi 2", "Vïisas Kemi")})
        == 4
    )


def test_squashing_keeps_case_and_punctuation_and_drops_soft_hyphens() -> None:
    assert squash("Hyvin\u00advointi- \n suunnitelma, 1–2") == "Hyvinvointisuunnitelma,12"


@pytest.mark.parametrize(
    ("one", "other"), [("paamaara", "päämäärä"), ("kattila", "katila"), ("šakki", "sakki")]
)
def test_common_slips_have_one_key(one: str, other: str) -> None:
    assert slip_key(one) == slip_key(other)
