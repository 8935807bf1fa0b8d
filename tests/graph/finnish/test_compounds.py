import pytest

from hytegraph.graph.finnish.compounds import may_be_compound, splits
from hytegraph.graph.finnish.dictionary import is_form
from hytegraph.graph.finnish.forms import base_form, is_base_form, is_finite_verb


def test_a_compound_is_split_into_the_fewest_parts() -> None:
    [parts] = splits("terveyspalveluissa", is_inflected=True)

    assert [(part.surface, part.base) for part in parts] == [
        ("terveys", "terveys"),
        ("palveluissa", "palvelu"),
    ]


def test_a_part_has_three_letters_or_more() -> None:
    assert is_form("yö")
    assert splits("kesäyö", is_inflected=True) == ()


@pytest.mark.parametrize(("word", "first"), [("etätyö", "etä"), ("työkyky", "työ"), ("lähiruoka", "lähi")])
def test_a_short_word_or_a_prefix_may_stand_first(word: str, first: str) -> None:
    [parts] = splits(word, is_inflected=True)

    assert [part.surface for part in parts] == [first, word.removeprefix(first)]


def test_an_inflected_compound_is_no_basic_form() -> None:
    assert splits("terveyspalveluissa", is_inflected=False) == ()


@pytest.mark.parametrize(
    ("word", "may_be"), [("liitännäisalojen", True), ("kouluverkkotyö", False), ("xyzzytalo", False)]
)
def test_words_of_four_letters_or_more_may_make_a_compound(word: str, may_be: bool) -> None:
    assert may_be_compound(word) == may_be


@pytest.mark.parametrize("word", ["kouluissa", "kemissä", "päivitetyt"])
def test_a_form_of_a_word_a_name_or_a_participle_is_known(word: str) -> None:
    assert is_form(word)


def test_a_form_is_told_from_its_base_and_a_verb_from_a_noun() -> None:
    assert is_base_form("Koulu") and not is_base_form("kouluissa")
    assert is_finite_verb("kehitetään.") and not is_finite_verb("kehittäminen")


def test_a_word_of_more_than_sixty_letters_is_left_as_it_is() -> None:
    longest = "hyvinvointisuunnitelmakoulusuunnitelmasuunnitelmapalveluissa"
    longer = longest.replace("koulu", "talous")

    assert (len(longest), len(longer)) == (60, 61)
    assert base_form(longest) == longest.removesuffix("issa")
    assert base_form(longer) == longer
    assert splits(longer, is_inflected=True)
