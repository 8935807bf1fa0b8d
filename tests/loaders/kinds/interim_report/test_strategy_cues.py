"""What the words of a cell's items sound like."""

import pytest

from hytegraph.loaders.kinds.interim_report.strategy_tables.cues import party_score, result_score


@pytest.mark.parametrize("between", ["ja", "sekä"])
def test_a_word_between_two_posts_makes_them_no_stranger(between: str) -> None:
    assert party_score(f"museonjohtaja {between} nuorisosihteeri") == party_score(
        "museonjohtaja nuorisosihteeri"
    )


def test_the_beginning_of_a_compound_makes_a_post_no_stranger() -> None:
    whole = party_score("Kirjastopäällikkö ja kulttuuripäällikkö")

    assert party_score("Kirjasto- ja kulttuuripäällikkö") == whole


def test_words_of_no_post_make_an_item_less_like_one() -> None:
    assert party_score("museonjohtaja hieno talo nuorisosihteeri") < party_score(
        "museonjohtaja nuorisosihteeri"
    )


def test_a_few_words_that_tell_of_nothing_done_are_less_like_a_result_than_many() -> None:
    assert (
        result_score("Kirjaston uusi talo")
        < 0
        == result_score("Uusi talo kirjaston ja koulun vieressä siellä")
    )
    assert result_score("Kartta on laadittu") > 0
